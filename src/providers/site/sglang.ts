import type { EngineReader } from "./engine-state.ts";
import { readBatchingEngine, type MetricNames } from "./read-batching-engine.ts";
import { believable, isOwnedBy, jsonOf, memberOf } from "./read-reply.ts";

/** @see https://docs.sglang.io/references/production_metrics.html (needs `--enable-metrics`) */
const METRICS: MetricNames = {
  running: "sglang:num_running_reqs",
  queued: "sglang:num_queue_reqs",
  kvCacheUsage: ["sglang:token_usage"],
  interTokenSeconds: ["sglang:inter_token_latency_seconds", "sglang:time_per_output_token_seconds"],
};

/**
 * SGLang's server: `/metrics` where enabled, and its limit on running requests in `/get_server_info`. Never `/health`: an
 * idle server writes a token for it.
 */
export const sglang: EngineReader = {
  engine: "sglang",

  async identify(ask) {
    return isOwnedBy(jsonOf(await ask("/v1/models")), "sglang");
  },

  async read(ask, memory) {
    const reading = readBatchingEngine(await ask("/metrics"), METRICS, memory);
    if (reading === undefined) return memberOf(jsonOf(await ask("/get_model_info")), "model_path") ? {} : undefined;
    const limit = memberOf(jsonOf(await ask("/get_server_info")), "max_running_requests");
    const { slots } = believable({ ...NOTHING, slots: typeof limit === "number" ? limit : undefined });
    if (slots === undefined) return reading;
    return {
      ...reading,
      models: new Map([...(reading.models ?? [])].map(([name, state]) => [name, { ...state, slots }])),
      others: { ...reading.others, slots },
    };
  },
};

const NOTHING = {
  loaded: undefined,
  running: undefined,
  queued: undefined,
  kvCacheUsage: undefined,
  prefillTokensPerSecond: undefined,
  decodeTokensPerSecond: undefined,
} as const;
