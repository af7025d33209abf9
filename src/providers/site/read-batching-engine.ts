import type { CounterMemory, EngineReading, ModelState, ServerReply } from "./engine-state.ts";
import { largestOf, parsePrometheus, sumOf, type Sample } from "./parse-prometheus.ts";
import { believable } from "./read-reply.ts";

/** Under which names an engine with continuous batching exposes its load. */
export interface MetricNames {
  readonly running: string;
  readonly queued: string;
  /** Share of the cache in use, 0 to 1; newer names first. */
  readonly kvCacheUsage: readonly string[];
  /** Histogram of the time between two tokens of one answer, in seconds, without its suffix; newer names first. */
  readonly interTokenSeconds: readonly string[];
}

/** What `/metrics` says of each model, by its label `model_name`; nothing where the answer has none of the names. */
export function readBatchingEngine(
  reply: ServerReply,
  names: MetricNames,
  memory: CounterMemory,
): EngineReading | undefined {
  if (reply.kind !== "answer" || reply.status !== 200) return undefined;
  const histograms = names.interTokenSeconds.flatMap((name) => [`${name}_sum`, `${name}_count`]);
  const wanted = new Set([names.running, names.queued, ...names.kvCacheUsage, ...histograms]);
  const samples = parsePrometheus(reply.text, wanted).filter(isOfFirstRank);
  if (samples.length === 0) return undefined;
  const modelNames = new Set(samples.flatMap(({ labels }) => labels["model_name"] ?? []));
  return {
    models: new Map([...modelNames].map((modelName) => [modelName, stateOf(samples, names, memory, modelName)])),
    others: stateOf(samples, names, memory, undefined),
  };
}

/** Ranks that share the work of one request all count it; those that share out the requests do not. */
function isOfFirstRank({ labels }: Sample): boolean {
  return (labels["tp_rank"] ?? "0") === "0" && (labels["pp_rank"] ?? "0") === "0";
}

/** Requests are summed over the engine's ranks; the fullest cache is the one that holds requests up. */
function stateOf(
  samples: readonly Sample[],
  names: MetricNames,
  memory: CounterMemory,
  modelName: string | undefined,
): ModelState {
  return believable({
    loaded: undefined,
    running: sumOf(samples, names.running, modelName),
    queued: sumOf(samples, names.queued, modelName),
    slots: undefined,
    kvCacheUsage: largestOf(samples, names.kvCacheUsage, modelName),
    prefillTokensPerSecond: undefined,
    decodeTokensPerSecond: decodeRate(samples, names, memory, modelName),
  });
}

/** Tokens a second of one answer since the reading before; nothing before the second one, or when nothing was written. */
function decodeRate(
  samples: readonly Sample[],
  names: MetricNames,
  memory: CounterMemory,
  modelName: string | undefined,
): number | undefined {
  for (const name of names.interTokenSeconds) {
    const [seconds, tokens] = ["sum", "count"].map((suffix) => sumOf(samples, `${name}_${suffix}`, modelName));
    if (seconds === undefined || tokens === undefined) continue;
    const key = `${name} ${modelName ?? ""}`;
    const [secondsBefore, tokensBefore] = [memory.get(`${key} seconds`), memory.get(`${key} tokens`)];
    memory.set(`${key} seconds`, seconds).set(`${key} tokens`, tokens);
    if (secondsBefore === undefined || tokensBefore === undefined) return undefined;
    return tokens > tokensBefore && seconds > secondsBefore
      ? (tokens - tokensBefore) / (seconds - secondsBefore)
      : undefined;
  }
  return undefined;
}
