import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import { createUnixTransport } from "../../src/egress/unix-transport.ts";
import { createOpenAiCompatibleEndpoint } from "../../src/providers/openai-compatible/openai-compatible-endpoint.ts";
import { dispatchBox } from "../support/dispatch-box.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { chat, chunk, event, stallAfter, status } from "../support/upstream-behaviours.ts";
import { collect, failureOf, textOf, upstreamFactsOf } from "../support/upstream-call.ts";
import { startUpstreamServer, type UpstreamBehaviour, type UpstreamServer } from "../support/upstream-server.ts";

/*
 * What holds against providers that are slow or fail again and again, over real connections, with the time in the test's
 * hands: the limits of dispatch, of the protocol and of the connection all look at the same clock.
 */

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 2_000_000 };
const FIRST = event(chunk({ role: "assistant", content: "" }));
const HELLO = event(chunk({ content: "Hello" }));

/** A box between providers `acme` (models m and n) and `other` (model m), each a server of its own. */
class Between {
  readonly clock = new ManualClock();
  readonly #folder = temporaryFolder();
  readonly #servers: UpstreamServer[] = [];
  acme!: UpstreamServer;
  other!: UpstreamServer;
  box!: ReturnType<typeof dispatchBox>;

  async start(): Promise<this> {
    this.acme = await this.#serve("acme");
    this.other = await this.#serve("other");
    const endpoints = [this.#endpoint("acme", "m"), this.#endpoint("acme", "n"), this.#endpoint("other", "m")];
    this.box = dispatchBox(endpoints, { clock: this.clock, providerBreakers: true });
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
    rmSync(this.#folder, { recursive: true });
  }

  /** The whole answer of one request. */
  async ask(changes: Partial<InferenceRequest> = {}): Promise<{ readonly from: string; readonly text: string }> {
    const execution = await this.begin(changes);
    return { from: execution.endpoint.id, text: textOf(await collect(execution.events)) };
  }

  begin(changes: Partial<InferenceRequest> = {}) {
    const body = Buffer.from(JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "?" }] }));
    return this.box.service.execute(this.box.job({ body, ...changes }));
  }

  /** Places that are taken at any endpoint. */
  get running(): number {
    return this.box.live.reduce((sum, { gate }) => sum + gate.running, 0);
  }

  async #serve(providerId: string): Promise<UpstreamServer> {
    const socketPath = join(this.#folder, `${providerId}.sock`);
    const server = await startUpstreamServer({ behave: chat({ pieces: [`I am ${providerId}.`] }), socketPath });
    this.#servers.push(server);
    return server;
  }

  #endpoint(providerId: string, modelId: string) {
    const { clock } = this;
    const socketPath = join(this.#folder, `${providerId}.sock`);
    return createOpenAiCompatibleEndpoint({
      facts: upstreamFactsOf({
        id: `${providerId}/${modelId}`,
        providerId,
        modelId,
        location: "cloud",
        slots: 4,
        price: PRICE,
        // The dearer one second.
        quality: providerId === "acme" ? 0.9 : 0.1,
      }),
      transport: createUnixTransport({ socketPath, clock, maxConnections: 8 }),
      clock,
    });
  }
}

const only = (...providerIds: readonly string[]): Pick<InferenceRequest, "provider"> => ({
  provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model", only: providerIds },
});
const hedged: Pick<InferenceRequest, "provider"> = {
  provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model", hedge: true },
};

/** Sends each piece after the clock has moved on by `pauseMs`. */
function paused(clock: ManualClock, pauseMs: number, pieces: number): UpstreamBehaviour {
  return chat({
    pieces: Array.from({ length: pieces }, () => "word "),
    beforePiece: async () => {
      clock.advance(pauseMs);
      await Promise.resolve();
    },
  });
}

