import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openRunDirectory } from "../../../src/hosting/supervisor/run-directory.ts";

let base = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "signalbox-run-test-"));
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** An id that no process has: kernels stop far below it. */
const DEAD_PID = 2 ** 30;

test("a socket's path is short, new each time, and gone with the folder", async () => {
  const directory = await openRunDirectory(join(base, "not", "yet"));
  const paths = [directory.newSocketPath("a/b"), directory.newSocketPath("a/b"), directory.newSocketPath("c")];
  expect(new Set(paths).size).toBe(3);
  for (const path of paths) expect(Buffer.byteLength(path)).toBeLessThanOrEqual(107);
  await directory.close();
  expect(existsSync(directory.path)).toBe(false);
});

test("a base that is too long for a socket gives way to the folder for temporary files", async () => {
  const long = join(base, "x".repeat(100));
  const directory = await openRunDirectory(long);
  try {
    expect(dirname(directory.path)).toBe(tmpdir());
    expect(existsSync(long)).toBe(false);
  } finally {
    await directory.close();
  }
});

test("what a dead gateway left is removed, what a living one or anybody else has is not", async () => {
  const living = await openRunDirectory(base);
  const owner = basename(living.path).replace(/\d+-\w+$/, "");
  const stale = join(base, `${owner}${DEAD_PID}-abcdef`);
  const foreign = join(base, `signalbox-run-1-${DEAD_PID}-abcdef`);
  const other = join(base, "signalbox.db");
  await Promise.all([mkdir(stale), mkdir(foreign), writeFile(other, "")]);
  await writeFile(join(stale, "old.sock"), "");
  const next = await openRunDirectory(base);
  expect((await readdir(base)).sort()).toEqual(
    [living.path, next.path, foreign, other].map((path) => basename(path)).sort(),
  );
});
