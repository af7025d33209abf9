import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudProvider, startFaultyProviders, type FaultyProviders } from "../support/faulty-provider.ts";
import { openStream, readEvents, type OpenStream } from "../support/read-stream.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat, chunk, event, rawStream, resetAfter, stallAfter, status } from "../support/upstream-behaviours.ts";
import { workerPid } from "../support/worker-processes.ts";

/*
 * Answers that break off, and who goes on with them, by running boxes: their own models' processes are killed in the
 * middle of a word, and servers elsewhere reset their connections.
 */

const NANO = "signalbox/nano";
const nano = { id: NANO, file: resolve(import.meta.dirname, "../../models/nano.gguf"), slots: 2, device: "cpu" };
const QUESTION = { messages: [{ role: "user", content: "Explain what a signal box does." }], temperature: 0 };

/** Answers that end before they can be broken off are asked for again, at most so often. */
const MAX_TRIES = 20;

/** The first part of an answer of a server elsewhere, which then resets its connection. */
const dies = (...pieces: readonly string[]) =>
  resetAfter(...[{ role: "assistant", content: "" }, ...pieces.map((content) => ({ content }))].map(asEvent));
const asEvent = (delta: object): string => event(chunk(delta));

/** How the servers elsewhere behave, each a provider of its own: what fails in one test is not left alone in another. */
const BEHAVIOURS = {
  dies: dies("Once ", "upon "),
  rests: chat({ pieces: ["a ", "time."] }),
  "dies-2": dies("Once "),
  fails: status(500, { error: { message: "boom" } }),
  sink: chat(),
  "dies-3": dies("Once "),
  stalls: stallAfter(asEvent({ content: "upon " })),
  "dies-4": dies("Once "),
  "stalls-4": stallAfter(asEvent({ content: "upon " })),
  "dies-5": rawStream(...Array.from({ length: 400 }, () => asEvent({ content: "word " }))),
  "rests-5": chat(),
};

const wait = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

interface Generation {
  readonly data: {
    readonly tokens_completion: number;
    readonly total_cost: number;
    readonly provider_responses: readonly {
      readonly endpoint_id: string;
      readonly continues_attempt?: number;
      readonly after_tokens?: number;
      readonly audit_index: number;
    }[];
  };
}

