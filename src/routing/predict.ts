import type { InferenceRequest } from "../core/inference-request.ts";
import type { Prediction } from "../core/decision.ts";
import { priceOf, type EndpointFacts, type EndpointSnapshot, type EndpointState } from "../core/endpoint.ts";
import { costMicroUsd, type Price } from "../core/usage.ts";
import type { Workload } from "../core/workload.ts";
import type { StickyEndpoint } from "./routing-input.ts";

/** Measurements of fewer answers than this say too little. */
const MIN_SAMPLES = 3;

/** Length of the answers that are ahead of a request, in tokens: nothing is known about each of them. */
const TYPICAL_OUTPUT_TOKENS = 250;

/** Time that a failed attempt costs before the next endpoint is asked. */
const FAILED_ATTEMPT_MS = 2_000;

/*
 * Priors. They stand in for what is unknown so that endpoints can be put in an order, and are never reported as facts:
 * a prediction leaves out what it would have to guess. An unknown price counts as dear.
 */
const PRIOR_TOKENS_PER_SECOND = { cpu: 12, gpu: 60, unknown: 50 } as const;
const PRIOR_PREFILL_TOKENS_PER_SECOND = { cpu: 150, gpu: 4_000, unknown: 4_000 } as const;
const PRIOR_NETWORK_MS = { box: 0, site: 100, cloud: 700 } as const;
const PRIOR_LOAD_MS = 15_000;
const PRIOR_PRICE: Price = { inputMicroUsdPerMillion: 3_000_000, outputMicroUsdPerMillion: 15_000_000 };

/** What is expected of one endpoint: the facts to report, and for the order of endpoints every number, priors included. */
export interface Expectation {
  readonly prediction: Prediction;
  readonly ttftMs: number;
  readonly totalMs: number;
  readonly tokensPerSecond: number;
  readonly costMicroUsd: number;
  /** Which of the numbers above rest on a prior. */
  readonly guessed: readonly string[];
}

/**
 * What to expect of `endpoint` for this request. Time to first content is loading, then waiting, then reading the
 * prompt; the wait is the work ahead shared by the slots. Retries are counted in at the endpoint's own error rate.
 */
export function predict(
  endpoint: EndpointSnapshot,
  request: InferenceRequest,
  workload: Workload,
  sticky: StickyEndpoint | undefined,
): Expectation {
  const { facts, state } = endpoint;
  const guessed: string[] = [];
  const prior = (name: string, value: number): number => {
    guessed.push(name);
    return value;
  };
  const device = facts.device ?? "unknown";
  const knownRate = measured(state.tokensPerSecond) ?? state.decodeTokensPerSecond;
  const tokensPerSecond = knownRate ?? prior("tokens per second", PRIOR_TOKENS_PER_SECOND[device]);

  const queueMs = waitMs(state, facts.slots, knownRate ?? PRIOR_TOKENS_PER_SECOND[device]);
  const knownLoadMs = state.loaded ? 0 : state.loadMs;
  const loadMs = knownLoadMs ?? prior("load time", PRIOR_LOAD_MS);
  const cachedTokens = sticky?.endpointId === facts.id ? (sticky.cachedPromptTokens ?? 0) : 0;
  const promptTokens = Math.max(0, request.estimatedPromptTokens - cachedTokens);
  const knownReadMs = readMs(state, promptTokens);
  const promptMs =
    knownReadMs ??
    prior(
      "time to read the prompt",
      PRIOR_NETWORK_MS[facts.location] + (promptTokens / PRIOR_PREFILL_TOKENS_PER_SECOND[device]) * 1000,
    );

  const ttftMs = loadMs + queueMs + promptMs;
  const answerMs = (workload.expectedOutputTokens / tokensPerSecond) * 1000;
  const knowsTtft = knownLoadMs !== undefined && knownReadMs !== undefined;
  const costs = costsOf(facts, request, workload);
  const retryMs = (state.errorRate ?? 0) * FAILED_ATTEMPT_MS;
  return {
    prediction: {
      queueMs: Math.round(queueMs),
      ...(knowsTtft ? { ttftMs: Math.round(ttftMs) } : {}),
      ...(knowsTtft && knownRate !== undefined ? { totalMs: Math.round(ttftMs + answerMs) } : {}),
      ...(knownRate === undefined ? {} : { tokensPerSecond: knownRate }),
      ...(costs.expected === undefined ? {} : { costMicroUsd: costs.expected }),
      ...(costs.worst === undefined ? {} : { worstCostMicroUsd: costs.worst }),
    },
    ttftMs: ttftMs + retryMs,
    totalMs: ttftMs + answerMs + retryMs,
    tokensPerSecond,
    costMicroUsd: costs.expected ?? prior("price", expectedCost(PRIOR_PRICE, request, workload)),
    guessed,
  };
}

/** The median of what was measured, once there is enough of it. */
function measured(percentiles: EndpointState["tokensPerSecond"]): number | undefined {
  return percentiles !== undefined && percentiles.count >= MIN_SAMPLES ? percentiles.p50 : undefined;
}

/**
 * How long a request waits for a slot: not at all while one is free and nobody waits; otherwise the work ahead, each
 * piece a typical answer, done by all slots together, and the prompts that wait to be read.
 */
function waitMs(state: EndpointState, slots: number, tokensPerSecond: number): number {
  const ahead = state.running + state.queued - slots + 1;
  if (state.queued === 0 && ahead <= 0) return 0;
  const answerMs = (TYPICAL_OUTPUT_TOKENS / tokensPerSecond) * 1000;
  const promptsMs =
    state.prefillTokensPerSecond === undefined ? 0 : (state.queuedPromptTokens / state.prefillTokensPerSecond) * 1000;
  return (Math.max(1, ahead) * answerMs) / slots + promptsMs;
}

/** Time to read the prompt: at the known rate, else as it was observed. The observed time includes the network. */
function readMs(state: EndpointState, promptTokens: number): number | undefined {
  if (state.prefillTokensPerSecond !== undefined) return (promptTokens / state.prefillTokensPerSecond) * 1000;
  return measured(state.ttftMs);
}

function expectedCost(price: Price, request: InferenceRequest, workload: Workload): number {
  const completionTokens = workload.expectedOutputTokens * request.choiceCount;
  return costMicroUsd(price, tokensOf(request, completionTokens));
}

function costsOf(
  facts: EndpointFacts,
  request: InferenceRequest,
  workload: Workload,
): { readonly expected?: number; readonly worst?: number } {
  const price = priceOf(facts);
  if (price === undefined) return {};
  const expected = expectedCost(price, request, workload);
  const longest = request.maxTokens ?? facts.maxOutputTokens ?? facts.contextTokens;
  if (longest === undefined) return price.outputMicroUsdPerMillion === 0 ? { expected, worst: expected } : { expected };
  const completionTokens = longest * request.choiceCount;
  return {
    expected,
    worst: costMicroUsd(price, tokensOf(request, completionTokens)),
  };
}

/** What a request's price is made of, for an answer of so many tokens. */
function tokensOf(request: InferenceRequest, completionTokens: number): Parameters<typeof costMicroUsd>[1] {
  return { promptTokens: request.estimatedPromptTokens, completionTokens, imageCount: request.imageCount ?? 0 };
}
