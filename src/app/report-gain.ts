import { readDirectComparisons, type DirectComparison } from "../audit/direct-comparisons.ts";
import type { LeafReader } from "../audit/read-leaves.ts";
import { estimateGain, type Gain } from "../measure/estimate-gain.ts";
import { medianOf } from "../measure/statistics/quantiles.ts";
import { seededRandom } from "../simulate/seeded-random.ts";

/** What routing has gained over going direct to one fixed endpoint. */
export interface GainOverEndpoint {
  readonly endpointId: string;
  /** Sampled requests that were answered. */
  readonly sampled: number;
  /** Of those, what would have kept them from going there, by rule or filter. */
  readonly excluded: Readonly<Record<string, number>>;
  /** In micro-USD; absent where no cost could be compared. */
  readonly cost?: Gain;
  /** In ms; absent where no time could be compared. */
  readonly time?: Gain;
  /** Of those that did go there: the median of the time that they took over the time that was predicted. */
  readonly predictedTime?: { readonly count: number; readonly observedOverPredicted: number };
}

/** The gain over each endpoint that was the fixed one within the time, the newest first. */
export interface GainReport {
  /** ISO 8601. */
  readonly since: string;
  readonly over: readonly GainOverEndpoint[];
}

/** The intervals of a log are the same whenever they are worked out. */
const SEED = 1;

/** Compares the sampled requests of the log since `sinceMs` with what was recorded of going direct. */
export async function reportGain(reader: Pick<LeafReader, "list">, sinceMs: number): Promise<GainReport> {
  const comparisons = await readDirectComparisons(reader, sinceMs);
  const byEndpoint = Map.groupBy(comparisons, ({ directEndpointId }) => directEndpointId);
  return {
    since: new Date(sinceMs).toISOString(),
    over: [...byEndpoint].map(([endpointId, compared]) => gainOver(endpointId, compared)),
  };
}

function gainOver(endpointId: string, compared: readonly DirectComparison[]): GainOverEndpoint {
  const cost = estimateGain(
    compared.flatMap(({ routedMicroUsd: routed, directMicroUsd: direct }) =>
      routed === undefined || direct === undefined ? [] : [{ routed, direct }],
    ),
    seededRandom(SEED),
  );
  const time = estimateGain(
    compared.flatMap(({ routedMs: routed, directMs: direct }) => (direct === undefined ? [] : [{ routed, direct }])),
    seededRandom(SEED),
  );
  const went = compared.flatMap(({ wentThere, routedMs, directMs }) =>
    wentThere && directMs !== undefined && directMs > 0 ? [routedMs / directMs] : [],
  );
  const observedOverPredicted = medianOf(went);
  const rules = Map.groupBy(
    compared.flatMap(({ excludedBy }) => excludedBy ?? []),
    (rule) => rule,
  );
  return {
    endpointId,
    sampled: compared.length,
    excluded: Object.fromEntries([...rules].map(([rule, requests]) => [rule, requests.length])),
    ...(cost === undefined ? {} : { cost }),
    ...(time === undefined ? {} : { time }),
    ...(observedOverPredicted === undefined ? {} : { predictedTime: { count: went.length, observedOverPredicted } }),
  };
}
