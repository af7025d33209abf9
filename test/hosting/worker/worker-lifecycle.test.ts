import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const started: WorkerProcess[] = [];

async function start(...args: Parameters<typeof startWorker>): Promise<WorkerProcess> {
  const worker = await startWorker(...args);
  started.push(worker);
  return worker;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.stop()));
});

const ENDLESS = { messages: userSays("Go on"), temperature: 0 };

/** Asks without an end and resolves at the first content. */
async function beginEndless(worker: WorkerProcess): Promise<AbortController> {
  const client = new AbortController();
  const stream = worker.stream(ENDLESS, client.signal);
  const read = async (): Promise<void> => {
    // The test ends the request by going away, which is an error for whoever reads.
    for await (const _ of stream);
  };
  await stream.next();
  read().catch(() => undefined);
  return client;
}

test("a worker reports what it has loaded and beats from then on", async () => {
  const worker = await start(await buildTestModel("noise"), { slots: 3, contextTokens: 512 });
  expect(worker.facts).toMatchObject({ slots: 3, contextTokens: 512, threads: 1, device: "cpu" });
  expect(worker.facts.weightBytes).toBeGreaterThan(100_000);
  expect(worker.facts.prefillTokensPerSecond).toBeGreaterThan(0);
  expect(worker.facts.decodeTokensPerSecond).toBeGreaterThan(0);
  expect(await worker.heartbeat(() => true)).toMatchObject({
    running: 0,
    queued: 0,
    residentBytes: expect.any(Number),
  });
});

describe("a client that goes away", () => {
  test("while its answer is generated frees the slot, and the other slot goes on", async () => {
    const worker = await start(await buildTestModel("scripted-endless"), { contextTokens: 8192 });
    const [leaving, staying] = [await beginEndless(worker), await beginEndless(worker)];
    await worker.heartbeat(({ running }) => running === 2);
    leaving.abort();
    const before = await worker.heartbeat(({ running }) => running === 1);
    await worker.heartbeat(({ evaluatedTokens }) => evaluatedTokens > before.evaluatedTokens + 20);
    staying.abort();
    const idle = await worker.heartbeat(({ running }) => running === 0);
    expect((await worker.heartbeat(() => true)).evaluatedTokens).toBe(idle.evaluatedTokens);
    expect((await worker.chat({ ...ENDLESS, max_tokens: 3 })).usage.completion_tokens).toBe(3);
  });

  test("while its prompt is evaluated stops the evaluation within a chunk", async () => {
    const worker = await start(await buildTestModel("noise", { layers: 24 }), {
      contextTokens: 8192,
      slots: 1,
      prefillChunkTokens: 16,
    });
    const messages = userSays("word ".repeat(6_000));
    const { count } = JSON.parse((await worker.call("/tokenize", { messages })).text) as { count: number };
    const before = await worker.health();
    const client = new AbortController();
    const gone = worker.call("/v1/chat/completions", { messages }, client.signal).catch((error: unknown) => error);
    await worker.heartbeat(({ evaluatedTokens }) => evaluatedTokens > before.evaluated_tokens);
    client.abort();
    await gone;
    const idle = await worker.heartbeat(({ running }) => running === 0);
    expect(idle.evaluatedTokens - before.evaluated_tokens).toBeLessThan(count / 2);
    expect((await worker.chat({ messages: userSays("Hi"), max_tokens: 2 })).usage.completion_tokens).toBeGreaterThan(0);
  });

  test("after it had stopped reading was never taken for a hang, and frees the slot that waited for it", async () => {
    const worker = await start(await buildTestModel("scripted-endless"), { contextTokens: 16_384, slots: 1 });
    const client = new AbortController();
    await worker.stream(ENDLESS, client.signal).next();
    const stalled = await worker.heartbeat(({ running }) => running === 0);
    expect(stalled.evaluatedTokens).toBeLessThan(16_384);
    expect((await worker.health()).running).toBe(1);
    client.abort();
    expect((await worker.chat({ ...ENDLESS, max_tokens: 3 })).usage.completion_tokens).toBe(3);
  });

  test("while it waits gives up its place in the queue", async () => {
    const worker = await start(await buildTestModel("scripted-endless"), {
      slots: 1,
      queueLimit: 1,
      contextTokens: 8192,
    });
    const running = await beginEndless(worker);
    const waiting = new AbortController();
    const gone = worker.call("/v1/chat/completions", ENDLESS, waiting.signal).catch((error: unknown) => error);
    await worker.heartbeat(({ queued }) => queued === 1);
    waiting.abort();
    await gone;
    await worker.heartbeat(({ queued }) => queued === 0);
    running.abort();
  });
});

