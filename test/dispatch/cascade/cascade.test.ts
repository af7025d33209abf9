import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import type { InferenceEvent } from "../../../src/core/inference-event.ts";
import type { InferenceRequest } from "../../../src/core/inference-request.ts";
import type { CompiledPolicy } from "../../../src/core/policy-port.ts";
import { dispatchBox, ScriptedEndpoint, streamOf } from "../../support/dispatch-box.ts";

const encoder = new TextEncoder();
const FREE = { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 0 };
const CHEAP = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };

/** Prefers this box, and goes on below a mean of -1. */
const POLICY: CompiledPolicy = {
  sha256: "0".repeat(64),
  constraints: [],
  routes: [
    {
      id: "local-first",
      when: () => true,
      prefer: [{ text: "box", holds: ({ endpoint }) => endpoint?.["location"] === "box" }],
      objective: "balanced",
      cascade: { minMeanLogprob: -1 },
    },
  ],
};

function token(text: string, logprob: number): InferenceEvent {
  const logprobs = { content: [{ token: text, logprob, bytes: null, top_logprobs: [] }], refusal: null };
  const json = encoder.encode(JSON.stringify({ choices: [{ index: 0, delta: { content: text }, logprobs }] }));
  return { kind: "chunk", json, hasContent: true };
}

const END: InferenceEvent = {
  kind: "chunk",
  json: encoder.encode(JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })),
  hasContent: false,
  finishReason: "stop",
};

const saying = (text: string, ...logprobs: readonly number[]): readonly InferenceEvent[] => [
  ...logprobs.map((logprob, index) => token(index === 0 ? text : ".", logprob)),
  END,
];

const UNSURE = saying("local", -1.5, -1.5);

function local(events: readonly InferenceEvent[] = UNSURE, failure?: SignalboxError, changes = {}): ScriptedEndpoint {
  const facts = { id: "box/small", price: FREE, quality: 0.2, capabilities: ["logprobs"] as const, ...changes };
  return new ScriptedEndpoint(facts, () => streamOf(events, failure));
}

function cloud(failure?: SignalboxError, changes = {}): ScriptedEndpoint {
  const events = failure === undefined ? saying("cloud", -0.1) : [];
  return new ScriptedEndpoint({ id: "acme/large", price: CHEAP, quality: 0.9, ...changes }, () =>
    streamOf(events, failure),
  );
}

const ASKED: Partial<InferenceRequest> = {
  model: "auto",
  body: encoder.encode(JSON.stringify({ model: "auto", messages: [{ role: "user", content: "Hi" }], stream: true })),
};

async function answerOf(endpoints: readonly ScriptedEndpoint[], changes: Partial<InferenceRequest> = {}) {
  const verdicts: string[] = [];
  const box = dispatchBox(endpoints, { policy: POLICY, onCascade: (id, verdict) => verdicts.push(`${id} ${verdict}`) });
  const execution = await box.service.execute(box.job({ ...ASKED, ...changes }));
  let text = "";
  for await (const event of execution.events) text += new TextDecoder().decode(event.json);
  return { ...box, execution, text, verdicts };
}

