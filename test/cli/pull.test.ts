import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import { describeProgress, ProgressReporter } from "../../src/cli/download-progress.ts";
import { buildTestModel } from "../support/build-test-model.ts";
import { serveFile, sha256Of, type ServedFile } from "../support/file-server.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { runBox } from "../support/run-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

// Goal: what a person types brings a model into the store, beside a running box or without one, and is on record.
// Method: the real command in its own process, a real model file, a real server on this machine.

const MAIN = resolve(import.meta.dirname, "../../src/main.ts");

let file: ServedFile;
let server: UpstreamServer;
let dataDir: string;
let environment: Record<string, string>;

beforeEach(async () => {
  file = { content: readFileSync(await buildTestModel("scripted")) };
  server = await startUpstreamServer({ behave: serveFile(file) });
  const folder = temporaryFolder();
  dataDir = join(folder, "data");
  const config = join(folder, "appliance.json");
  writeFileSync(config, JSON.stringify({ network: { egress: "deny" } }));
  environment = { PATH: process.env["PATH"] ?? "", SIGNALBOX_CONFIG: config, SIGNALBOX_DATA_DIR: dataDir };
});

afterEach(() => server.close());

function start(...words: string[]) {
  const child = spawn(process.execPath, [MAIN, "models", ...words], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes: Buffer) => (output.stdout += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (output.stderr += bytes.toString()));
  const ended = once(child, "close").then(([exitCode]) => ({ exitCode: exitCode as number, ...output }));
  return { child, ended };
}

function models(...words: string[]) {
  return start(...words).ended;
}

function leaves(folder: string) {
  const reader = openLeafReader(folder);
  try {
    return reader.list({ limit: 20 }).toReversed();
  } finally {
    reader.close();
  }
}