test("requests beyond slots and queue are refused at once with a time to wait", async () => {
  const worker = await start(await buildTestModel("scripted-endless"), {
    slots: 1,
    queueLimit: 1,
    contextTokens: 8192,
  });
  const clients = [await beginEndless(worker), new AbortController()];
  void worker.call("/v1/chat/completions", ENDLESS, clients[1]?.signal).catch(() => undefined);
  await worker.heartbeat(({ queued }) => queued === 1);
  const { status, headers, text } = await worker.call("/v1/chat/completions", ENDLESS);
  expect([status, JSON.parse(text)]).toMatchObject([429, { error: { code: "queue_full", type: "rate_limit_error" } }]);
  expect(Number(headers["retry-after"])).toBeGreaterThanOrEqual(1);
  for (const client of clients) client.abort();
});

test("a long prompt in one slot does not keep the other from answering", async () => {
  const worker = await start(await buildTestModel("noise", { layers: 24 }), {
    contextTokens: 8192,
    prefillChunkTokens: 16,
  });
  const client = new AbortController();
  void worker
    .call("/v1/chat/completions", { messages: userSays("word ".repeat(6_000)) }, client.signal)
    .catch(() => undefined);
  await worker.heartbeat(({ running }) => running === 1);
  const answer = await worker.chat({ messages: userSays("Hi"), max_tokens: 4, seed: 1 });
  expect(answer.choices).toHaveLength(1);
  expect((await worker.health()).running).toBe(1);
  client.abort();
});

describe("the end", () => {
  test.each(["stop", "SIGTERM"])("%s lets a running answer finish, takes no new one, and exits with 0", async (how) => {
    const worker = await start(await buildTestModel("scripted", { script: "word ".repeat(60).trim() }), { slots: 1 });
    const stream = worker.stream({ messages: userSays("Hello"), temperature: 0 });
    await stream.next();
    const exited = once(worker.child, "exit");
    if (how === "stop") worker.child.send({ kind: "stop" });
    else worker.child.kill("SIGTERM");
    let last: unknown;
    for await (const chunk of stream) last = chunk;
    expect(last).toBe("[DONE]");
    expect(await exited).toEqual([0, null]);
  });

  test("of the parent is the end of the worker", async () => {
    const worker = await start(await buildTestModel("noise"));
    const exited = once(worker.child, "exit");
    worker.child.disconnect();
    expect(await exited).toEqual([0, null]);
  });

  test("before the model is loaded comes at once", async () => {
    const child: ChildProcess = fork(join(import.meta.dirname, "../../../src/hosting/worker-main.ts"), ["test/model"], {
      execArgv: [],
    });
    const exited = once(child, "exit");
    child.send({ kind: "stop" });
    expect(await exited).toEqual([0, null]);
  });
});

describe("a model that cannot be loaded", () => {
  test.each([
    ["broken-truncated", /load-failed \(3\): .*could not be loaded/su],
    ["broken-not-gguf", /load-failed \(3\): .*is not a GGUF file/su],
    ["broken-head-count-0", /exit: SIGABRT/u],
  ])("%s is reported to the parent", async (preset, expected) => {
    await expect(start(await buildTestModel(preset))).rejects.toThrow(expected);
  });

  test("because it is not there, empty, or too large for the memory is named as such", async () => {
    const folder = await mkdtemp(join(tmpdir(), "signalbox-empty-"));
    try {
      const empty = join(folder, "empty.gguf");
      await writeFile(empty, "");
      await expect(start(join(folder, "missing.gguf"))).rejects.toThrow(/does not exist/u);
      await expect(start(empty)).rejects.toThrow(/is empty/u);
      await expect(start(await buildTestModel("noise"), { contextTokens: 200_000, slots: 250 })).rejects.toThrow(
        /not enough memory/u,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
