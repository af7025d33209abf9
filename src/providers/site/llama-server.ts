import type { EngineReader, EngineReading } from "./engine-state.ts";
import { parsePrometheus, sumOf } from "./parse-prometheus.ts";
import { believable, isOwnedBy, itemsOf, jsonOf, memberOf, textOf } from "./read-reply.ts";

/** @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md (GET /metrics; needs `--metrics`) */
const RUNNING = "llamacpp:requests_processing";
const QUEUED = "llamacpp:requests_deferred";
const PREFILL_RATE = "llamacpp:prompt_tokens_seconds";
const DECODE_RATE = "llamacpp:predicted_tokens_seconds";

/**
 * llama.cpp's own server. `/health` says whether its model is loaded (503 while it is not), `/metrics` the load where it
 * was started with `--metrics`, `/slots` (on unless `--no-slots`) the slots and, without metrics, how many are busy.
 */
export const llamaServer: EngineReader = {
  engine: "llama-server",

  async identify(ask) {
    if (isOwnedBy(jsonOf(await ask("/v1/models")), "llamacpp")) return true;
    return typeof memberOf(jsonOf(await ask("/props")), "total_slots") === "number";
  },

  async read(ask): Promise<EngineReading | undefined> {
    const health = await ask("/health");
    if (health.kind !== "answer") return undefined;
    if (health.status === 503) {
      const said = textOf(memberOf(memberOf(parsed(health.text), "error"), "message"));
      return { notReadyBecause: said ?? "it is not ready", others: { loaded: false } };
    }
    if (health.status !== 200) return undefined;
    const [metrics, slotList] = [await ask("/metrics"), jsonOf(await ask("/slots"))];
    const text = metrics.kind === "answer" && metrics.status === 200 ? metrics.text : "";
    const samples = parsePrometheus(text, new Set([RUNNING, QUEUED, PREFILL_RATE, DECODE_RATE]));
    const slots = itemsOf(slotList);
    const busy = slots.filter((slot) => memberOf(slot, "is_processing") === true).length;
    return {
      others: believable({
        loaded: true,
        running: sumOf(samples, RUNNING) ?? (slots.length === 0 ? undefined : busy),
        queued: sumOf(samples, QUEUED),
        slots: slots.length === 0 ? undefined : slots.length,
        kvCacheUsage: undefined, // Later releases do not say.
        prefillTokensPerSecond: sumOf(samples, PREFILL_RATE),
        decodeTokensPerSecond: sumOf(samples, DECODE_RATE),
      }),
    };
  },
};

function parsed(text: string): unknown {
  return jsonOf({ kind: "answer", status: 200, text });
}
