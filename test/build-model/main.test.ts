import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const MAIN = join(import.meta.dirname, "../../scripts/build-model/main.ts");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-build-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
}

test("the list names every preset with what it is for", () => {
  const { status, stdout } = run("--list");
  expect(status).toBe(0);
  for (const name of ["noise", "bench-0.5b", "embed", "rank", "scripted-tools", "broken-head-count-0"]) {
    expect(stdout).toMatch(new RegExp(`^${name}\\s+\\S`, "m"));
  }
});

test("the summary says what was written, and only the file is left", async () => {
  const file = join(folder, "model.gguf");
  const { status, stdout, stderr } = run(
    "--preset",
    "scripted",
    "--script",
    "Yes, of course.",
    "--out",
    file,
    "--json",
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    preset: "scripted",
    bytes: (await stat(file)).size,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await readdir(folder)).toEqual(["model.gguf"]);
});

test.each([
  [["--preset", "noise"], "--out"],
  [["--preset", "huge", "--out", "x"], "no preset huge"],
  [["--preset", "noise", "--out", "x", "--layers", "-1"], "--layers"],
  [["--preset", "noise", "--out", "x", "--type", "Q2_K"], "--type"],
  [["--frobnicate"], "frobnicate"],
])("%j is refused with a reason and exit code 2", (args, reason) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(reason);
});
