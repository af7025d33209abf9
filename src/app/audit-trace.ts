import { openLeafReader, type RecordedLeaf } from "../audit/read-leaves.ts";
import type { OutcomeRecord } from "../core/records.ts";
import type { TracedRequest } from "../simulate/traced-request.ts";
import { isInternalTeam } from "../measure/internal-principal.ts";
import { replayableOf, type ReplaySite } from "./replay-decision.ts";
import { RecordedShares } from "./recorded-shares.ts";
import { SimulationProblem } from "./simulation-problem.ts";

/** What the log has of the requests since some time. */
export interface AuditTrace {
  readonly requests: readonly TracedRequest[];
  /** When the first of them was decided, in milliseconds since the Unix epoch. */
  readonly startsAtMs: number;
  /** Requests that can't be played again: their record is of an earlier release or was cut, or they had no counted answer. */
  readonly leftOut: number;
  /** How often each endpoint has failed, and was unsure, in that time. */
  readonly shares: RecordedShares;
}

/** The requests on record since `sinceMs`, each with the tokens of its answer. Throws SimulationProblem where there are none. */
export function readAuditTrace(dataDir: string, sinceMs: number, site: ReplaySite): AuditTrace {
  const leaves = openLeafReader(dataDir);
  const decided = new Map<string, Omit<TracedRequest, "outputTokens">>();
  const requests: TracedRequest[] = [];
  const shares = new RecordedShares();
  let leftOut = 0;
  try {
    for (const leaf of leaves.iterate()) {
      const timeMs = Date.parse(String(leaf["time"]));
      if (timeMs < sinceMs) continue;
      shares.observe(leaf);
      // What the box asks itself, and what it compares with, was nobody's load and is asked anew anyway.
      if (leaf["comparisonOf"] !== undefined || isInternalTeam(leaf["team"] as string | undefined)) continue;
      if (leaf["decision"] !== undefined) {
        const traced = tracedOf(leaf, timeMs, site);
        if (traced === undefined) leftOut += leaf["attemptNumber"] === 1 ? 1 : 0;
        else decided.set(String(leaf["requestId"]), traced);
      } else if (leaf.kind === "outcome") {
        const traced = decided.get(String(leaf["requestId"]));
        const { usage, cascade } = leaf as unknown as OutcomeRecord;
        if (traced === undefined || usage?.completionTokens === undefined) continue;
        decided.delete(String(leaf["requestId"]));
        const promptTokens = usage.promptTokens ?? traced.promptTokens;
        const sureness = cascade === undefined ? {} : { isUnsure: cascade.goesOn };
        requests.push({ ...traced, promptTokens, outputTokens: usage.completionTokens, ...sureness });
      }
    }
  } finally {
    leaves.close();
  }
  const inOrder = requests.toSorted((a, b) => a.atMs - b.atMs);
  const startsAtMs = inOrder[0]?.atMs;
  if (startsAtMs === undefined)
    throw new SimulationProblem("The audit log has no request of that time that can be played again.");
  return {
    requests: inOrder.map((request) => ({ ...request, atMs: request.atMs - startsAtMs })),
    startsAtMs,
    leftOut: leftOut + decided.size,
    shares,
  };
}

function tracedOf(leaf: RecordedLeaf, atMs: number, site: ReplaySite): Omit<TracedRequest, "outputTokens"> | undefined {
  const replayable = replayableOf(leaf, site);
  if (replayable === undefined) return undefined;
  const { request, principal, recorded } = replayable.input;
  if (recorded === undefined) return undefined;
  const { deadlineMs } = request.hints;
  return {
    atMs,
    promptTokens: request.estimatedPromptTokens,
    stream: "audit",
    keyId: principal.keyId,
    recorded: { request, principal, workload: recorded.workload },
    ...(request.serviceTier === undefined ? {} : { serviceTier: request.serviceTier }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  };
}
