import type { EngineReader } from "./engine-state.ts";
import { readBatchingEngine, type MetricNames } from "./read-batching-engine.ts";
import { isOwnedBy, jsonOf } from "./read-reply.ts";

/** @see https://docs.vllm.ai/en/stable/usage/metrics/ ; `gpu_cache_usage_perc` and `time_per_output_token_seconds` are older names. */
export const VLLM_METRICS: MetricNames = {
  running: "vllm:num_requests_running",
  queued: "vllm:num_requests_waiting",
  kvCacheUsage: ["vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"],
  interTokenSeconds: ["vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds"],
};

/** vLLM's OpenAI server: `/health` answers 200 while the engine runs, `/metrics` says what it does. */
export const vllm: EngineReader = {
  engine: "vllm",

  async identify(ask) {
    return isOwnedBy(jsonOf(await ask("/v1/models")), "vllm");
  },

  async read(ask, memory) {
    const health = await ask("/health");
    if (health.kind === "answer" && health.status >= 500) return { notReadyBecause: "its engine is not healthy" };
    return readBatchingEngine(await ask("/metrics"), VLLM_METRICS, memory);
  },
};
