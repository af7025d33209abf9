import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../src/core/errors.ts";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import type { CompiledPolicy } from "../../src/core/policy-port.ts";
import { chunk, dispatchBox, OPEN_POLICY, ScriptedEndpoint, streamOf } from "../support/dispatch-box.ts";

const USAGE = { promptTokens: 100, completionTokens: 50, basis: "measured" } as const;
const ANSWER = [chunk("Hello"), chunk("", { finishReason: "stop", usage: USAGE })];
const DEAR = { inputMicroUsdPerMillion: 10_000_000, outputMicroUsdPerMillion: 20_000_000 };

const cheap = () => new ScriptedEndpoint({ id: "box/small" }, () => streamOf(ANSWER));
const large = () => new ScriptedEndpoint({ id: "acme/large", price: DEAR }, () => streamOf(ANSWER));
const broken = () =>
  new ScriptedEndpoint({ id: "box/small" }, () => streamOf([], new SignalboxError("worker_failed", "it ended")));

const GAIN = { endpointId: "acme/large", share: 0.25 };
const random = (value: number) => ({ next: () => value });

async function readAll(events: AsyncIterable<InferenceEvent>): Promise<void> {
  for await (const _ of events);
}

describe("a sampled request", () => {
  it("says in its first decision what going direct would have meant, and nothing is sent there", async () => {
    const direct = large();
    const box = dispatchBox([cheap(), direct], { gain: GAIN, random: random(0.1) });
    const execution = await box.service.execute(box.job({ model: "small" }));
    await readAll(execution.events);
    expect(box.journal.attempts[0]?.decision.direct).toEqual({ ...GAIN, price: DEAR });
    expect(execution.decision.direct).toEqual({ ...GAIN, price: DEAR });
    expect(direct.calls).toHaveLength(0);
  });

  it("is one in as many as the share says, and none where chance or a share is missing", async () => {
    for (const options of [{ gain: GAIN, random: random(0.25) }, { gain: GAIN }, { random: random(0) }]) {
      const box = dispatchBox([cheap(), large()], options);
      await readAll((await box.service.execute(box.job({ model: "small" }))).events);
      expect(box.journal.attempts[0]?.decision.direct).toBeUndefined();
    }
  });

  it("names the rule that would have kept it from going there", async () => {
    const policy: CompiledPolicy = {
      ...OPEN_POLICY,
      constraints: [
        {
          id: "stays-here",
          when: () => true,
          require: ({ endpoint }) => endpoint?.location === "box",
          requireText: 'endpoint.location == "box"',
        },
      ],
    };
    const box = dispatchBox([cheap(), large()], { gain: GAIN, random: random(0), policy });
    await readAll((await box.service.execute(box.job({ model: "small" }))).events);
    expect(box.journal.attempts[0]?.decision.direct).toEqual({ ...GAIN, excludedBy: "stays-here" });
  });

  it("is compared with its own restrictions set aside: another model, another provider", async () => {
    const box = dispatchBox([cheap(), large()], { gain: GAIN, random: random(0) });
    const provider = { allowFallbacks: false, requireParameters: true, sortPartition: "model", only: ["box"] } as const;
    await readAll((await box.service.execute(box.job({ model: "small", suffixes: ["local"], provider }))).events);
    expect(box.journal.attempts[0]?.decision.direct).toEqual({ ...GAIN, price: DEAR });
  });

  it("keeps what its first decision said when another endpoint answers in the end", async () => {
    const other = new ScriptedEndpoint({ id: "box/other" }, () => streamOf(ANSWER));
    const box = dispatchBox([broken(), other, large()], { gain: GAIN, random: random(0) });
    const execution = await box.service.execute(box.job({ model: "small", fallbackModels: ["other"] }));
    await readAll(execution.events);
    expect(execution.endpoint.id).toBe("box/other");
    expect(execution.decision.direct).toEqual({ ...GAIN, price: DEAR });
    expect(box.journal.attempts.map(({ decision }) => decision.direct !== undefined)).toEqual([true, false]);
  });

  it("has no comparison for work that writes no text", async () => {
    const box = dispatchBox([cheap(), large()], { gain: GAIN, random: random(0) });
    const embedding = box.service.execute(box.job({ kind: "embedding", model: "small", stream: false }));
    await embedding.then(({ events }) => readAll(events)).catch(() => undefined);
    expect(box.journal.attempts[0]?.decision.direct).toBeUndefined();
  });
});
