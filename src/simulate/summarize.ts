import { WORKLOAD_CLASSES } from "../core/workload.ts";
import type { Outcomes } from "./outcomes.ts";
import { percentile } from "./percentile.ts";
import type { CascadeCounts, SimulationRun } from "./simulation-input.ts";
import type { TracedRequest } from "./traced-request.ts";

/** Percentiles of a time, in milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

/** What became of some of the requests. Times are absent where none had a first token. */
export interface GroupSummary {
  readonly arrived: number;
  readonly finished: number;
  readonly refused: number;
  readonly cancelled: number;
  /** Given up after endpoints that took them had failed. */
  readonly failed: number;
  /** Of those that finished, how many a cloud served. */
  readonly burst: number;
  /** Of those whose endpoint's price is known. */
  readonly costMicroUsd: number;
  /** Of those that finished, how many have an unknown price; absent for none. */
  readonly unpriced?: number;
  readonly ttftMs?: Latency;
  readonly totalMs?: Latency;
}

/** What one endpoint did. */
export interface EndpointSummary {
  readonly endpointId: string;
  readonly served: number;
  /** Of those that it served: only the first token's time. */
  readonly ttftMs?: Latency;
  readonly costMicroUsd: number;
  /** Share of the time of its slots that was used, and share of the time in which it did anything, 0 to 1. */
  readonly slotUtilisation: number;
  readonly busyShare: number;
  /** What its hardware costs its owner over the whole run, in micro-USD; absent where nobody said. */
  readonly hardwareMicroUsd?: number;
  /** Attempts that failed there, and how often its breaker opened; absent where it never fails. */
  readonly failures?: number;
  readonly breakerOpenings?: number;
}

/** A simulation in figures. */
export interface SimulationSummary {
  readonly durationMs: number;
  readonly all: GroupSummary;
  /** By workload class, and by stream of the trace; only those that occur. */
  readonly classes: Readonly<Record<string, GroupSummary>>;
  readonly streams: Readonly<Record<string, GroupSummary>>;
  readonly endpoints: readonly EndpointSummary[];
  /** Decisions beyond the first of a request: where it was refused a place. */
  readonly furtherAttempts: number;
  readonly cascades: CascadeCounts;
}

const MS_PER_HOUR = 3_600_000;

/** Counts and sorts what happened. */
export function summarize(
  { outcomes, endpoints, endedMs, cascades }: SimulationRun,
  requests: readonly TracedRequest[],
): SimulationSummary {
  const group = (indexes: readonly number[]): GroupSummary => summarizeGroup(outcomes, indexes);
  const everything = Array.from({ length: outcomes.count }, (_, index) => index);
  const all = everything.filter((index) => outcomes.isPart[index] === 0);
  const byClass = Map.groupBy(all, (index) => outcomes.classOf(index));
  const byStream = Map.groupBy(all, (index) => requests[index]?.stream ?? "");
  const byEndpoint = Map.groupBy(everything, (index) => outcomes.endpoint[index] ?? -1);
  return {
    durationMs: endedMs,
    all: group(all),
    classes: Object.fromEntries(
      WORKLOAD_CLASSES.flatMap((name) => (byClass.has(name) ? [[name, group(byClass.get(name) ?? [])]] : [])),
    ),
    streams: Object.fromEntries([...byStream].map(([name, indexes]) => [name, group(indexes)])),
    endpoints: endpoints.map(({ spec, engine, failing }, position): EndpointSummary => {
      const { id: endpointId, slots, costPerHourMicroUsd } = spec.facts;
      const served = group(byEndpoint.get(position) ?? []);
      return {
        endpointId,
        served: served.finished,
        costMicroUsd: served.costMicroUsd,
        slotUtilisation: endedMs === 0 ? 0 : engine.slotMs / (slots * endedMs),
        busyShare: endedMs === 0 ? 0 : engine.busyMs / endedMs,
        ...(served.ttftMs === undefined ? {} : { ttftMs: served.ttftMs }),
        ...(failing === undefined ? {} : { failures: failing.failures, breakerOpenings: failing.openings }),
        ...(costPerHourMicroUsd === undefined
          ? {}
          : { hardwareMicroUsd: Math.round((costPerHourMicroUsd * endedMs) / MS_PER_HOUR) }),
      };
    }),
    furtherAttempts: everything.reduce((sum, index) => sum + Math.max(0, outcomes.attemptsOf(index) - 1), 0),
    cascades,
  };
}

function summarizeGroup(outcomes: Outcomes, indexes: readonly number[]): GroupSummary {
  const counts = { open: 0, finished: 0, refused: 0, cancelled: 0, failed: 0 };
  let [burst, costMicroUsd, unpriced] = [0, 0, 0];
  for (const index of indexes) {
    counts[outcomes.outcomeOf(index)] += 1;
    if (outcomes.viaCloud[index] === 1) burst += 1;
    const cost = outcomes.costMicroUsd[index] ?? 0;
    if (Number.isNaN(cost)) unpriced += 1;
    else costMicroUsd += cost;
  }
  const [ttftMs, totalMs] = [latencyOf(outcomes.ttftMs, indexes), latencyOf(outcomes.totalMs, indexes)];
  const { finished, refused, cancelled, failed } = counts;
  return {
    arrived: indexes.length,
    finished,
    refused,
    cancelled,
    failed,
    burst,
    costMicroUsd,
    ...(unpriced === 0 ? {} : { unpriced }),
    ...(ttftMs === undefined ? {} : { ttftMs }),
    ...(totalMs === undefined ? {} : { totalMs }),
  };
}

function latencyOf(column: Float64Array, indexes: readonly number[]): Latency | undefined {
  const sorted = Float64Array.from(indexes, (index) => column[index] ?? NaN)
    .filter((ms) => !Number.isNaN(ms))
    .sort();
  const at = (share: number): number => percentile(sorted, share) ?? 0;
  return sorted.length === 0 ? undefined : { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}
