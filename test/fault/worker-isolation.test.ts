import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enterFence, type FencedStart } from "../../src/hosting/fence/enter-fence.ts";
import { confineWorker, workerGroupOf, type WorkerGroup } from "../../src/hosting/fence/worker-cgroup.ts";
import { detectWorkerFence, holds, type WorkerFence } from "../../src/hosting/fence/worker-fence.ts";
import { supervise } from "../hosting/supervisor/supervised.ts";
import { buildTestModel } from "../support/build-test-model.ts";

/** What the attacks aim at, under a name that a shell could trip over: a box's data beside the folder of a worker, and a port of this machine. */
const data = join(mkdtempSync(join(tmpdir(), "signalbox-isolation-")), "a folder (100%) of \\ 'names'");
const own = join(data, "run");
const secret = join(data, "signalbox.db");
const fence: WorkerFence = await detectWorkerFence(process.env["PATH"] ?? "");
let server: Server;
let port = 0;

beforeAll(async () => {
  mkdirSync(own, { recursive: true });
  writeFileSync(secret, "everybody's prompts");
  writeFileSync(join(data, "model.gguf"), "weights");
  server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => {
  server.close();
  rmSync(dirname(data), { recursive: true, force: true });
});

let roots = 0;

/** How a worker is started here that may take `memoryBytes`. */
function startOf(bounds: WorkerFence, memoryBytes?: number): FencedStart {
  const rootFolder = join(data, `root-${(roots += 1)}`);
  mkdirSync(rootFolder);
  return enterFence(bounds, {
    device: "cpu",
    modelFile: join(data, "model.gguf"),
    entryFile: join(import.meta.dirname, "../../src/hosting/worker-main.ts"),
    folder: own,
    rootFolder,
    stateCacheBytes: 0,
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  });
}

/** Tries things in a process of its own, started through `prefix` and with Node's own arguments. */
async function attempt({ prefix, nodeArguments }: FencedStart): Promise<Readonly<Record<string, string>>> {
  const script = `
    const fs = require("node:fs"), net = require("node:net"), said = {};
    const tried = (name, act) => { try { said[name] = String(act() ?? "done"); } catch (error) { said[name] = error.code; } };
    tried("reads the database", () => fs.readFileSync(${JSON.stringify(secret)}, "utf8"));
    tried("lists the data", () => fs.readdirSync(${JSON.stringify(data)}).includes("signalbox.db"));
    tried("reads the gateway's environment", () => fs.readFileSync("/proc/${process.pid}/environ", "utf8").length > 0);
    tried("writes beside its folder", () => fs.writeFileSync(${JSON.stringify(join(data, "planted"))}, ""));
    tried("writes to temporary files", () => fs.writeFileSync(${JSON.stringify(join(tmpdir(), "signalbox-planted"))}, ""));
    tried("opens its programs to write", () => fs.openSync(${JSON.stringify(import.meta.filename.replace("test/fault/worker-isolation.test.ts", "src/hosting/worker-main.ts"))}, "r+"));
    tried("writes to its model", () => fs.appendFileSync(${JSON.stringify(join(data, "model.gguf"))}, "x"));
    tried("reads its model", () => fs.readFileSync(${JSON.stringify(join(data, "model.gguf"))}, "utf8"));
    tried("writes to its folder", () => fs.writeFileSync(${JSON.stringify(join(own, "note"))}, ""));
    net.connect(${port}, "127.0.0.1").on("error", (error) => { said.connects = error.code; console.log(JSON.stringify(said)); })
      .on("connect", function () { said.connects = "done"; console.log(JSON.stringify(said)); this.destroy(); });`;
  const [program, ...rest] = [...prefix, process.execPath, ...nodeArguments, "-e", script];
  const { stdout } = await promisify(execFile)(program, rest);
  return JSON.parse(stdout) as Record<string, string>;
}

test("outside of a fence every one of the attacks succeeds", async () => {
  const said = await attempt({ prefix: [], nodeArguments: [] });
  rmSync(join(tmpdir(), "signalbox-planted"));
  rmSync(join(data, "planted"));
  writeFileSync(join(data, "model.gguf"), "weights");
  expect(said).toMatchObject({
    "reads the database": "everybody's prompts",
    connects: "done",
    "lists the data": "true",
  });
});

describe.skipIf(!holds(fence, "files"))("what the system bounds, whatever the process runs", () => {
  test("sees no data, writes to its folder alone and reaches nothing", async () => {
    const said = await attempt({ ...startOf(fence), nodeArguments: [] });
    expect(said).toEqual({
      "reads the database": "ENOENT",
      "lists the data": "false",
      "reads the gateway's environment": "ENOENT",
      "writes beside its folder": "EROFS",
      "writes to temporary files": expect.stringMatching(/ENOENT|EROFS/u),
      "opens its programs to write": "EROFS",
      "writes to its model": "EROFS",
      "reads its model": "weights",
      "writes to its folder": "done",
      connects: "ENETUNREACH",
    });
  });

  test("a model's worker has no rights, no network but its own, and no root but its own", async () => {
    const options = { modelFile: await buildTestModel("noise"), contextTokens: 256 };
    const entryFile = new URL("../../src/hosting/worker-main.ts", import.meta.url).pathname;
    const hosted = await supervise({ load: "ready" }, { options, entryFile, fence, memoryBytes: 2 * 1024 ** 3 });
    const { socketPath } = await hosted.ensureReady();
    await expect.poll(() => hosted.model.live().anonymousBytes, { timeout: 10_000 }).toBeGreaterThan(0);
    const of = `/proc/${hosted.model.state().pid}`;
    const status = readFileSync(`${of}/status`, "utf8");
    expect(status).toMatch(/^NoNewPrivs:\t1$/mu);
    expect(status).toMatch(/^CapEff:\t0+$/mu);
    expect(readFileSync(`${of}/limits`, "utf8")).toMatch(/^Max core file size +0 /mu);
    expect(readFileSync(`${of}/net/dev`, "utf8").match(/^ *\w+:/gmu)).toEqual(["    lo:"]);
    expect(readdirSync(`${of}/root`)).not.toContain("home");
    expect(existsSync(`${of}/root${socketPath}`)).toBe(true);
    expect(existsSync(`${of}/root/dev/sda`)).toBe(false);
    await hosted.close();
    expect(existsSync(socketPath)).toBe(false);
  });
});

test("what Node bounds where the system bounds nothing: files, writes and programs", async () => {
  const { nodeArguments } = startOf(fence);
  const said = await attempt({ prefix: [], nodeArguments });
  expect(said).toMatchObject({
    "reads the database": "ERR_ACCESS_DENIED",
    "lists the data": "ERR_ACCESS_DENIED",
    "reads the gateway's environment": "ERR_ACCESS_DENIED",
    "writes beside its folder": "ERR_ACCESS_DENIED",
    "writes to temporary files": "ERR_ACCESS_DENIED",
    "opens its programs to write": "ERR_ACCESS_DENIED",
    "writes to its model": "ERR_ACCESS_DENIED",
    "reads its model": "weights",
    "writes to its folder": "done",
  });
});

describe("memory beyond its bound", () => {
  const BOUND_BYTES = 512 * 1024 * 1024;
  /** Twice the bound, and no more: a bound that did not hold must not cost the machine its memory. */
  const eat = `const held = []; process.once("message", () => {
    while (held.length < 64) held.push(Buffer.alloc(1 << 24, 1));
    process.exit(0);
  });`;

  /** How a process that takes all that it can get ends. */
  async function eatUntilEnd(prefix: readonly string[], confine?: (pid: number) => WorkerGroup): Promise<unknown> {
    const [program, ...rest] = [...prefix, process.execPath, "-e", eat];
    const child = spawn(program, rest, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    const group = confine?.(child.pid ?? 0);
    child.send("eat");
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    const wasKilled = group?.end();
    if (wasKilled === true) return "the kernel killed it for want of memory";
    return code === 0 ? "it had enough" : (signal ?? code);
  }

  test("is there to be had without one", async () => expect(await eatUntilEnd([])).toBe("it had enough"));

  test("ends the worker alone, by its own limit", async () => {
    const byLimit: WorkerFence = { bounds: [{ name: "memory", holds: true }] };
    expect(await eatUntilEnd(startOf(byLimit, 1).prefix)).not.toBe("it had enough");
  });

  test.skipIf(fence.cgroup === undefined)("ends the worker alone, by its control group", async () => {
    const place = fence.cgroup;
    if (place === undefined) throw new Error("There is no control group.");
    let group = "";
    const confine = (pid: number): WorkerGroup => {
      group = join(place.folder, workerGroupOf(pid));
      const confined = confineWorker(place, pid, { memoryBytes: BOUND_BYTES, cores: 2, processes: 100 });
      expect(existsSync(group)).toBe(true);
      return confined;
    };
    expect(await eatUntilEnd([], confine)).toBe("the kernel killed it for want of memory");
    expect(existsSync(group)).toBe(false);
  });
});
