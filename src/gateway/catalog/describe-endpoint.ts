import {
  priceOf,
  type ClassQueue,
  type EndpointSnapshot,
  type Percentiles,
  type ServerLoad,
} from "../../core/endpoint.ts";
import { supportedParameters } from "../../core/parameters.ts";
import { describePrice } from "./describe-price.ts";

/** Codes of an endpoint's state in OpenRouter's catalogue: serving, being tried again, not serving. */
const STATUS = { serving: 0, probing: -2, down: -10 } as const;

/** Why an endpoint could not serve a request that came now, or nothing when it could. */
export function whyUnable({ facts, state }: EndpointSnapshot): string | undefined {
  if (facts.excludedBecause !== undefined) return facts.excludedBecause;
  if (state.unavailableBecause !== undefined) return state.unavailableBecause;
  return state.breaker === "open" ? "it failed repeatedly and is left alone for a while" : undefined;
}

/**
 * One endpoint in OpenRouter's shape, and under `signalbox` what only a box that sees its own endpoints can say.
 * What was never measured is `null`.
 * @see https://openrouter.ai/docs/api-reference/list-endpoints-for-a-model
 */
export function describeEndpoint(snapshot: EndpointSnapshot): Readonly<Record<string, unknown>> {
  const { facts, state } = snapshot;
  return {
    name: `${facts.providerId} | ${facts.modelId}`,
    tag: facts.providerId,
    provider_name: facts.providerId,
    model_id: facts.modelId,
    model_name: facts.modelId,
    context_length: facts.contextTokens ?? null,
    max_prompt_tokens: facts.contextTokens ?? null,
    max_completion_tokens: facts.maxOutputTokens ?? null,
    quantization: facts.quantization ?? null,
    pricing: { ...describePrice(priceOf(facts)), discount: 0 },
    supported_parameters: supportedParameters(facts),
    supports_implicit_caching: facts.location === "box",
    supports_tool_choice: describeToolChoice(facts.capabilities.includes("tools")),
    status: statusOf(snapshot),
    latency_last_30m: describePercentiles(state.ttftMs),
    throughput_last_30m: describePercentiles(state.tokensPerSecond),
    uptime_last_5m: null,
    uptime_last_30m: null,
    uptime_last_1d: null,
    signalbox: describeLiveState(snapshot),
  };
}

function statusOf(snapshot: EndpointSnapshot): number {
  if (whyUnable(snapshot) !== undefined) return STATUS.down;
  return snapshot.state.breaker === "half-open" ? STATUS.probing : STATUS.serving;
}

function describeToolChoice(canCallTools: boolean): Readonly<Record<string, boolean>> {
  return { none: canCallTools, auto: canCallTools, required: canCallTools, function: canCallTools };
}

function describePercentiles(percentiles: Percentiles | undefined): Readonly<Record<string, number>> | null {
  if (percentiles === undefined) return null;
  const { p50, p75, p90, p99, count } = percentiles;
  return { p50, p75, p90, p99, count };
}

function describeServer(server: ServerLoad): Readonly<Record<string, unknown>> {
  return {
    engine: server.engine,
    running: server.running ?? null,
    queued: server.queued ?? null,
    slots: server.slots ?? null,
    kv_cache_usage: server.kvCacheUsage ?? null,
    age_ms: Math.round(server.ageMs),
  };
}

function describeQueue(queue: ClassQueue): Readonly<Record<string, number | null>> {
  return {
    queued: queue.queued,
    queued_tokens: queue.queuedTokens,
    max_queued_tokens: queue.maxQueuedTokens,
    predicted_wait_ms: queue.predictedWaitMs === undefined ? null : Math.round(queue.predictedWaitMs),
    max_wait_ms: queue.maxWaitMs,
  };
}

function describeLiveState({ facts, state }: EndpointSnapshot): Readonly<Record<string, unknown>> {
  return {
    id: facts.id,
    location: facts.location,
    device: facts.device ?? null,
    region: facts.region ?? null,
    jurisdiction: facts.jurisdiction ?? null,
    retention_days: facts.retentionDays ?? null,
    trains_on_data: facts.trainsOnData ?? null,
    capabilities: facts.capabilities,
    continuation: facts.continuation ?? null,
    slots: facts.slots,
    running: state.running,
    queued: state.queued,
    queue_limit: state.queueLimit,
    queued_prompt_tokens: state.queuedPromptTokens,
    server: state.server === undefined ? null : describeServer(state.server),
    queues: Object.fromEntries((state.classQueues ?? []).map((queue) => [queue.workloadClass, describeQueue(queue)])),
    loaded: state.loaded,
    load_ms: state.loadMs ?? null,
    held_up_because: state.heldUpBecause ?? null,
    breaker: state.breaker,
    breaker_retry_in_ms: state.breakerRetryInMs ?? null,
    error_rate: state.errorRate ?? null,
    prefill_tokens_per_second: state.prefillTokensPerSecond ?? null,
    decode_tokens_per_second: state.decodeTokensPerSecond ?? null,
    excluded_because: facts.excludedBecause ?? null,
    unavailable_because: state.unavailableBecause ?? null,
  };
}
