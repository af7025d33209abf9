import { seededRandom } from "./seeded-random.ts";
import type { TracedRequest } from "./traced-request.ts";

/** How traces become one. */
export interface Composition {
  /** Each trace with its name; all begin at the same time. */
  readonly traces: readonly { readonly name: string; readonly requests: readonly TracedRequest[] }[];
  /** Shares of the requests by name. The trace that has least for its share stays whole, the others are thinned by chance. */
  readonly mix?: Readonly<Record<string, number>>;
  /** How many times one after the other. */
  readonly repeat?: number;
  /** Arrivals come so many times as fast. */
  readonly rate?: number;
  /** The first so many. */
  readonly limit?: number;
  readonly seed: number;
}

/** One trace from several, in order of arrival. */
export function composeTrace({
  traces,
  mix,
  repeat = 1,
  rate = 1,
  limit = Infinity,
  seed,
}: Composition): TracedRequest[] {
  const random = seededRandom(seed);
  const kept = keptShares(traces, mix);
  const once = traces
    .flatMap(({ requests }, index) => {
      const share = kept[index] ?? 1;
      return share >= 1 ? requests : requests.filter(() => random() < share);
    })
    .toSorted((a, b) => a.atMs - b.atMs);
  const lastMs = once.at(-1)?.atMs ?? 0;
  // After the last arrival as long as between two on average, so that a repeated trace has the same rate.
  const periodMs = lastMs + lastMs / Math.max(1, once.length - 1);
  const composed: TracedRequest[] = [];
  for (let round = 0; round < repeat && composed.length < limit; round++)
    for (const request of once) {
      if (composed.length >= limit) break;
      composed.push({ ...request, atMs: (round * periodMs + request.atMs) / rate });
    }
  return composed;
}

/** What is kept of each trace, so that they have the shares of `mix`. */
function keptShares(traces: Composition["traces"], mix: Composition["mix"]): readonly number[] {
  if (mix === undefined) return traces.map(() => 1);
  const perShare = traces.map(({ name, requests }) => requests.length / (mix[name] ?? 0));
  const least = Math.min(...perShare.filter((count) => count !== Infinity));
  return perShare.map((count) => (count === Infinity ? 0 : least / count));
}
