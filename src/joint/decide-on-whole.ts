import type { Decision, RankedCandidate, RejectedCandidate } from "../core/decision.ts";
import type { JointDecision } from "../core/joint-request.ts";
import type { Spend } from "../core/records.ts";
import { tightestBudget } from "../core/tightest-budget.ts";
import { PRICE_FILTERS, usd } from "../routing/affordable.ts";
import { sumWorstCosts, type Explain, type Foreseen, type LeftOut, type LookedAtJob } from "./foresee.ts";
import type { RequestWriting } from "./joint-ports.ts";

/** What a joint request is decided with. */
export interface JointFacts extends RequestWriting {
  readonly explain: Explain;
  readonly spend: Spend;
}

/** Why the parts together are too dear for what their key has left, or for what the configuration allows; else nothing. */
export function tooDear(
  worstCostMicroUsd: number | undefined,
  maxCostMicroUsd: number | undefined,
  spend: Spend,
): JointDecision["refusal"] {
  const leftMicroUsd = leftOf(spend);
  const mostMicroUsd = Math.min(maxCostMicroUsd ?? Infinity, leftMicroUsd);
  if (mostMicroUsd === Infinity) return undefined;
  if (worstCostMicroUsd === undefined)
    return {
      errorCode: "price_unknown",
      message: "What the parts of this request may cost is limited, and one of them has no known price.",
    };
  if (worstCostMicroUsd <= mostMicroUsd) return undefined;
  const whose = mostMicroUsd === leftMicroUsd ? "the key has left" : "the configuration allows for it";
  const message = `All parts together may cost ${usd(worstCostMicroUsd)} USD, and ${usd(Math.max(0, mostMicroUsd))} USD is what ${whose}.`;
  return { errorCode: "budget_exceeded", message };
}

/** What the key has left, in micro-USD, of its own budget or its team's; Infinity where nothing limits it. */
export function leftOf(spend: Spend): number {
  return tightestBudget(spend)?.leftMicroUsd ?? Infinity;
}

/** A decision on a joint request. */
export type WholeDecision = Decision & { readonly joint: JointDecision };

/**
 * The decision on the whole, in the terms of any decision: every endpoint that one of `foreseen` may ask, and why not the
 * others; with what is recorded of it, whose sum is that of its parts.
 */
export function decideOnWhole(
  job: LookedAtJob,
  foreseen: readonly Foreseen[],
  {
    leftOut,
    ...known
  }: Omit<JointDecision, "leftOut" | "worstCostMicroUsd"> & { readonly leftOut: readonly LeftOut[] },
): WholeDecision {
  const worst = sumWorstCosts(known.parts);
  const joint: JointDecision = {
    ...known,
    leftOut: leftOut.map(({ modelId, because }) => ({ modelId, because })),
    ...(worst === undefined ? {} : { worstCostMicroUsd: worst }),
  };
  return { ...inTermsOfAny(job, foreseen, joint), joint };
}

function inTermsOfAny(job: LookedAtJob, parts: readonly Foreseen[], joint: JointDecision): Decision {
  const [first] = parts;
  if (first === undefined) throw new Error("A joint request has at least one part.");
  const candidates = parts.flatMap(({ role, modelId, decision }) =>
    decision.candidates.map((candidate) => ({ ...candidate, reasons: [`${role} ${modelId}`, ...candidate.reasons] })),
  );
  const ids = candidates.map(({ endpointId }) => endpointId);
  const distinct = candidates.filter(({ endpointId }, index) => ids.indexOf(endpointId) === index);
  return {
    ...first.decision,
    requestId: job.requestId,
    requestedModel: job.request.model,
    joint,
    candidates: joint.refusal === undefined ? distinct : [],
    rejected: [
      ...(joint.refusal === undefined ? [] : distinct.map((each) => notAsked(each, joint.refusal))),
      ...othersRejected(parts, new Set(ids)),
    ],
    notes: [...new Set([...parts.flatMap(({ decision }) => decision.notes ?? []), ...notesOn(joint)])],
  };
}

function notAsked({ endpointId }: RankedCandidate, refusal: JointDecision["refusal"]): RejectedCandidate {
  const isMoney = refusal?.errorCode === "budget_exceeded" || refusal?.errorCode === "price_unknown";
  const detail = "it may be asked, but not the whole panel or plan";
  return { endpointId, kind: isMoney ? "price" : "request", by: isMoney ? PRICE_FILTERS.budget : "model", detail };
}

/** Every other endpoint once, with the reason that the part whose model it serves has against it. */
function othersRejected(parts: readonly Foreseen[], asked: ReadonlySet<string>): readonly RejectedCandidate[] {
  const reasons = new Map<string, RejectedCandidate>();
  for (const rejected of parts.flatMap(({ decision }) => decision.rejected)) {
    const known = reasons.get(rejected.endpointId);
    if (!asked.has(rejected.endpointId) && (known === undefined || known.kind === "model"))
      reasons.set(rejected.endpointId, rejected);
  }
  return [...reasons.values()];
}

function notesOn({
  kind,
  modelId,
  parts,
  quorum,
  leftOut,
  worstCostMicroUsd,
  maxCostMicroUsd,
}: JointDecision): string[] {
  const names = parts
    .map(({ role, modelId: model, atMost }) =>
      atMost === undefined ? `${role} ${model}` : `at most ${atMost} ${role}s, now of ${model}`,
    )
    .join(", ");
  const atMost = maxCostMicroUsd === undefined ? "" : `, limited to ${usd(maxCostMicroUsd)} USD`;
  return [
    `${kind} ${modelId}: ${names}${quorum === undefined ? "" : `; ${quorum} have to answer`}`,
    `costs at most ${worstCostMicroUsd === undefined ? "an unknown sum" : `${usd(worstCostMicroUsd)} USD`}${atMost}`,
    ...leftOut.map(({ modelId: model, because }) => `left out: ${model}, ${because}`),
  ];
}
