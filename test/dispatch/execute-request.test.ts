import { describe, expect, it } from "vitest";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import { SignalboxError } from "../../src/core/errors.ts";
import { chunk, dispatchBox, ScriptedEndpoint, streamOf } from "../support/dispatch-box.ts";

const ANSWER = [chunk("", {}), chunk("Hello"), chunk("", { finishReason: "stop" })];

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };

function answering(id: string, events: readonly InferenceEvent[] = ANSWER) {
  return new ScriptedEndpoint({ id, price: PRICE }, () => streamOf(events));
}

function failing(
  id: string,
  code: ConstructorParameters<typeof SignalboxError>[0],
  after: readonly InferenceEvent[] = [],
) {
  return new ScriptedEndpoint({ id, price: PRICE }, () => streamOf(after, new SignalboxError(code, `${id} failed`)));
}

async function read(events: AsyncIterable<InferenceEvent>): Promise<string> {
  let text = "";
  for await (const event of events) text += new TextDecoder().decode(event.json);
  return text;
}

describe("a request", () => {
  it("is recorded before its endpoint is asked, and its outcome before its reader sees the end", async () => {
    const order: string[] = [];
    const endpoint = new ScriptedEndpoint({ id: "acme/m", price: PRICE }, () => {
      order.push(`asked after ${box.journal.attempts.length} records`);
      return streamOf(ANSWER);
    });
    const box = dispatchBox([endpoint]);
    const execution = await box.service.execute(box.job());
    expect(box.journal.outcomes).toEqual([]);
    await read(execution.events);
    expect(order).toEqual(["asked after 1 records"]);
    expect(box.journal.attempts[0]).toMatchObject({
      attemptNumber: 1,
      endpointId: "acme/m",
      destination: { endpointId: "acme/m" },
    });
    expect(box.journal.outcomes).toMatchObject([
      { result: "answered", httpStatus: 200, finishReason: "stop", costMicroUsd: 11 },
    ]);
    expect(execution.auditIndex).toBe(0);
    expect(endpoint.calls[0]?.permit).toEqual({ kind: "permit" });
  });

  it("shares what was evaluated for it with its team, and without a team with its own key only", async () => {
    const endpoint = answering("acme/m");
    const box = dispatchBox([endpoint]);
    const { principal, ...job } = box.job();
    for (const team of [undefined, "research"]) {
      const whose = team === undefined ? principal : { ...principal, team };
      await read((await box.service.execute({ ...job, principal: whose })).events);
    }
    expect(endpoint.calls.map(({ cacheScope }) => cacheScope)).toEqual(["key:key1", "team:research"]);
  });

  it("reserves the most that its answer may cost", async () => {
    const box = dispatchBox([answering("acme/m")]);
    await box.service.execute(box.job({ maxTokens: 100 }));
    expect(box.journal.attempts[0]?.reserveMicroUsd).toBe(110);
  });

  it("goes to the next endpoint when the first fails before any content", async () => {
    const [first, second] = [failing("acme/m", "upstream_failed"), answering("box/m")];
    const box = dispatchBox([first, second]);
    const execution = await box.service.execute(
      box.job({ provider: { ...box.job().request.provider, order: ["acme"] } }),
    );
    expect(await read(execution.events)).toContain("Hello");
    expect(execution.attempts.map(({ endpointId, errorCode }) => [endpointId, errorCode])).toEqual([
      ["acme/m", "upstream_failed"],
      ["box/m", undefined],
    ]);
    expect(box.journal.attempts[1]).toMatchObject({
      attemptNumber: 2,
      fallbackOf: { endpointId: "acme/m", errorCode: "upstream_failed" },
    });
    expect(box.journal.outcomes.map(({ result }) => result)).toEqual(["failed", "answered"]);
  });

  it("does not go on after content was sent, and says so", async () => {
    const box = dispatchBox([failing("acme/m", "upstream_failed", [chunk("Hel")]), answering("other/m")]);
    const execution = await box.service.execute(
      box.job({ provider: { ...box.job().request.provider, order: ["acme"] } }),
    );
    await expect(read(execution.events)).rejects.toMatchObject({ code: "upstream_failed" });
    expect(box.journal.attempts).toHaveLength(1);
    expect(box.journal.outcomes).toMatchObject([
      { result: "failed", errorCode: "upstream_failed", usage: { basis: "estimated" } },
    ]);
  });

  it("ends with the last failure, every attempt and the audit index when all have failed", async () => {
    const box = dispatchBox([failing("acme/m", "upstream_failed"), failing("other/m", "upstream_timeout")]);
    const error: unknown = await box.service.execute(box.job()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SignalboxError);
    const metadata = (error as SignalboxError).details.metadata;
    expect(metadata?.["attempts"]).toHaveLength(2);
    expect(metadata?.["audit_index"]).toBeTypeOf("number");
  });

  it("is not tried elsewhere when the fault is the caller's", async () => {
    const box = dispatchBox([failing("acme/m", "upstream_rejected"), failing("other/m", "upstream_rejected")]);
    await expect(box.service.execute(box.job())).rejects.toMatchObject({ code: "upstream_rejected" });
    expect(box.journal.attempts).toHaveLength(1);
  });

  it("for an unknown model is refused, and the refusal is recorded", async () => {
    const box = dispatchBox([answering("acme/m")]);
    await expect(box.service.execute(box.job({ model: "n" }))).rejects.toMatchObject({ code: "model_not_found" });
    expect(box.journal.refusals).toMatchObject([{ errorCode: "model_not_found", httpStatus: 404 }]);
  });

  it("is not sent anywhere while nothing can be recorded", async () => {
    const endpoint = answering("acme/m");
    const box = dispatchBox([endpoint]);
    box.journal.failure = new SignalboxError("audit_unavailable", "The disk is full.");
    await expect(box.service.execute(box.job())).rejects.toMatchObject({ code: "audit_unavailable" });
    expect(endpoint.calls).toEqual([]);
  });

  it("keeps its answer when only the outcome can't be recorded", async () => {
    const box = dispatchBox([answering("acme/m")]);
    const execution = await box.service.execute(box.job());
    box.journal.failure = new SignalboxError("audit_unavailable", "The disk is full.");
    expect(await read(execution.events)).toContain("Hello");
    expect(box.errors).toHaveLength(1);
  });

  it("frees its place when its reader closes it, also before the first read, and is billed for what came", async () => {
    const box = dispatchBox([answering("acme/m")]);
    for (let round = 0; round < 2; round++) {
      const execution = await box.service.execute(box.job());
      await execution.events[Symbol.asyncIterator]().return?.();
    }
    expect(box.live[0]?.gate.load().running).toBe(0);
    expect(box.journal.outcomes).toMatchObject([
      { result: "cancelled", costMicroUsd: 11 },
      { result: "cancelled", costMicroUsd: 11 },
    ]);
  });

  it("that finds every place taken and the queue full is refused with a time to come back", async () => {
    const box = dispatchBox([new ScriptedEndpoint({ id: "box/m", slots: 1 }, () => streamOf(ANSWER))], {
      queueLimit: 0,
    });
    await box.service.execute(box.job());
    await expect(box.service.execute(box.job())).rejects.toMatchObject({ code: "queue_full", status: 429 });
    expect(box.journal.attempts).toHaveLength(1);
  });

  it("that runs out of time is ended with its deadline, not with the endpoint's view of it", async () => {
    const endpoint = new ScriptedEndpoint({ id: "acme/m", price: PRICE }, async function* (call) {
      await new Promise((resolve) => call.signal.addEventListener("abort", resolve));
      yield* streamOf([], new SignalboxError("client_closed_request", "aborted"));
    });
    const box = dispatchBox([endpoint]);
    const execution = box.service.execute(box.job({ hints: { wantsMetadata: false, deadlineMs: 500 } }));
    while (endpoint.calls.length === 0) await Promise.resolve();
    box.clock.advance(500);
    await expect(execution).rejects.toMatchObject({ code: "deadline_exceeded", status: 408 });
    expect(box.journal.outcomes).toMatchObject([{ result: "failed", costMicroUsd: 10 }]);
  });

  it("whose time is too short to ask anybody is refused with its deadline, whatever excludes the other endpoints", async () => {
    const endpoint = answering("acme/m");
    const box = dispatchBox([endpoint, answering("acme/other")]);
    const execution = box.service.execute(box.job({ hints: { wantsMetadata: false, deadlineMs: 5 } }));
    await expect(execution).rejects.toMatchObject({ code: "deadline_exceeded", status: 408 });
    expect(endpoint.calls).toEqual([]);
    expect(box.journal.refusals).toMatchObject([{ errorCode: "deadline_exceeded", httpStatus: 408 }]);
  });

  it("that runs out of time says nothing against the endpoint, which was given its time until the deadline", async () => {
    const endpoint = new ScriptedEndpoint({ id: "acme/m" }, async function* (call) {
      const { promise, resolve } = Promise.withResolvers<void>();
      box.clock.after(Math.min(call.firstContentTimeoutMs, call.totalTimeoutMs), resolve);
      call.signal.addEventListener("abort", () => resolve());
      await promise;
      yield* streamOf([], new SignalboxError("upstream_timeout", "silent"));
    });
    const box = dispatchBox([endpoint]);
    for (let round = 1; round <= 4; round++) {
      const execution = box.service.execute(box.job({ hints: { wantsMetadata: false, deadlineMs: 500 } }));
      while (endpoint.calls.length < round) await Promise.resolve();
      box.clock.advance(500);
      await expect(execution).rejects.toMatchObject({ code: "deadline_exceeded" });
    }
    expect(box.live[0]?.snapshot().state.breaker).toBe("closed");
  });

  it("leaves an endpoint alone that fails again and again, and probes it later", async () => {
    const endpoint = failing("acme/m", "upstream_failed");
    const box = dispatchBox([endpoint]);
    for (let round = 0; round < 3; round++) await box.service.execute(box.job()).catch(() => undefined);
    await expect(box.service.execute(box.job())).rejects.toMatchObject({ code: "no_endpoint_available" });
    expect(endpoint.calls).toHaveLength(3);
    box.clock.advance(2_000);
    endpoint.answer = () => streamOf(ANSWER);
    const execution = await box.service.execute(box.job());
    await read(execution.events);
    expect(box.live[0]?.snapshot().state.breaker).toBe("closed");
  });

  it("that is answered ever more slowly ends with an error, once what it had is sent", async () => {
    const pieces = Array.from({ length: 40 }, () => chunk("word"));
    const slow = new ScriptedEndpoint({ id: "acme/m", price: PRICE }, async function* () {
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) box.clock.advance(3_000);
        yield piece;
      }
    });
    const box = dispatchBox([slow]);
    const execution = await box.service.execute(box.job());
    await expect(read(execution.events)).rejects.toMatchObject({ code: "upstream_timeout" });
    expect(box.journal.outcomes).toMatchObject([{ result: "failed", usage: { completionTokens: 11 } }]);
    expect(box.live[0]?.gate.load().running).toBe(0);
  });

  it("goes to others first while an endpoint that works again is given its load back", async () => {
    const [first, second] = [failing("first/m", "upstream_failed"), answering("second/m")];
    const box = dispatchBox([first, second]);
    const provider = { ...box.job().request.provider, order: ["first"] };
    /** Answers of the second are read, those of the first go on. */
    const ask = async (): Promise<string> => {
      const { endpoint, events } = await box.service.execute(box.job({ provider }));
      if (endpoint.id === "second/m") await read(events);
      return endpoint.id;
    };
    for (let round = 0; round < 3; round++) await ask();
    box.clock.advance(2_000);
    first.answer = () => streamOf(ANSWER);
    const probe = await box.service.execute(box.job({ provider }));
    expect(probe.endpoint.id).toBe("first/m");
    await read(probe.events);
    expect(await ask()).toBe("first/m");
    expect(await ask()).toBe("second/m");
    box.clock.advance(30_000);
    expect(await ask()).toBe("first/m");
  });

  it("waits for the only endpoint when that asks for a moment, asks it once more, and has both attempts on record", async () => {
    const endpoint = new ScriptedEndpoint({ id: "acme/m", price: PRICE }, () =>
      endpoint.calls.length === 1
        ? streamOf([], new SignalboxError("upstream_rate_limited", "slow down", { retryAfterMs: 300 }))
        : streamOf(ANSWER),
    );
    const box = dispatchBox([endpoint]);
    const execution = box.service.execute(box.job());
    while (box.journal.outcomes.length === 0) await Promise.resolve();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(endpoint.calls).toHaveLength(1);
    box.clock.advance(300);
    expect(await read((await execution).events)).toContain("Hello");
    expect(box.journal.attempts.map(({ attemptNumber, endpointId }) => [attemptNumber, endpointId])).toEqual([
      [1, "acme/m"],
      [2, "acme/m"],
    ]);
  });

  it("that waits for an endpoint ends at once when its caller leaves", async () => {
    const limited = new SignalboxError("upstream_rate_limited", "slow down", { retryAfterMs: 300 });
    const box = dispatchBox([new ScriptedEndpoint({ id: "acme/m", price: PRICE }, () => streamOf([], limited))]);
    const caller = new AbortController();
    const execution = box.service.execute(box.job({}, caller.signal));
    while (box.journal.outcomes.length === 0) await Promise.resolve();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    caller.abort(new SignalboxError("client_closed_request", "gone"));
    await expect(execution).rejects.toMatchObject({ code: "client_closed_request" });
  });

  it("can be explained without being sent or recorded", () => {
    const endpoint = answering("acme/m");
    const box = dispatchBox([endpoint]);
    expect(box.service.explain(box.job()).candidates.map(({ endpointId }) => endpointId)).toEqual(["acme/m"]);
    expect(box.journal.attempts).toEqual([]);
    expect(endpoint.calls).toEqual([]);
  });
});
