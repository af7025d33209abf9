import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { cloudProvider } from "../support/faulty-provider.ts";
import { openStream, readEvents } from "../support/read-stream.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { chat, chunk, event, stallAfter } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";
import { childrenOf, isAlive } from "../support/worker-processes.ts";

const LOCAL = "test/local";
const HELLO = event(chunk({ content: "Hello" }));

interface Leaf {
  readonly index: number;
  readonly kind: string;
  readonly requestId?: string;
  readonly result?: string;
}

describe.skipIf(process.platform !== "linux")("a box that is ended", () => {
  let cloud: UpstreamServer;
  let model: string;
  let folder: string;

  beforeAll(async () => {
    cloud = await startUpstreamServer({ behave: stallAfter(HELLO) });
    model = await buildTestModel("scripted", { script: "Hello from this box." });
    folder = mkdtempSync(join(tmpdir(), "signalbox-ended-"));
  });

  afterAll(async () => {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const config = (server: object = {}): object => ({
    server,
    network: { egress: "allowlisted" },
    models: [{ id: LOCAL, file: model, slots: 2, contextTokens: 512, device: "cpu" }],
    providers: [cloudProvider("cloud", cloud.baseUrl)],
  });
  const start = (server: object = {}): Promise<RunningBox> => runBox({ config: config(server), folder });
  const leavesOf = async (box: RunningBox): Promise<readonly Leaf[]> => {
    const listed = await box.command("audit", "list", "--json", "--limit", "100000");
    return JSON.parse(listed.stdout) as Leaf[];
  };
  const verify = async (box: RunningBox) =>
    JSON.parse((await box.command("audit", "verify", "--json")).stdout) as object;
  const toCloud = { model: "team/chat", messages: [{ role: "user", content: "Hello?" }], max_tokens: 50 };
  const toLocal = { model: LOCAL, messages: [{ role: "user", content: "Hello?" }], max_tokens: 10 };

  it("by kill -9 under load has every acknowledged leaf afterwards, closes what was open, and leaves no process", async () => {
    const box = await start();
    const acknowledged = new Map<number, string>();
    const note = (response: Response): void => {
      const index = response.headers.get("x-signalbox-audit-index");
      if (index !== null) acknowledged.set(Number(index), response.headers.get("x-request-id") ?? "");
    };
    const open = await Promise.all(Array.from({ length: 5 }, () => openStream(box.url, ADMIN_KEY, toCloud)));
    for (const { response } of open) note(response);
    const load = Array.from({ length: 12 }, async () => {
      for (;;) {
        const response = await box.chat(toLocal);
        note(response);
        await response.text();
      }
    });
    await expect.poll(() => acknowledged.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(60);
    const workers = childrenOf(box.process.pid ?? -1).map(({ pid }) => pid);
    expect(workers.length).toBeGreaterThan(0);
    box.process.kill("SIGKILL");
    await Promise.allSettled([...load, ...open.map((stream) => stream.rest())]);
    await expect.poll(() => workers.filter(isAlive), { timeout: 10_000 }).toEqual([]);

    const again = await start();
    const leaves = await leavesOf(again);
    const attempts = new Map(
      leaves.filter(({ kind }) => kind === "attempt").map((leaf) => [leaf.index, leaf.requestId]),
    );
    for (const [index, requestId] of acknowledged) expect(attempts.get(index)).toBe(requestId);
    const unknown = leaves.filter(({ result }) => result === "unknown_after_crash").map(({ requestId }) => requestId);
    for (const { response } of open) expect(unknown).toContain(response.headers.get("x-request-id"));
    const outcomes = leaves.filter(({ kind }) => kind === "outcome").map(({ requestId }) => requestId);
    expect(new Set(outcomes)).toEqual(new Set(attempts.values()));
    expect(outcomes.length).toBe(attempts.size);
    expect(await verify(again)).toMatchObject({ ok: true, size: leaves.length });
    // What the open requests had reserved is kept as their cost, for nobody knows better.
    const { data } = (await (await again.get("/v1/key")).json()) as { data: { usage: number; reserved: number } };
    expect(data.reserved).toBe(0);
    expect(data.usage).toBeGreaterThan(5 * 50 * 2e-6);
    expect(await again.stop()).toBe(0);
  });

  it("by SIGTERM finishes its streams, takes no others, and leaves a signed head that a lost last leaf contradicts", async () => {
    let goOn = (): void => {};
    const held = new Promise<void>((wake) => (goOn = wake));
    cloud.behave(chat({ pieces: ["one ", "two ", "three"], beforePiece: (index) => (index === 2 ? held : undefined) }));
    const box = await start();
    const stream = await openStream(box.url, ADMIN_KEY, toCloud);
    await stream.until(4);
    const stopped = box.stop();
    await expect
      .poll(() =>
        box.get("/readyz").then(
          (one) => one.status,
          () => "refused",
        ),
      )
      .toBe("refused");
    expect(box.process.exitCode).toBeNull();
    goOn();
    await stream.rest();
    expect(readEvents(stream.raw())).toMatchObject({ text: "one two three", done: true, error: undefined });
    expect(await stopped).toBe(0);
    cloud.behave(stallAfter(HELLO));

    const report = (await verify(box)) as { ok: boolean; size: number; checkpointSize: number };
    expect(report).toMatchObject({ ok: true, checkpointSize: report.size });
    const database = new Sqlite(join(box.dataDir, "signalbox.db"));
    const last = database.prepare("SELECT * FROM audit_leaf ORDER BY leaf_index DESC LIMIT 1").get() as {
      leaf_index: number;
      body: string;
    };
    database.prepare("DELETE FROM audit_leaf WHERE leaf_index = ?").run(last.leaf_index);
    const cut = await box.command("audit", "verify", "--json");
    expect(cut.exitCode).toBe(1);
    expect(JSON.parse(cut.stdout)).toMatchObject({ ok: false, firstBadIndex: last.leaf_index });
    database.prepare("DELETE FROM audit_node WHERE level = 0 AND position = ?").run(last.leaf_index);
    const cutDeeper = await box.command("audit", "verify", "--json");
    expect(JSON.parse(cutDeeper.stdout)).toMatchObject({ ok: false });
    database.close();
    rmSync(box.dataDir, { recursive: true });
  });

  it("records how a request ended whose client left just before, and whose time ran out", async () => {
    const box = await start({ drainTimeout: "300ms" });
    const [leaving, staying] = await Promise.all([
      openStream(box.url, ADMIN_KEY, toCloud),
      openStream(box.url, ADMIN_KEY, toCloud),
    ]);
    await Promise.all([leaving.until(5), staying.until(5)]);
    leaving.leave();
    const stopped = box.stop();
    await staying.rest();
    expect(readEvents(staying.raw())).toMatchObject({ done: false, error: { code: "draining" } });
    expect(await stopped).toBe(0);
    const leaves = await leavesOf(box);
    const attempts = leaves.filter(({ kind }) => kind === "attempt").map(({ requestId }) => requestId);
    const outcomes = leaves.filter(({ kind }) => kind === "outcome");
    expect(new Set(outcomes.map(({ requestId }) => requestId))).toEqual(new Set(attempts));
    expect(attempts.length).toBe(2);
    expect(await verify(box)).toMatchObject({ ok: true });
  });

  it("by SIGTERM during its start ends with exit code 0, without a process or a lock left behind", async () => {
    const ownFolder = temporaryFolder();
    const ownDataDir = join(ownFolder, "data");
    const configFile = join(ownFolder, "appliance.json");
    writeFileSync(configFile, JSON.stringify(config()));
    const env = {
      PATH: process.env["PATH"] ?? "",
      SIGNALBOX_CONFIG: configFile,
      SIGNALBOX_DATA_DIR: ownDataDir,
      SIGNALBOX_PORT: "0",
      SIGNALBOX_ADMIN_KEY: ADMIN_KEY,
    };
    const moments = [() => existsSync(ownDataDir), (pid: number) => childrenOf(pid).length > 0];
    for (const moment of moments) {
      const child = spawn(process.execPath, [resolve("src/main.ts"), "serve"], {
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      let stdout = "";
      child.stdout.on("data", (bytes: Buffer) => (stdout += bytes.toString()));
      const exited = once(child, "exit");
      await expect.poll(() => moment(child.pid ?? -1), { timeout: 20_000, interval: 2 }).toBe(true);
      const workers = childrenOf(child.pid ?? -1).map(({ pid }) => pid);
      child.kill("SIGTERM");
      expect(await exited).toEqual([0, null]);
      expect(stdout).toBe("");
      await expect.poll(() => workers.filter(isAlive)).toEqual([]);
    }
    const box = await runBox({ config: config(), folder: ownFolder });
    expect(await verify(box)).toMatchObject({ ok: true });
    expect(await box.stop()).toBe(0);
  });
});
