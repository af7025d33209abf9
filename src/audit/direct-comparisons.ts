import { directCostMicroUsd, type DirectAlternative } from "../core/direct-alternative.ts";
import type { LeafReader } from "./read-leaves.ts";
import { workSince, type RecordedWork } from "./usage-report.ts";

/** The newest sampled requests that are read: enough for a narrow interval, little enough for a second's work. */
const MAX_REQUESTS = 20_000;

/** One sampled request that was answered: what it cost and took in all, and what it would have at the fixed endpoint. */
export interface DirectComparison {
  readonly directEndpointId: string;
  readonly share: number;
  /** What kept it from going there. */
  readonly excludedBy?: string;
  /** Whether it did go there. */
  readonly wentThere: boolean;
  /** In micro-USD, of all attempts; absent where one of them is unknown. */
  readonly routedMicroUsd?: number;
  readonly directMicroUsd?: number;
  /** Of all attempts one after the other, the wait for a place included. */
  readonly routedMs: number;
  readonly directMs?: number;
}

/** The sampled requests that began since `sinceMs` and were answered, newest first. */
export async function readDirectComparisons(
  reader: Pick<LeafReader, "list">,
  sinceMs: number,
): Promise<readonly DirectComparison[]> {
  const comparisons: DirectComparison[] = [];
  const later = new Map<string, RecordedWork[]>();
  for await (const work of workSince(reader, sinceMs)) {
    if (work.leaf.kind !== "attempt") continue;
    const requestId = String(work.leaf["requestId"]);
    const attempts = [work, ...(later.get(requestId) ?? [])];
    if (work.leaf["attemptNumber"] !== 1) {
      later.set(requestId, attempts);
      continue;
    }
    later.delete(requestId);
    const decision = work.leaf["decision"] as { readonly direct?: DirectAlternative } | undefined;
    const comparison = decision?.direct === undefined ? undefined : compare(decision.direct, attempts);
    if (comparison !== undefined) comparisons.push(comparison);
    if (comparisons.length >= MAX_REQUESTS) break;
  }
  return comparisons;
}

function compare(direct: DirectAlternative, attempts: readonly RecordedWork[]): DirectComparison | undefined {
  // Of several, such as one that was held back as too unsure, the last is the one that was given.
  const answered = attempts.findLast(({ outcome }) => outcome?.result === "answered");
  if (answered?.outcome === undefined) return undefined;
  // The usage of what was gone on with is that of a part of the answer.
  if (answered.leaf["continuationOf"] !== undefined) return undefined;
  const costs = attempts.map(({ leaf, outcome }) => outcome?.costMicroUsd ?? leaf["reserveMicroUsd"]);
  const known = costs.filter((cost) => typeof cost === "number");
  // A hedge that lost ran beside the one that answered.
  const inTurn = attempts.filter(({ outcome }) => outcome?.errorCode !== "superseded");
  const directMicroUsd = directCostMicroUsd(direct, answered.outcome.usage);
  const { endpointId, share, excludedBy, totalMs } = direct;
  return {
    directEndpointId: endpointId,
    share,
    ...(excludedBy === undefined ? {} : { excludedBy }),
    wentThere: answered.leaf["endpointId"] === endpointId,
    ...(known.length === costs.length ? { routedMicroUsd: known.reduce((sum, cost) => sum + cost, 0) } : {}),
    ...(directMicroUsd === undefined || excludedBy !== undefined ? {} : { directMicroUsd }),
    routedMs: inTurn.reduce((sum, { outcome }) => sum + (outcome?.totalMs ?? 0), 0),
    ...(totalMs === undefined ? {} : { directMs: totalMs }),
  };
}
