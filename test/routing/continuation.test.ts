import { describe, expect, it } from "vitest";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import { nextAttempt, spentEndpoints, type FailedAttempt } from "../../src/routing/failover.ts";
import { route } from "../../src/routing/route.ts";
import { chatRequest, endpoint, policyOf, routeOf, routingInput } from "./builders.ts";

const able = { continuation: "last-message" } as const;
const asking = (changes: Parameters<typeof chatRequest>[0] = {}): InferenceRequest =>
  chatRequest({ stream: true, ...changes, provider: { continuation: true, ...changes.provider } });

describe("whether an answer that breaks off may be gone on with", () => {
  it.each<[boolean | undefined, boolean | undefined, boolean]>([
    [undefined, undefined, false],
    [undefined, true, true],
    [true, undefined, true],
    [true, false, false],
    [false, undefined, false],
    [false, true, false],
  ])("is what the route says (%s), which a request (%s) may turn off, or on where it is silent: %s", (...row) => {
    const [ofRoute, ofRequest, isPlanned] = row;
    const policy = policyOf([], [routeOf(ofRoute === undefined ? {} : { continuation: ofRoute })]);
    const provider = ofRequest === undefined ? {} : { continuation: ofRequest };
    const request = chatRequest({ stream: true, provider });
    const { continuation } = route(routingInput({ policy, request, endpoints: [endpoint("p0", able)] }));
    expect(continuation).toEqual(isPlanned ? { endpointIds: ["p0/maker/model"] } : undefined);
  });

  it("names the candidates that can, whatever else there is", () => {
    const endpoints = [
      endpoint("p0", able),
      endpoint("p1"),
      endpoint("p2", able, { unavailableBecause: "it is down" }),
    ];
    const { continuation, notes } = route(routingInput({ request: asking(), endpoints }));
    expect([continuation, notes]).toEqual([{ endpointIds: ["p0/maker/model"] }, undefined]);
  });

  it.each<[string, Parameters<typeof chatRequest>[0]]>([
    ["there is more than one answer", { choiceCount: 2 }],
    ["its form would begin anew (response_format)", { responseFormat: { kind: "json-object" } }],
    ["half a tool call can't be gone on with", { toolChoice: "required", toolCount: 1 }],
    ["the conversation ends with an assistant message of its own", { roles: ["user", "assistant"] }],
    ["it has logprobs", { parameters: ["seed", "logprobs"] }],
    ["it has grammar", { parameters: ["grammar"] }],
    ["servers differ in how long a text may be without max_tokens", { kind: "completion" }],
    ["it has suffix", { kind: "completion", maxTokens: 5, parameters: ["suffix"] }],
    ["no candidate is known to go on with one", { model: "maker/other" }],
  ])("is noted where it is asked for in vain: %s", (because, changes) => {
    const endpoints = [endpoint("p0", able), endpoint("p1", { modelId: "maker/other" })];
    const { continuation, notes } = route(routingInput({ request: asking(changes), endpoints }));
    expect([continuation, notes]).toEqual([undefined, [`an answer that breaks off is an error: ${because}`]]);
  });

  it("is no matter for an answer in one piece, of which nobody has anything when it fails", () => {
    const { continuation, notes } = route(routingInput({ request: asking({ stream: false }) }));
    expect([continuation, notes]).toEqual([undefined, undefined]);
  });
});

describe("who may go on with an answer", () => {
  const continues = { text: "Once ", completionTokens: 1, modelId: "maker/model", endpointId: "p0/maker/model" };

  it("is an endpoint of its model that can, and no other, with the reason", () => {
    const endpoints = [
      endpoint("p0", able),
      endpoint("p1", able),
      endpoint("p2"),
      endpoint("p3", { ...able, modelId: "maker/other" }),
    ];
    const request = asking({ fallbackModels: ["maker/other"], continues });
    const decision = route(routingInput({ request, endpoints }));
    expect(decision.candidates.map(({ endpointId }) => endpointId)).toEqual(["p0/maker/model", "p1/maker/model"]);
    expect(decision.rejected).toMatchObject([
      { endpointId: "p2/maker/model", kind: "capability", by: "continuation" },
      { endpointId: "p3/maker/other", kind: "model", by: "continuation" },
    ]);
  });

  it("is the endpoint itself alone where the request allows no fallback", () => {
    const endpoints = [endpoint("p1", able), endpoint("p0", able)];
    const request = asking({ continues, provider: { allowFallbacks: false } });
    const { candidates } = route(routingInput({ request, endpoints }));
    expect(candidates.map(({ endpointId }) => endpointId)).toEqual(["p0/maker/model"]);
  });

  const decision = route(routingInput({ endpoints: ["p0", "p1", "p2"].map((id) => endpoint(id, able)) }));
  const broken: FailedAttempt = { endpointId: "p0/maker/model", errorCode: "upstream_failed", brokeOff: true };
  const next = (...attempts: readonly FailedAttempt[]) =>
    nextAttempt({ decision, attempts, elapsedMs: 0, streaming: true });

  it("is asked in order, the endpoint that broke off last and once", () => {
    const failed = (id: string): FailedAttempt => ({ endpointId: `${id}/maker/model`, errorCode: "upstream_failed" });
    expect(next(broken)).toMatchObject({ endpointId: "p1/maker/model" });
    expect(next(broken, failed("p1"), failed("p2"))).toMatchObject({ endpointId: "p0/maker/model" });
    expect(next(broken, failed("p1"), failed("p2"), failed("p0"))).toMatchObject({ kind: "give-up" });
    expect(spentEndpoints([broken])).toEqual([]);
    expect(spentEndpoints([broken, broken])).toHaveLength(2);
  });

  it("may refuse to, which says nothing of the others", () => {
    const refused: FailedAttempt = { endpointId: "p1/maker/model", errorCode: "upstream_rejected" };
    expect(next(broken, refused)).toMatchObject({ endpointId: "p2/maker/model" });
    expect(next(refused, broken)).toMatchObject({ kind: "give-up" });
  });
});
