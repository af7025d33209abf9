import type { InferenceRequest } from "../core/inference-request.ts";
import type { Capability, EndpointFacts } from "../core/endpoint.ts";
import type { Rejection } from "./request-filters.ts";

/**
 * How much larger than the truth an estimate of a prompt's tokens may be. An endpoint is excluded only when the prompt
 * can't fit even so; what might not fit is tried last, and the endpoint's own tokenizer has the last word.
 */
const MAX_OVERESTIMATE = 2;

/** What is said of an endpoint whose context may not hold a request, as far as its tokens can be estimated. */
export const MAY_BE_TOO_SHORT = "the context may be too short";

/** Why an endpoint can't do what the request needs at all, or nothing. What it does not say is not held against it. */
export function lacksCapability(facts: EndpointFacts, request: InferenceRequest): Rejection | undefined {
  if (!request.hasImages || facts.capabilities.includes("images")) return undefined;
  const saysNothing = facts.capabilities.length === 0 && facts.location !== "box";
  if (saysNothing) return undefined;
  return {
    kind: "capability",
    by: "images",
    detail: "the request has images and it does not declare that it reads them",
  };
}

/** Why prompt and answer can't fit into an endpoint's context, or nothing. An unknown context excludes nothing. */
export function exceedsContext(facts: EndpointFacts, request: InferenceRequest): Rejection | undefined {
  if (facts.contextTokens === undefined) return undefined;
  const leastTokens = request.longestInputTokens / MAX_OVERESTIMATE + (request.maxTokens ?? 1);
  if (leastTokens <= facts.contextTokens) return undefined;
  const answer = (request.maxTokens ?? 0) === 0 ? "" : ` and max_tokens of ${request.maxTokens}`;
  return {
    kind: "context",
    by: "context_tokens",
    detail: `${request.longestInput ?? "a prompt"} of about ${request.longestInputTokens} tokens${answer} is more than its context of ${facts.contextTokens}`,
  };
}

/** What the request would like and the endpoint does not promise. Endpoints with fewer of these come first. */
export function unmetWishes(facts: EndpointFacts, request: InferenceRequest): readonly string[] {
  const lacks = (needed: boolean, capability: Capability): boolean =>
    needed && !facts.capabilities.includes(capability);
  const lacksTools = lacks(request.toolCount > 0, "tools");
  const lacksSchema = lacks(request.responseFormat.kind === "json-schema", "json-schema");
  const lacksImages = lacks(request.hasImages, "images");
  const tokens = request.longestInputTokens + (request.maxTokens ?? 1);
  const mayBeTooLong = facts.contextTokens !== undefined && tokens > facts.contextTokens;
  const writesLess = (request.maxTokens ?? 0) > (facts.maxOutputTokens ?? Infinity);
  const set =
    Number(lacksTools) +
    2 * Number(lacksSchema) +
    4 * Number(lacksImages) +
    8 * Number(mayBeTooLong) +
    16 * Number(writesLess);
  return UNMET_WISHES[set] ?? [];
}

/** What a reader is told about each set of wishes that are not met; made once, because every endpoint of a decision has one. */
const UNMET_WISHES: readonly (readonly string[])[] = Array.from({ length: 32 }, (_, set) =>
  [
    "does not declare tools",
    "does not declare json-schema",
    "does not declare images",
    MAY_BE_TOO_SHORT,
    "does not write answers of max_tokens",
  ].filter((_text, index) => (set & (1 << index)) !== 0),
);
