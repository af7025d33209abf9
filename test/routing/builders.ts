import type { InferenceRequest, ProviderPreferences } from "../../src/core/inference-request.ts";
import type { EndpointFacts, EndpointSnapshot, EndpointState } from "../../src/core/endpoint.ts";
import type { CompiledConstraint, CompiledPolicy, CompiledRoute, PolicyFacts } from "../../src/core/policy-port.ts";
import type { Principal } from "../../src/core/principal.ts";
import { nowFactsOf } from "../../src/routing/now-facts.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";

type RequestParts = Partial<Omit<InferenceRequest, "provider" | "hints">> & {
  readonly provider?: Partial<ProviderPreferences>;
  readonly hints?: Partial<InferenceRequest["hints"]>;
};

export function chatRequest({ provider, hints, ...parts }: RequestParts = {}): InferenceRequest {
  return {
    kind: "chat",
    body: new Uint8Array(),
    model: "maker/model",
    fallbackModels: [],
    suffixes: [],
    stream: false,
    includeUsage: false,
    choiceCount: 1,
    messageCount: 1,
    roles: ["user"],
    toolCount: 0,
    toolChoice: "auto",
    hasToolResults: false,
    hasImages: false,
    responseFormat: { kind: "text" },
    parameters: [],
    promptCharacters: 400,
    inputCount: 1,
    estimatedPromptTokens: 100,
    longestInputTokens: parts.estimatedPromptTokens ?? 100,
    lastUserText: "Hello, how are you?",
    metadata: {},
    ...parts,
    provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model", ...provider },
    hints: { wantsMetadata: false, ...hints },
  };
}

/** An endpoint with the id `provider/maker/model`, ready and idle, of which nothing was measured. */
export function endpoint(
  providerId: string,
  facts: Partial<EndpointFacts> = {},
  state: Partial<EndpointState> = {},
): EndpointSnapshot {
  const modelId = facts.modelId ?? "maker/model";
  return {
    facts: {
      id: `${providerId}/${modelId}`,
      providerId,
      modelId,
      upstreamId: modelId,
      location: providerId === "box" ? "box" : "cloud",
      capabilities: [],
      slots: 4,
      ...facts,
    },
    state: { breaker: "closed", loaded: true, running: 0, queued: 0, queuedPromptTokens: 0, queueLimit: 64, ...state },
  };
}

export function policyOf(
  constraints: readonly CompiledConstraint[] = [],
  routes: readonly CompiledRoute[] = [],
): CompiledPolicy {
  return { sha256: "5e".repeat(32), constraints, routes };
}

/** A constraint from a plain function over the endpoint's variables. */
export function require(
  id: string,
  holds: (endpoint: Readonly<Record<string, unknown>>, facts: PolicyFacts) => boolean,
): CompiledConstraint {
  return { id, when: () => true, require: (facts) => holds(facts.endpoint ?? {}, facts), requireText: id };
}

export function routeOf(parts: Partial<CompiledRoute> = {}): CompiledRoute {
  return { id: "main", when: () => true, prefer: [], objective: "cost", ...parts };
}

export const PRINCIPAL: Principal = { keyId: "key_1", keyName: "test", role: "inference", tags: [] };

export function routingInput(parts: Partial<RoutingInput> = {}): RoutingInput {
  return {
    requestId: "req_1",
    request: chatRequest(),
    principal: PRINCIPAL,
    endpoints: [endpoint("box")],
    policy: policyOf(),
    dataClasses: ["public", "internal", "confidential", "restricted"],
    now: nowFactsOf(1_767_787_200_000),
    ...parts,
  };
}
