import { openLeafReader, type LeafReader, type RecordedLeaf } from "../audit/read-leaves.ts";
import type { Decision, RankedCandidate, ShadowDecision } from "../core/decision.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import { compareDecisions } from "../routing/compare-decisions.ts";
import { isInternalTeam } from "../measure/internal-principal.ts";
import { JointComparer, type JointComparison } from "./compare-joint-requests.ts";
import { newestShadowing, POLICY_SHADOWED } from "./policy-history.ts";
import {
  summarizeComparison,
  type ComparedDecision,
  type FirstChoice,
  type PolicyComparison,
} from "./policy-comparison.ts";
import { decideAgain, replayableOf, type ReplaySite } from "./replay-decision.ts";

/** Two policies over the decisions of the log since some time. */
export interface ReplayedComparison {
  readonly comparison: PolicyComparison;
  /** Decisions of the time that can't be made again, because their record is of an earlier release or was cut. */
  readonly notReplayable: number;
  /** Panels and plans as wholes. */
  readonly joint: JointComparison;
  /** Of the box's own requests (probes, comparisons), which are not in the comparison: how many, and how many would be refused. */
  readonly own: { readonly decisions: number; readonly refused: number };
}

/** What the trial of a policy has shown. */
export interface PolicyTrial {
  readonly sha256: string;
  readonly file: string;
  readonly since: string;
  readonly comparison: PolicyComparison;
}

/** Makes the decisions of the log since `sinceMs` again, under both policies and on the facts of then. */
export function replayComparison(
  dataDir: string,
  sinceMs: number,
  site: ReplaySite,
  policies: { readonly before: CompiledPolicy; readonly after: CompiledPolicy },
): ReplayedComparison {
  const leaves = openLeafReader(dataDir);
  let notReplayable = 0;
  const joint = new JointComparer();
  const own = { decisions: 0, refused: 0 };
  function* decisions(): Generator<ComparedDecision> {
    for (const leaf of leaves.iterate()) {
      if (Date.parse(String(leaf["time"])) < sinceMs) continue;
      joint.observe(leaf);
      // What is compared with was not asked for by anybody.
      if (leaf["decision"] === undefined || leaf["comparisonOf"] !== undefined) continue;
      const replayable = replayableOf(leaf, site);
      if (replayable === undefined) {
        notReplayable += 1;
        continue;
      }
      const [before, after] = [decideAgain(replayable, policies.before), decideAgain(replayable, policies.after)];
      const may = { before: before.candidates.length > 0, after: after.candidates.length > 0 };
      joint.decided(leaf, may);
      if (isInternalTeam(leaf["team"] as string | undefined)) {
        own.decisions += 1;
        if (!may.after) own.refused += 1;
        continue;
      }
      yield {
        ...comparedOf(leaf, before, after, site),
        ...compareDecisions(before, after),
        ...cascadeOf(before, after),
      };
    }
  }
  try {
    const comparison = summarizeComparison(decisions());
    return { comparison, notReplayable, joint: joint.result(), own };
  } finally {
    leaves.close();
  }
}

function cascadeOf(before: Decision, after: Decision): Pick<ComparedDecision, "cascade"> {
  const [had, has] = [before.cascade !== undefined, after.cascade !== undefined];
  if (had) return { cascade: has ? "both" : "before" };
  return has ? { cascade: "after" } : {};
}

/** What the policy that is tried now would have changed since its trial began; undefined where none is. */
export function readTrial(dataDir: string): PolicyTrial | undefined {
  const leaves = openLeafReader(dataDir);
  try {
    const shadowing = newestShadowing(leaves);
    const [leaf] = leaves.list({ kind: POLICY_SHADOWED, limit: 1 });
    if (shadowing === undefined || leaf === undefined) return undefined;
    const comparison = summarizeComparison(trialDecisions(leaves, leaf.index, shadowing.sha256));
    return { ...shadowing, since: String(leaf["time"]), comparison };
  } finally {
    leaves.close();
  }
}

function* trialDecisions(leaves: LeafReader, fromIndex: number, sha256: string): Generator<ComparedDecision> {
  for (const leaf of leaves.iterate(fromIndex)) {
    const decision = leaf["decision"] as Decision | undefined;
    const shadow = decision?.shadow;
    if (decision === undefined || shadow?.policySha256 !== sha256) continue;
    const after = shadowChoice(shadow);
    yield {
      auditIndex: leaf.index,
      requestId: String(leaf["requestId"]),
      change: shadow.change,
      ...firstOf("before", decision.candidates[0]),
      ...(after === undefined ? {} : { after }),
      forbidden: shadow.forbidden ?? [],
      allowed: shadow.allowed ?? [],
    };
  }
}

function shadowChoice({ firstEndpointId, costMicroUsd, ttftMs }: ShadowDecision): FirstChoice | undefined {
  if (firstEndpointId === undefined) return undefined;
  return {
    endpointId: firstEndpointId,
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
    ...(ttftMs === undefined ? {} : { ttftMs }),
  };
}

function comparedOf(
  leaf: RecordedLeaf,
  before: Decision,
  after: Decision,
  site: ReplaySite,
): Pick<ComparedDecision, "auditIndex" | "requestId" | "before" | "after"> {
  return {
    auditIndex: leaf.index,
    requestId: String(leaf["requestId"]),
    ...firstOf("before", before.candidates[0], site),
    ...firstOf("after", after.candidates[0], site),
  };
}

function firstOf<Side extends "before" | "after">(
  side: Side,
  candidate: RankedCandidate | undefined,
  site?: ReplaySite,
): { readonly [Name in Side]?: FirstChoice } {
  if (candidate === undefined) return {};
  const { endpointId, prediction } = candidate;
  const { costMicroUsd, ttftMs } = prediction;
  const location = site?.endpoints.get(endpointId)?.location;
  const choice: FirstChoice = {
    endpointId,
    ...(location === undefined ? {} : { location }),
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
    ...(ttftMs === undefined ? {} : { ttftMs }),
  };
  return { [side]: choice } as { readonly [Name in Side]?: FirstChoice };
}
