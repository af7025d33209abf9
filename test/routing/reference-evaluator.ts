import type { EndpointFacts, EndpointSnapshot } from "../../src/core/endpoint.ts";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";

/** A constraint as data, so that it can be evaluated twice in different ways. */
export interface Rule {
  readonly id: string;
  readonly whenClass?: string;
  readonly whenTag?: string;
  readonly requires: { readonly location: string } | { readonly region: string } | { readonly retentionAtMost: number };
}

/**
 * Which endpoints may serve a request, written a second time from the specification alone and as plainly as possible.
 * It shares no code with routing. Only hard rules: availability and order are none of its business.
 */
export function permittedByReference(input: RoutingInput, rules: readonly Rule[]): ReadonlySet<string> {
  const { request, principal, dataClasses } = input;
  const rank = (name: string | undefined): number => (name === undefined ? -1 : dataClasses.indexOf(name));
  const ownRank = principal.dataClass === undefined ? rank("internal") : rank(principal.dataClass);
  const dataClass = dataClasses[Math.max(ownRank, rank(request.hints.dataClass))];
  const wanted = [request.model, ...request.fallbackModels];

  const mayServe = ({ facts }: EndpointSnapshot): boolean => {
    if (!wanted.includes(facts.modelId)) {
      if (!wanted.includes("auto")) return false;
      const { allowed, excluded } = request.autoModels ?? {};
      if (allowed?.some((pattern) => asRegExp(pattern).test(facts.modelId)) === false) return false;
      if (excluded?.some((pattern) => asRegExp(pattern).test(facts.modelId)) === true) return false;
    }
    if (!isMadeFor(facts, request)) return false;
    if (facts.excludedBecause !== undefined) return false;
    const onBox = facts.location === "box";
    if (request.hasImages && !facts.capabilities.includes("images") && (onBox || facts.capabilities.length > 0))
      return false;
    if (!servesTier(facts, request)) return false;
    const needs: Record<string, string> = { tools: "tools", logprobs: "logprobs" };
    const missing = request.parameters.some((name) => needs[name] && !has(facts, needs[name]));
    if (request.provider.requireParameters && missing) return false;
    if (facts.contextTokens !== undefined && (request.maxTokens ?? 1) > facts.contextTokens) return false;
    if (request.suffixes.includes("local") && !onBox) return false;
    const { input: inputPrice, output: outputPrice, fee, imageFee } = priceOf(facts);
    const isFree = [inputPrice, outputPrice, fee, imageFee].every((each) => each === 0);
    if (request.suffixes.includes("free") && !isFree) return false;
    const { only, ignore, quantizations, zeroDataRetention, dataCollection, maxPrice } = request.provider;
    if (only && !only.some((slug) => names(slug, facts))) return false;
    if (ignore?.some((slug) => names(slug, facts))) return false;
    const family = { q4_k_m: "int4", fp8: "fp8", bf16: "bf16" }[facts.quantization ?? ""] ?? "unknown";
    if (quantizations && !quantizations.includes(family)) return false;
    if (zeroDataRetention && !onBox && facts.retentionDays !== 0) return false;
    if (dataCollection === "deny" && !onBox && (facts.trainsOnData !== false || facts.retentionDays !== 0))
      return false;
    if (maxPrice) {
      if (inputPrice === undefined || outputPrice === undefined) return false;
      if (inputPrice > (maxPrice.promptMicroUsdPerMillion ?? Infinity)) return false;
      if (outputPrice > (maxPrice.completionMicroUsdPerMillion ?? Infinity)) return false;
      if (fee > (maxPrice.requestMicroUsd ?? Infinity) || imageFee > (maxPrice.imageMicroUsd ?? Infinity)) return false;
    }
    if (input.spend?.limitMicroUsd !== undefined) {
      const left = input.spend.limitMicroUsd - input.spend.settledMicroUsd - input.spend.reservedMicroUsd;
      const longest = request.maxTokens ?? facts.contextTokens;
      if (inputPrice === undefined || outputPrice === undefined) return false;
      if (longest === undefined && outputPrice > 0) return false;
      const tokens = request.estimatedPromptTokens * inputPrice + (longest ?? 0) * request.choiceCount * outputPrice;
      if (Math.ceil(tokens / 1e6) + fee + (request.imageCount ?? 0) * imageFee > left) return false;
    }
    return rules.every((rule) => {
      if (rule.whenClass !== undefined && rule.whenClass !== dataClass) return true;
      if (rule.whenTag !== undefined && !principal.tags.includes(rule.whenTag)) return true;
      if ("location" in rule.requires) return facts.location === rule.requires.location;
      if ("region" in rule.requires) return facts.region === rule.requires.region;
      return facts.retentionDays !== undefined && facts.retentionDays <= rule.requires.retentionAtMost;
    });
  };
  return new Set(input.endpoints.filter(mayServe).map(({ facts }) => facts.id));
}

function has(facts: EndpointFacts, capability: string): boolean {
  return facts.capabilities.some((one) => one === capability);
}

/** A model that says nothing of itself writes text, and does other work where it is asked for by name and is not here. */
function isMadeFor(facts: EndpointFacts, { kind, model }: InferenceRequest): boolean {
  const saysNothing = facts.capabilities.length === 0;
  const writes = saysNothing || facts.capabilities.some((one) => !["embeddings", "rerank"].includes(one));
  if (kind === "chat" || kind === "completion") return writes;
  if (kind === "classify") return writes && facts.location === "box";
  const ability = kind === "embedding" ? "embeddings" : "rerank";
  return has(facts, ability) || (saysNothing && facts.location !== "box" && model !== "auto");
}

/** A tier beside the default one serves who asks for it, and the default one everybody but those who ask for flex. */
function servesTier({ serviceTier: tier, providerId }: EndpointFacts, request: InferenceRequest): boolean {
  if (tier === undefined) return true;
  if (tier === "default") return request.serviceTier !== "flex";
  const { only = [], order = [] } = request.provider;
  const suffix = tier === "flex" ? "floor" : "nitro";
  const slug = `${providerId}/${tier}`;
  return request.serviceTier === tier || request.suffixes.includes(suffix) || [...only, ...order].includes(slug);
}

function names(slug: string, { providerId, region, serviceTier, quantization, modelId }: EndpointFacts): boolean {
  const variants = [region, serviceTier, quantization, modelId].map((part) => `${providerId}/${part ?? ""}`);
  return slug === providerId || variants.includes(slug);
}

/** Unknown is absent; a fee that nobody stated is none, and this box sends no bill. */
function priceOf({ price, location }: EndpointFacts) {
  return {
    input: price?.inputMicroUsdPerMillion ?? (location === "box" ? 0 : undefined),
    output: price?.outputMicroUsdPerMillion ?? (location === "box" ? 0 : undefined),
    fee: price?.requestMicroUsd ?? 0,
    imageFee: price?.imageMicroUsd ?? 0,
  };
}

function asRegExp(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
}