describe("a provider that", () => {
  let between: Between;
  afterEach(() => between.stop());

  it("refuses its credential is left alone as a whole, found out by one probe, and used by all when that succeeds", async () => {
    between = await new Between().start();
    const { acme, clock } = between;
    acme.behave(status(401, { error: { message: "bad key" } }));
    for (const model of ["m", "n", "m"])
      await expect(between.ask({ model, ...only("acme") })).rejects.toMatchObject({ code: "upstream_unauthorized" });
    expect(acme.requests).toHaveLength(3);
    await expect(between.ask({ model: "n", ...only("acme") })).rejects.toMatchObject({
      message: expect.stringContaining("provider") as string,
    });
    expect(acme.requests).toHaveLength(3);

    clock.advance(2_000);
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    acme.behave(async (request, response) => {
      await held;
      await chat()(request, response);
    });
    const probe = between.ask({ model: "n", ...only("acme") });
    await acme.received(4);
    await expect(between.ask({ model: "m", ...only("acme") })).rejects.toBeDefined();
    expect(acme.requests).toHaveLength(4);
    answer();
    expect((await probe).from).toBe("acme/n");
    expect((await between.ask({ model: "m", ...only("acme") })).from).toBe("acme/m");
    expect(between.running).toBe(0);
  });

  it("fails and works again gets its load back little by little", async () => {
    between = await new Between().start();
    const { acme, clock } = between;
    acme.behave(status(500, { error: { message: "boom" } }));
    for (let round = 0; round < 3; round++) await expect(between.ask(only("acme"))).rejects.toBeDefined();
    expect((await between.ask()).from).toBe("other/m");
    expect(acme.requests).toHaveLength(3);
    clock.advance(2_000);
    acme.behave(chat());
    expect((await between.ask(only("acme"))).from).toBe("acme/m");
    acme.behave(stallAfter(FIRST, HELLO));
    const first = await between.begin();
    expect(first.endpoint.id).toBe("acme/m");
    // One of its four slots for the first seconds: the second request goes elsewhere.
    expect((await between.ask()).from).toBe("other/m");
    clock.advance(30_000);
    const second = await between.begin();
    expect(second.endpoint.id).toBe("acme/m");
    for (const { events } of [first, second]) await events[Symbol.asyncIterator]().return?.();
    await acme.idle();
    expect(between.running).toBe(0);
  });

  it("asks to be left alone is left alone for that time, and asked again after it", async () => {
    between = await new Between().start();
    const { acme, clock } = between;
    acme.behave(status(429, { error: { message: "slow down" } }, { "retry-after": "7" }));
    expect((await between.ask()).from).toBe("other/m");
    acme.behave(chat());
    clock.advance(6_900);
    expect((await between.ask()).from).toBe("other/m");
    expect(acme.requests).toHaveLength(1);
    clock.advance(200);
    expect((await between.ask()).from).toBe("acme/m");
  });

  it("sends headers and then nothing is left in time for the next to answer", async () => {
    between = await new Between().start();
    const { acme, clock } = between;
    acme.behave(stallAfter(FIRST));
    const answer = between.ask({ hints: { wantsMetadata: false, deadlineMs: 10_000 } });
    await acme.received(1);
    clock.advance(7_500);
    expect((await answer).from).toBe("other/m");
    await acme.idle();
    expect(between.box.journal.outcomes[0]).toMatchObject({ result: "failed", errorCode: "upstream_timeout" });
    expect(between.running).toBe(0);
  });

  it("falls silent within its answer is given up, after what it sent, and by nobody else's words", async () => {
    between = await new Between().start();
    const { acme, clock, other } = between;
    acme.behave(stallAfter(FIRST, HELLO));
    const { events } = await between.begin();
    const read: InferenceEvent[] = [];
    const ended = failureOf(
      (async () => {
        for await (const one of events) {
          read.push(one);
          if (one.kind === "chunk" && one.hasContent) queueMicrotask(() => clock.advance(60_000));
        }
      })(),
    );
    expect(await ended).toMatchObject({ code: "upstream_timeout" });
    expect(textOf(read)).toBe("Hello");
    await acme.idle();
    expect(other.requests).toHaveLength(0);
    expect(between.box.journal.outcomes).toMatchObject([{ result: "failed", usage: { basis: "estimated" } }]);
    expect(between.box.journal.outcomes[0]?.costMicroUsd).toBeGreaterThan(0);
    expect(between.running).toBe(0);
  });

  it("dribbles on is given up", async () => {
    between = await new Between().start();
    const { acme, clock } = between;
    acme.behave(paused(clock, 3_000, 100));
    const { events } = await between.begin();
    expect(await failureOf(collect(events))).toMatchObject({
      code: "upstream_timeout",
      message: expect.stringContaining("became too slow") as string,
    });
    await acme.idle();
    expect(between.box.journal.outcomes).toMatchObject([{ result: "failed", usage: { completionTokens: 11 } }]);
    expect(between.running).toBe(0);
  });

  it("is late loses to a second one, which closes its connection and bills what it was sent", async () => {
    between = await new Between().start();
    const { acme, other, clock } = between;
    acme.behave((request, response) => {
      clock.advance(10);
      return chat()(request, response);
    });
    for (let round = 0; round < 20; round++) expect((await between.ask(hedged)).from).toBe("acme/m");
    acme.behave(stallAfter(FIRST));
    const answer = between.ask(hedged);
    await acme.received(21);
    clock.advance(11);
    expect(await answer).toEqual({ from: "other/m", text: "I am other." });
    expect(other.requests).toHaveLength(1);
    await acme.idle();
    const [late, won] = between.box.journal.outcomes.slice(-2);
    expect(late).toMatchObject({ endpointId: "acme/m", result: "cancelled", errorCode: "superseded" });
    expect(late?.costMicroUsd).toBeGreaterThan(0);
    expect(won).toMatchObject({ endpointId: "other/m", result: "answered" });
    expect(between.running).toBe(0);
  });
});
