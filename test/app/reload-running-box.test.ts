import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { cloudProvider } from "../support/faulty-provider.ts";
import { openStream } from "../support/read-stream.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";
import { childrenOf, isAlive, workerPid } from "../support/worker-processes.ts";

/** Never ends by itself. */
const FIRST = {
  id: "test/first",
  file: await buildTestModel("scripted-endless", { contextTokens: 32_768 }),
  slots: 2,
  contextTokens: 32_768,
  device: "cpu",
};
const SECOND = { id: "test/second", file: await buildTestModel("scripted"), contextTokens: 512, device: "cpu" };

const LONG = { model: FIRST.id, max_tokens: 500, messages: [{ role: "user", content: "Tell me a long story." }] };

interface Reloaded {
  readonly ok?: boolean;
  readonly endpoints: Record<"added" | "changed" | "removed" | "kept", readonly string[]>;
  readonly notes: readonly string[];
}

async function reload(box: RunningBox, config: object): Promise<Reloaded> {
  writeFileSync(box.configFile, JSON.stringify(config));
  const response = await box.send("POST", "/admin/config/reload");
  expect(response.status).toBe(200);
  return (await response.json()) as Reloaded;
}

/** Asks again and again, as the thing asked about takes its time. */
async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((wake) => setTimeout(wake, 20));
}

async function answerOf(box: RunningBox, model: string): Promise<number> {
  const body = { model, max_tokens: 4, messages: [{ role: "user", content: "Hi" }] };
  const response = await box.chat(body);
  await response.text();
  return response.status;
}

describe.skipIf(process.platform !== "linux")("a running box with a model of its own", () => {
  let box: RunningBox;

  beforeAll(async () => {
    box = await runBox({ config: { models: [FIRST] } });
  });

  afterAll(() => box.stop());

  it("keeps a model's process when its entry changes in nothing that the process knows of", async () => {
    const pid = workerPid(box.process.pid, FIRST.id);
    const done = await reload(box, { models: [{ ...FIRST, quality: 0.9, queueLimit: 5 }], box: { region: "bern" } });
    expect(done.endpoints.changed).toEqual([`box/${FIRST.id}`]);
    expect(workerPid(box.process.pid, FIRST.id)).toBe(pid);
    const [endpoint] = (await (await box.get("/admin/endpoints")).json()) as readonly Record<string, unknown>[];
    expect(endpoint).toMatchObject({ quality: 0.9, region: "bern", state: { loaded: true, queueLimit: 5 } });
    expect(await answerOf(box, FIRST.id)).toBe(200);
  });

  it("starts an added model, and lets a removed one finish its answer before its process ends", async () => {
    const pid = workerPid(box.process.pid, FIRST.id);
    await reload(box, { models: [FIRST, SECOND] });
    expect(workerPid(box.process.pid, FIRST.id)).toBe(pid);
    expect(await answerOf(box, SECOND.id)).toBe(200);
    const stream = await openStream(box.url, ADMIN_KEY, LONG);
    await stream.until(1);
    const done = await reload(box, { models: [SECOND] });
    expect(done.endpoints).toMatchObject({ removed: [`box/${FIRST.id}`], kept: [`box/${SECOND.id}`] });
    expect(await answerOf(box, FIRST.id)).toBe(404);
    await stream.rest();
    expect(stream.raw()).toContain("[DONE]");
    await eventually(() => !isAlive(pid));
    expect(await answerOf(box, SECOND.id)).toBe(200);
  });

  it("replaces a changed model's process by one that starts when the old one has ended", async () => {
    await reload(box, { models: [FIRST] });
    expect(await answerOf(box, FIRST.id)).toBe(200);
    const pid = workerPid(box.process.pid, FIRST.id);
    const stream = await openStream(box.url, ADMIN_KEY, { ...LONG, max_tokens: 30_000 });
    await stream.until(1);
    await reload(box, { models: [{ ...FIRST, slots: 1 }] });
    const asked = answerOf(box, FIRST.id);
    const ofTheModel = childrenOf(box.process.pid ?? -1).filter(({ commandLine }) => commandLine.includes(FIRST.id));
    expect(ofTheModel.map((child) => child.pid)).toEqual([pid]);
    stream.leave();
    expect(await asked).toBe(200);
    expect(workerPid(box.process.pid, FIRST.id)).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
  });
});

describe("a running box with providers", () => {
  let cloud: UpstreamServer;
  let box: RunningBox;
  let release = (): void => {};

  beforeAll(async () => {
    const released = new Promise<void>((wake) => {
      release = wake;
    });
    cloud = await startUpstreamServer({ behave: chat({ pieces: ["one ", "two"], beforePiece: () => released }) });
    box = await runBox({ config: configWith("acme") });
  });

  afterAll(async () => {
    await box.stop();
    await cloud.close();
  });

  function configWith(...ids: readonly string[]): object {
    return { network: { egress: "allowlisted" }, providers: ids.map((id) => cloudProvider(id, cloud.baseUrl)) };
  }

  it("reloads at SIGHUP, and lets the answers of a removed provider come whole before it closes their connections", async () => {
    const body = { model: "team/chat", messages: [{ role: "user", content: "Count." }], max_tokens: 5 };
    const stream = await openStream(box.url, ADMIN_KEY, body);
    await stream.until(4);
    writeFileSync(box.configFile, JSON.stringify(configWith()));
    box.process.kill("SIGHUP");
    await eventually(async () => (await (await box.get("/admin/endpoints")).text()) === "[]");
    expect(cloud.open()).toBe(1);
    release();
    await stream.rest();
    expect(stream.text()).toBe("one two");
    await cloud.idle();
  });

  it("stays as it is at a SIGHUP that finds a bad file, and says on stderr what is wrong", async () => {
    await reload(box, configWith("acme"));
    writeFileSync(box.configFile, '{"providers": 3}');
    box.process.kill("SIGHUP");
    await eventually(() => box.stderr().includes("the configuration is refused"));
    expect(box.stderr()).toContain("providers Invalid input");
    expect(await (await box.get("/admin/endpoints")).text()).toContain("acme/team/chat");
  });
});
