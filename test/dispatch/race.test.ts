import { describe, expect, it } from "vitest";
import type { InferenceCall } from "../../src/core/inference-endpoint.ts";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import { SignalboxError } from "../../src/core/errors.ts";
import { chatRequest, chunk, dispatchBox, ScriptedEndpoint, streamOf } from "../support/dispatch-box.ts";

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };
const ANSWER = [chunk("Hello"), chunk("", { finishReason: "stop" })];
const HEDGED = { ...chatRequest().provider, hedge: true, order: ["first", "second"] };

/** An endpoint whose answers wait until `begin` is called, or their caller gives them up. */
class LateEndpoint extends ScriptedEndpoint {
  begin: () => void = () => undefined;
  isLate = false;
  given: readonly InferenceEvent[] = ANSWER;
  failure: SignalboxError | undefined;

  constructor(id: string) {
    super({ id, price: PRICE }, (call) => this.#answer(call));
  }

  async *#answer({ signal }: InferenceCall): AsyncGenerator<InferenceEvent> {
    if (this.isLate) {
      await new Promise<void>((resolve) => {
        this.begin = resolve;
        signal.addEventListener("abort", () => resolve());
      });
    }
    if (signal.aborted) throw new SignalboxError("client_closed_request", "aborted");
    yield* streamOf(this.failure === undefined ? this.given : [], this.failure);
  }
}

async function read(events: AsyncIterable<InferenceEvent>): Promise<string> {
  let text = "";
  for await (const event of events) text += new TextDecoder().decode(event.json);
  return text;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** Two endpoints of which the first has been measured often enough and is late from now on. */
async function lateFirst() {
  const [first, second] = [new LateEndpoint("first/m"), new LateEndpoint("second/m")];
  const box = dispatchBox([first, second]);
  for (let round = 0; round < 20; round++)
    await read((await box.service.execute(box.job({ provider: HEDGED }))).events);
  box.journal.attempts.length = 0;
  box.journal.outcomes.length = 0;
  first.calls.length = 0;
  first.isLate = true;
  return { box, first, second };
}

describe("a hedged request", () => {
  it("asks a second endpoint when the first is late, takes its answer, and has both on record and billed", async () => {
    const { box, first, second } = await lateFirst();
    const asked = box.service.execute(box.job({ provider: HEDGED, maxTokens: 100 }));
    await settled();
    expect(second.calls).toEqual([]);
    box.clock.advance(1);
    const execution = await asked;
    expect(execution.endpoint.id).toBe("second/m");
    expect(await read(execution.events)).toContain("Hello");
    expect(execution.attempts.map(({ endpointId, errorCode }) => [endpointId, errorCode])).toEqual([
      ["first/m", "superseded"],
      ["second/m", undefined],
    ]);
    expect(box.journal.attempts).toMatchObject([
      { attemptNumber: 1, endpointId: "first/m", reserveMicroUsd: 110 },
      { attemptNumber: 2, endpointId: "second/m", hedgeOf: "first/m", reserveMicroUsd: 110 },
    ]);
    expect(box.journal.attempts[1]?.fallbackOf).toBeUndefined();
    expect(first.calls[0]?.signal.aborted).toBe(true);
    expect(box.journal.outcomes).toMatchObject([
      { attemptNumber: 1, result: "cancelled", errorCode: "superseded", costMicroUsd: 10 },
      { attemptNumber: 2, result: "answered", costMicroUsd: 11 },
    ]);
    expect(box.live.map(({ gate }) => gate.load().running)).toEqual([0, 0]);
    expect(box.live[0]?.snapshot().state.errorRate ?? 0).toBe(0);
  });

  it("takes the first after all when that begins first, and cancels the second", async () => {
    const { box, first, second } = await lateFirst();
    second.isLate = true;
    const asked = box.service.execute(box.job({ provider: HEDGED }));
    await settled();
    box.clock.advance(1);
    await settled();
    expect(second.calls).toHaveLength(1);
    first.begin();
    const execution = await asked;
    expect(execution.endpoint.id).toBe("first/m");
    expect(second.calls[0]?.signal.aborted).toBe(true);
    expect(await read(execution.events)).toContain("Hello");
    expect(box.journal.outcomes.map(({ endpointId, result }) => [endpointId, result])).toEqual([
      ["second/m", "cancelled"],
      ["first/m", "answered"],
    ]);
  });

  it("keeps its deadline while the winner's answer goes on", async () => {
    const { box } = await lateFirst();
    const asked = box.service.execute(box.job({ provider: HEDGED, hints: { wantsMetadata: false, deadlineMs: 500 } }));
    await settled();
    box.clock.advance(1);
    const execution = await asked;
    box.clock.advance(500);
    const second = box.live[1]?.endpoint as ScriptedEndpoint;
    expect(second.calls.at(-1)?.signal.aborted).toBe(true);
    await execution.events[Symbol.asyncIterator]().return?.();
  });

  it("waits for the first when the second fails, and ends with both attempts when both do", async () => {
    const { box, first, second } = await lateFirst();
    second.failure = new SignalboxError("upstream_failed", "broken");
    const asked = box.service.execute(box.job({ provider: HEDGED }));
    await settled();
    box.clock.advance(1);
    await settled();
    first.begin();
    const execution = await asked;
    expect(execution.attempts.map(({ endpointId }) => endpointId)).toEqual(["second/m", "first/m"]);
    await read(execution.events);
    first.failure = new SignalboxError("upstream_failed", "broken too");
    const failing = box.service.execute(box.job({ provider: HEDGED }));
    await settled();
    box.clock.advance(1);
    await settled();
    first.begin();
    await expect(failing).rejects.toMatchObject({ code: "upstream_failed" });
  });

  it("ends both at once when its caller leaves", async () => {
    const { box, first, second } = await lateFirst();
    second.isLate = true;
    const caller = new AbortController();
    const asked = box.service.execute(box.job({ provider: HEDGED }, caller.signal));
    await settled();
    box.clock.advance(1);
    await settled();
    caller.abort(new SignalboxError("client_closed_request", "gone"));
    await expect(asked).rejects.toMatchObject({ code: "client_closed_request" });
    expect([first, second].map(({ calls }) => calls.at(-1)?.signal.aborted)).toEqual([true, true]);
    expect(box.journal.outcomes.map(({ result }) => result)).toEqual(["cancelled", "cancelled"]);
  });

  it.each<[string, object]>([
    ["where it is not asked for", { hedge: false }],
    ["where the request allows no fallback", { allowFallbacks: false, order: ["first"] }],
  ])("has no second endpoint %s", async (_, changes) => {
    const { box, first, second } = await lateFirst();
    const asked = box.service.execute(box.job({ provider: { ...HEDGED, ...changes } }));
    await settled();
    box.clock.advance(10_000);
    await settled();
    expect(second.calls).toEqual([]);
    first.begin();
    await read((await asked).events);
  });

  it("stops asking twice when everything is late", async () => {
    const { box, first, second } = await lateFirst();
    for (let round = 0; round < 15; round++) {
      const asked = box.service.execute(box.job({ provider: HEDGED }));
      await settled();
      box.clock.advance(1);
      await settled();
      first.begin();
      await read((await asked).events);
    }
    expect(second.calls.length).toBeGreaterThan(0);
    expect(second.calls.length).toBeLessThan(15);
  });
});