describe("a cascade", () => {
  it("gives a sure answer of this box, whole and without the log-probabilities that nobody asked for", async () => {
    const here = local(saying("local", -0.5, -1.4));
    const there = cloud();
    const { text, execution, verdicts, journal } = await answerOf([here, there]);
    expect(text).toContain('"content":"local"');
    expect(text).not.toContain('"logprob"');
    expect(there.calls).toEqual([]);
    expect(JSON.parse(new TextDecoder().decode(here.calls[0]?.request.body))).toMatchObject({ logprobs: true });
    expect(execution.decision.cascade).toEqual({
      endpointId: "box/small",
      nextEndpointId: "acme/large",
      minMeanLogprob: -1,
    });
    expect(verdicts).toEqual(["box/small kept"]);
    expect(journal.outcomes).toMatchObject([
      { result: "answered", cascade: { minMeanLogprob: -1, meanLogprob: -0.95, goesOn: false } },
    ]);
  });

  it("goes on to the next endpoint with an unsure one, of which nothing is sent, and records both with the reason", async () => {
    const { text, execution, verdicts, journal } = await answerOf([local(), cloud()]);
    expect(text).toContain('"content":"cloud"');
    expect(text).not.toContain("local");
    expect(execution.endpoint.id).toBe("acme/large");
    expect(verdicts).toEqual(["box/small went-on"]);
    expect(journal.attempts).toMatchObject([
      { endpointId: "box/small", attemptNumber: 1 },
      { endpointId: "acme/large", attemptNumber: 2, fallbackOf: { endpointId: "box/small", errorCode: "cascade" } },
    ]);
    expect(journal.outcomes).toMatchObject([
      { endpointId: "box/small", result: "answered", cascade: { meanLogprob: -1.5, goesOn: true } },
      { endpointId: "acme/large", result: "answered" },
    ]);
  });

  it("bills both answers, and counts both in what the answer cost", async () => {
    const { execution, journal } = await answerOf([local(UNSURE, undefined, { price: CHEAP }), cloud()]);
    const costs = journal.outcomes.map(({ costMicroUsd }) => costMicroUsd ?? 0);
    expect(costs.every((cost) => cost > 0)).toBe(true);
    expect(execution.costMicroUsd()).toBe(costs.reduce((sum, cost) => sum + cost));
  });

  it("never sends text of both, and goes on exactly where the mean is below the limit", async () => {
    const logprobs = fc.array(
      fc.integer({ min: -40, max: 0 }).map((tenths) => tenths / 10),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(logprobs, fc.boolean(), async (given, stream) => {
        const { text } = await answerOf([local(saying("local", ...given)), cloud()], { stream });
        const mean = given.reduce((sum, logprob) => sum + logprob) / given.length;
        expect([text.includes('"local"'), text.includes('"cloud"')]).toEqual(mean < -1 ? [false, true] : [true, false]);
      }),
      { numRuns: 50 },
    );
  });

  it("comes back to the unsure answer where the next endpoint fails", async () => {
    const { text, verdicts, execution } = await answerOf([local(), cloud(new SignalboxError("upstream_failed", "no"))]);
    expect(text).toContain('"content":"local"');
    expect(verdicts).toEqual(["box/small went-on", "box/small given-back"]);
    expect(execution.attempts).toMatchObject([
      { endpointId: "acme/large", errorCode: "upstream_failed" },
      { endpointId: "box/small" },
    ]);
  });

  it("asks the next endpoint, too, where the answer breaks off: nothing of it was sent", async () => {
    const broken = local([token("local", -0.1)], new SignalboxError("worker_failed", "crashed"));
    const { text, journal } = await answerOf([broken, cloud()]);
    expect(text).toContain('"content":"cloud"');
    expect(text).not.toContain("local");
    expect(journal.attempts[1]).toMatchObject({ fallbackOf: { errorCode: "worker_failed" } });
  });

  it("leaves the log-probabilities to a caller who asked for them", async () => {
    const body = encoder.encode(JSON.stringify({ model: "auto", messages: [], logprobs: true }));
    const { text } = await answerOf([local(saying("local", -0.5)), cloud()], { body });
    expect(text).toContain('"logprob":-0.5');
  });

  it.each<[string, readonly ScriptedEndpoint[], Partial<InferenceRequest>]>([
    ["the request refuses it", [local(), cloud()], { provider: preferring({ cascade: false }) }],
    ["the request allows no fallback", [local(), cloud()], { provider: preferring({ allowFallbacks: false }) }],
    [
      "functions may be called",
      [local(UNSURE, undefined, { capabilities: ["tools", "logprobs"] }), cloud()],
      { toolCount: 1 },
    ],
    ["several answers are wanted", [local(), cloud()], { choiceCount: 2 }],
    ["the endpoint tells no log-probabilities", [local(UNSURE, undefined, { capabilities: ["tools"] }), cloud()], {}],
    ["the next endpoint is no better", [local(), cloud(undefined, { quality: 0.2 })], {}],
    ["there is no other endpoint", [local()], {}],
  ])("is not begun where %s", async (_, endpoints, changes) => {
    const { text, verdicts, execution } = await answerOf(endpoints, changes);
    expect(text).toContain('"content":"local"');
    expect(verdicts).toEqual([]);
    expect(execution.decision.cascade).toBeUndefined();
  });

  it("judges nothing where the answer has no log-probability after all", async () => {
    const chunk = { ...token("local", 0), json: encoder.encode('{"choices":[{"delta":{"content":"local"}}]}') };
    const { text, journal } = await answerOf([local([chunk, END]), cloud()]);
    expect(text).toContain("local");
    expect(journal.outcomes[0]?.cascade).toEqual({ minMeanLogprob: -1, goesOn: false });
  });
});

function preferring(changes: Partial<InferenceRequest["provider"]>): InferenceRequest["provider"] {
  return { allowFallbacks: true, requireParameters: false, sortPartition: "model", ...changes };
}