describe.skipIf(process.platform !== "linux")("boxes that host the same model, and servers elsewhere", () => {
  let elsewhere: FaultyProviders;
  let peer: RunningBox;
  let box: RunningBox;

  beforeAll(async () => {
    [elsewhere, peer] = await Promise.all([
      startFaultyProviders(BEHAVIOURS),
      runBox({ config: { models: [nano], box: { calibration: "off" } } }),
    ]);
    const sinkOf = (id: string, changes: object): object =>
      cloudProvider(id, `${elsewhere.server.origin}/sink/v1`, { continuation: "last-message", ...changes });
    const ofPeer = { id: "peer", apiKey: "env:PEER_KEY", continuation: "continue-final-message", location: "site" };
    box = await runBox({
      config: {
        box: { calibration: "off" },
        network: { egress: "allowlisted" },
        models: [nano],
        providers: [
          { ...ofPeer, baseUrl: `${peer.url}/v1`, models: [{ id: NANO, price: { input: 1, output: 2 } }] },
          ...elsewhere.providers.map((provider) => ({ ...provider, continuation: "last-message" })),
          sinkOf("forbidden", {}),
          sinkOf("unable", { continuation: "none" }),
          sinkOf("other", { models: [{ id: "team/other", price: { input: 1, output: 2 } }] }),
        ],
      },
      policy: `
apiVersion: signalbox/v1
constraints:
  - {id: never, require: 'endpoint.provider != "forbidden"'}
routes: [{id: all}]
tests: [{name: n, given: {}, expect: {forbidden: forbidden/team/chat, by: never}}]
`,
      environment: { PEER_KEY: ADMIN_KEY },
    });
  });

  afterAll(async () => {
    await Promise.all([box.stop(), peer.stop()]);
    await elsewhere.server.close();
  });

  /** What the provider was sent. */
  const sentTo = (name: keyof typeof BEHAVIOURS): readonly Record<string, unknown>[] =>
    elsewhere.server.requests.filter(({ path }) => path.startsWith(`/${name}/`)).map((request) => request.json());

  const asking = (provider: object, model: string = NANO) => ({
    ...QUESTION,
    model,
    provider: { continuation: true, ...provider },
  });
  /** The first of these providers, and where it breaks off the others. */
  const ofTeam = (...only: readonly string[]) => ({
    ...asking({ only, order: only }, "team/chat"),
    max_tokens: 20,
  });

  async function generation(stream: OpenStream): Promise<Generation["data"]> {
    const id = stream.response.headers.get("x-request-id") ?? "";
    return ((await (await box.get(`/v1/generation?id=${id}`)).json()) as Generation).data;
  }

  /** A stream whose worker stands still in the middle of the answer, and the reading of its rest. */
  async function stopped(body: object) {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const pid = workerPid(box.process.pid, NANO);
      process.kill(pid, "SIGSTOP");
      let stream: OpenStream | undefined;
      const opening = openStream(box.url, ADMIN_KEY, body).then((opened) => (stream = opened));
      // The whole answer takes milliseconds, so the worker runs for one at a time until there is some of it.
      while (stream === undefined) {
        process.kill(pid, "SIGCONT");
        await Promise.race([opening, wait(1)]);
        process.kill(pid, "SIGSTOP");
        await Promise.race([opening, wait(10)]);
      }
      const rest = stream.rest();
      if (await Promise.race([rest.then(() => false), wait(200).then(() => true)])) return { stream, pid, rest };
      process.kill(pid, "SIGCONT");
    }
    throw new Error("The worker was never caught in the middle of its answer.");
  }

  async function unbroken(): Promise<string> {
    const stream = await openStream(box.url, ADMIN_KEY, asking({ only: ["box"] }));
    await stream.rest();
    return readEvents(stream.raw()).text;
  }

  it("a model of the box is killed in its answer: another box goes on, and the text is that of an unbroken one", async () => {
    const whole = await unbroken();
    const { stream, pid, rest } = await stopped(asking({ order: ["box", "peer"] }));
    const begun = stream.text();
    process.kill(pid, "SIGKILL");
    await rest;
    const { text, done, error, finishReasons } = readEvents(stream.raw());
    expect([begun.length > 0, begun.length < whole.length]).toEqual([true, true]);
    expect({ text, done, error, finishReasons }).toEqual({
      ...{ text: whole, done: true, error: undefined },
      finishReasons: ["stop"],
    });
    expect(stream.raw()).toContain('"provider":"peer"');
    expect(new Set(stream.raw().match(/"id":"chatcmpl-[^"]+"/g)).size).toBe(1);
    const { provider_responses: attempts, total_cost: cost } = await generation(stream);
    expect(attempts).toMatchObject([
      { endpoint_id: `box/${NANO}`, error_code: "worker_failed" },
      { endpoint_id: `peer/${NANO}`, result: "answered", continues_attempt: 1, after_tokens: expect.any(Number) },
    ]);
    expect(cost).toBeGreaterThan(0);
    const leaves = await box.command("audit", "list", "--json", "--limit", "4");
    expect(leaves.stdout).toContain('"continuationOf"');
    expect(await (await box.get("/metrics")).text()).toContain(
      `signalbox_continuations_total{endpoint="box/${NANO}",verdict="went-on"} 1`,
    );
  });

  it("a model of the box is killed in its answer, with nobody else: its new process goes on with the same text", async () => {
    const whole = await unbroken();
    const { stream, pid, rest } = await stopped(asking({ only: ["box"] }));
    process.kill(pid, "SIGKILL");
    await rest;
    expect(readEvents(stream.raw())).toMatchObject({ text: whole, done: true, error: undefined });
    expect(stream.raw()).not.toContain('"provider":"peer"');
    expect(workerPid(box.process.pid, NANO)).not.toBe(pid);
  });

  it("a server dies: the other one of its model is shown the text so far, and what is paid is what was received", async () => {
    const stream = await openStream(box.url, ADMIN_KEY, ofTeam("dies", "rests"));
    await stream.rest();
    const { text, done, finishReasons } = readEvents(stream.raw());
    expect([text, done, finishReasons]).toEqual(["Once upon a time.", true, ["stop"]]);
    expect(sentTo("rests")).toMatchObject([
      { max_tokens: 18, messages: [...QUESTION.messages, { role: "assistant", content: "Once upon" }] },
    ]);
    const { tokens_completion: tokens, total_cost: cost } = await generation(stream);
    expect(tokens).toBe(4);
    const last = JSON.parse(stream.raw().match(/data: (\{.*"choices":\[\],.*\})\n/)?.[1] ?? "{}") as {
      usage: { prompt_tokens: number; completion_tokens: number; cost: number; basis: string };
    };
    expect(last.usage).toMatchObject({ completion_tokens: 4, basis: "estimated", cost });
    expect(cost).toBeCloseTo((last.usage.prompt_tokens + 2 * 4) / 1_000_000, 9);
    expect((await box.command("audit", "verify")).exitCode).toBe(0);
  });

  it("a server dies, and nobody asked for more: it is an error as ever", async () => {
    const { provider, ...body } = ofTeam("dies", "rests");
    const before = sentTo("rests").length;
    const stream = await openStream(box.url, ADMIN_KEY, { ...body, provider: { ...provider, continuation: false } });
    await stream.rest();
    expect(readEvents(stream.raw())).toMatchObject({
      ...{ text: "Once upon ", done: false },
      error: { code: "upstream_failed" },
    });
    expect(sentTo("rests")).toHaveLength(before);
  });

  it("nobody of another model, who is forbidden, or who can't, is ever shown the text", async () => {
    const body = { ...ofTeam("dies-2", "fails", "forbidden", "unable", "other"), models: ["team/other"] };
    const stream = await openStream(box.url, ADMIN_KEY, body);
    await stream.rest();
    const { text, done, error } = readEvents(stream.raw());
    expect([text.replaceAll("Once ", ""), done, error?.code]).toEqual(["", false, "upstream_failed"]);
    expect(sentTo("fails")).toHaveLength(1);
    expect(sentTo("sink")).toEqual([]);
  });

  it("a client leaves in the second part: whoever is answering stops", async () => {
    const stream = await openStream(box.url, ADMIN_KEY, ofTeam("dies-3", "stalls"));
    await stream.until("Once upon ".length);
    stream.leave();
    await expect.poll(() => elsewhere.server.answering(), { timeout: 5_000, interval: 20 }).toBe(0);
  });

  it("a deadline passes in the second part: the stream ends with its error", async () => {
    const body = { ...ofTeam("dies-4", "stalls-4"), stream: true };
    const response = await box.chat(body, { "x-deadline-ms": "2000" });
    const { text, done, error } = readEvents(await response.text());
    expect([text, done, error?.code]).toEqual(["Once upon ", false, "deadline_exceeded"]);
    await expect.poll(() => elsewhere.server.answering(), { timeout: 5_000, interval: 20 }).toBe(0);
  });

  it("a budget holds for the first part alone: it is not overshot, and the answer stays broken off", async () => {
    // 600 tokens are reserved at first; 400 are spent, and the 200 that are left cost more than what is.
    const capUsd = 0.0013;
    const made = await box.command("keys", "create", "--name", "poor", "--budget-usd", String(capUsd), "--json");
    const { key } = JSON.parse(made.stdout) as { readonly key: string };
    const stream = await openStream(box.url, key, { ...ofTeam("dies-5", "rests-5"), max_tokens: 600 });
    await stream.rest();
    const { text, done, error } = readEvents(stream.raw());
    expect([text.length, done, error?.code]).toEqual([2_000, false, "upstream_failed"]);
    expect(sentTo("rests-5")).toEqual([]);
    const spent = (await (await box.send("GET", "/v1/key", undefined, key)).json()) as { data: { usage: number } };
    expect(spent.data.usage).toBeLessThanOrEqual(capUsd);
    expect(spent.data.usage).toBeGreaterThan(0.0008);
  });
});