describe("models pull", () => {
  it("brings a model into the store, checked, tried out and recorded, and leaves nothing else behind", async () => {
    const url = `${server.origin}/scripted.gguf`;
    const sha256 = sha256Of(file.content);
    const { exitCode, stdout, stderr } = await models("pull", url, "--id", "maker/small", "--sha256", sha256, "--json");
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("Hosts that it may touch: 127.0.0.1."),
    });
    expect(JSON.parse(stdout)).toMatchObject({
      id: "maker/small",
      source: url,
      linked: false,
      validation: "loaded",
      files: [{ name: "scripted.gguf", sha256, bytes: file.content.byteLength }],
      fetched: [{ checkedAgainst: "expected" }],
    });
    expect(readdirSync(join(dataDir, "models"))).toEqual(["maker%2Fsmall"]);
    expect(leaves(dataDir).filter(({ kind }) => kind.startsWith("model."))).toMatchObject([
      { kind: "model.connecting", modelId: "maker/small", origin: server.origin },
      { kind: "model.pulled", modelId: "maker/small", files: [{ url, sha256, checkedAgainst: "expected" }] },
      { kind: "model.imported", modelId: "maker/small", files: [{ sha256 }] },
    ]);
    expect((await models("verify", "maker/small")).exitCode).toBe(0);
    const again = await models("pull", url, "--id", "maker/small");
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("already there") });
    expect(server.requests).toHaveLength(1);
  });

  it("works beside a running box and keeps its log whole", async () => {
    const box = await runBox({ config: {} });
    try {
      const pulled = await box.command("models", "pull", `${server.origin}/scripted.gguf`, "--id", "maker/small");
      expect(pulled).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining("{id: maker/small, file: maker/small}"),
      });
      expect(leaves(box.dataDir).map(({ kind }) => kind)).toContain("model.imported");
      expect((await box.command("audit", "verify")).exitCode).toBe(0);
    } finally {
      await box.stop();
    }
  });

  it("stopped in the middle keeps what has arrived, and the next one goes on with it", async () => {
    file.stallAfterBytes = 50_000;
    const { child, ended } = start("pull", `${server.origin}/scripted.gguf`);
    await until(() => (partIn(dataDir)?.byteLength ?? 0) === 50_000);
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("the same command goes on") });
    file.stallAfterBytes = undefined;
    const { exitCode, stdout } = await models("pull", `${server.origin}/scripted.gguf`);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Pulled scripted") });
    expect(server.requests.at(-1)?.headers.range).toBe("bytes=50000-");
    expect(readdirSync(join(dataDir, "models"))).toEqual(["scripted"]);
  });

  it("refuses a file with another hash, and one that is no model", async () => {
    const wrong = await models("pull", `${server.origin}/scripted.gguf`, "--sha256", "0".repeat(64));
    expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("It was thrown away") });
    file.content = Buffer.from("<html>please log in</html>");
    const page = await models("pull", `${server.origin}/page.gguf`);
    expect(page).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("not a usable model") });
    expect((await models("list", "--json")).stdout).toContain('"models": []');
  });

  it("sends a token by reference and writes it nowhere", async () => {
    const canary = "hf_canary0123456789";
    environment["HF_TOKEN"] = canary;
    const { exitCode, stdout, stderr } = await models(
      "pull",
      `${server.origin}/m.gguf?signature=canaryquery`,
      "--token",
      "env:HF_TOKEN",
    );
    expect(exitCode).toBe(0);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`);
    expect(
      `${stdout}${stderr}${JSON.stringify(leaves(dataDir))}${readFileSync(join(dataDir, "models/m/manifest.json"), "utf8")}`,
    ).not.toMatch(/canary/);
    const literal = await models("pull", `${server.origin}/m.gguf`, "--token", canary);
    expect(literal).toMatchObject({ exitCode: 2, stderr: expect.not.stringContaining(canary) });
  });

  it("under deny says how to carry the model instead, and opens no connection", async () => {
    const { exitCode, stderr } = await models("pull", "qwen/qwen3-8b");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("signalbox models import Qwen3-8B-Q4_K_M.gguf --id qwen/qwen3-8b");
    expect(existsSync(dataDir)).toBe(false);
  });

  it.each([
    [["pull", "qwen/qwen3-8"], "did you mean qwen/qwen3-8b?"],
    [["pull", "qwen/qwen3-8b", "--id", "../x"], "not a model id"],
    [["pull", "qwen/qwen3-8b", "--sha256", "12"], "64 hexadecimal digits"],
    [["pull", "http://127.0.0.1:1/m.gguf", "--proxy", "http://u:p@127.0.0.1:1"], "--proxy-credential"],
    [["pull", "http://127.0.0.1:1/m.gguf", "--allow-host", "https://x.example"], "a host name alone"],
    [["pull", "http://127.0.0.1:1/m.gguf", "--token", "env:NOT_SET"], "NOT_SET is not set"],
  ])("refuses %j as bad usage", async (words, message) => {
    expect(await models(...words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});

describe("models catalog", () => {
  it("lists what there is, and with --fits what suits this machine", async () => {
    const plain = JSON.parse((await models("catalog", "--json")).stdout) as {
      readonly id: string;
      readonly fit?: unknown;
    }[];
    expect(plain.map(({ id }) => id)).toContain("qwen/qwen3-8b");
    expect(plain[0]?.fit).toBeUndefined();
    const { stdout } = await models("catalog", "--fits");
    expect(stdout).toContain("rough estimate");
    expect(stdout).toMatch(/nomic-embed-text-v1\.5.*(CPU|GPU|too large|unknown)/);
  });
});

describe("progress", () => {
  const fetching = (doneBytes: number, totalBytes?: number) =>
    ({ kind: "fetching", file: "m.gguf", doneBytes, ...(totalBytes === undefined ? {} : { totalBytes }) }) as const;

  it.each([
    [fetching(0, 4_294_967_296), undefined, "m.gguf  0 B of 4.0 GiB (0 %)"],
    [fetching(1_073_741_824, 4_294_967_296), 1_048_576, "m.gguf  1.0 GiB of 4.0 GiB (25 %)  1.0 MiB/s  51:12 left"],
    [fetching(1024, 1024 ** 4), 1024 ** 2, "m.gguf  1.0 KiB of 1.0 TiB (0 %)  1.0 MiB/s  291:16:16 left"],
    [fetching(1024), 512, "m.gguf  1.0 KiB  512 B/s"],
  ])("is bytes, rate and time left, as far as they are known", (progress, rate, text) => {
    expect(describeProgress(progress, rate)).toBe(text);
  });

  it("is a line every ten seconds in a file, and the rate is that of the last seconds", () => {
    const clock = new ManualClock();
    const lines: string[] = [];
    const reporter = new ProgressReporter({ isTerminal: false, write: (text) => lines.push(text) }, clock);
    for (let second = 0; second <= 20; second++) {
      reporter.report(fetching(second * 1024, 102_400));
      clock.advance(1_000);
    }
    reporter.end();
    expect(lines).toEqual([
      "m.gguf  0 B of 100 KiB (0 %)\n",
      "m.gguf  10.0 KiB of 100 KiB (10 %)  1.0 KiB/s  1:30 left\n",
      "m.gguf  20.0 KiB of 100 KiB (20 %)  1.0 KiB/s  1:20 left\n",
    ]);
  });

  it("redraws a terminal's line, a few times a second", () => {
    const clock = new ManualClock();
    const written: string[] = [];
    const reporter = new ProgressReporter({ isTerminal: true, write: (text) => written.push(text) }, clock);
    for (let step = 0; step < 10; step++) {
      reporter.report(fetching(step, 100));
      clock.advance(50);
    }
    reporter.note("a note");
    expect(written.map((text) => text.replace("\r\u001b[K", ""))).toEqual([
      "m.gguf  0 B of 100 B (0 %)",
      expect.stringContaining("4 B of 100 B"),
      expect.stringContaining("8 B of 100 B"),
      "a note\n",
    ]);
  });
});

/** What has arrived so far of the one download under way. */
function partIn(folder: string): Buffer | undefined {
  const store = join(folder, "models");
  if (!existsSync(store)) return undefined;
  const download = readdirSync(store).find((name) => name.startsWith(".download-"));
  const part = download === undefined ? "" : join(store, download, "scripted.gguf.part");
  return existsSync(part) ? readFileSync(part) : undefined;
}

/** Resolves when another process has done something. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((wake) => setTimeout(wake, 10));
}
