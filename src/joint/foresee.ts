import type { Decision, RankedCandidate, RejectedCandidate } from "../core/decision.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import type { ModelId, RequestId } from "../core/ids.ts";
import type { InferenceJob } from "../core/inference-service.ts";
import type { ForeseenPart, JointDecision, PartRole } from "../core/joint-request.ts";
import type { Spend } from "../core/records.ts";
import { PRICE_FILTERS } from "../routing/affordable.ts";
import { refusalOf } from "../routing/refusal.ts";
import { partRequest } from "./part-request.ts";
import { plus } from "./sum-usage.ts";

/** A request that is only looked at. */
export type LookedAtJob = Omit<InferenceJob, "signal">;

/** What decides on one request, without recording or sending anything. */
export type Explain = (job: LookedAtJob) => Decision;

/** What a part would be asked, and the decision on it as things stand. */
export interface Foreseen {
  readonly role: PartRole;
  readonly modelId: ModelId;
  readonly job: LookedAtJob;
  readonly decision: Decision;
}

/** Decides on one part as on any request: a request of its own, with the caller's rights and restrictions. */
export function foresee(
  explain: Explain,
  job: LookedAtJob,
  part: { readonly role: PartRole; readonly modelId: ModelId; readonly requestId: RequestId },
  request = partRequest(job.request, part.modelId),
): Foreseen {
  const { role, modelId, requestId } = part;
  const own = { ...job, requestId, request, partOf: { requestId: job.requestId, role } };
  return { role, modelId, job: own, decision: explain(own) };
}

/** Whether some endpoint may be asked for it. */
export function mayBeAsked({ decision }: Foreseen): boolean {
  return decision.candidates.length > 0;
}

/** The part as it is recorded; undefined where nobody may be asked. */
export function foreseenPart({ role, job, decision }: Foreseen): ForeseenPart | undefined {
  const [first] = decision.candidates;
  if (first === undefined) return undefined;
  const worst = worstCostOf(decision);
  return {
    role,
    modelId: first.modelId,
    requestId: job.requestId,
    endpointId: first.endpointId,
    ...(worst === undefined ? {} : { worstCostMicroUsd: worst }),
  };
}

/** What a request may cost at the dearest of its endpoints, in micro-USD; undefined while one price is unknown. */
function worstCostOf({ candidates }: Decision): number | undefined {
  return candidates.reduce<number | undefined>((worst, { prediction: { worstCostMicroUsd } }) => {
    if (worst === undefined || worstCostMicroUsd === undefined) return undefined;
    return Math.max(worst, worstCostMicroUsd);
  }, 0);
}

/** All parts together at their dearest, in micro-USD; undefined while one is unknown. */
export function sumWorstCosts(
  parts: readonly Pick<ForeseenPart, "worstCostMicroUsd" | "atMost">[],
): number | undefined {
  return parts.reduce<number | undefined>(
    (sum, { worstCostMicroUsd: worst, atMost = 1 }) => plus(sum, worst === undefined ? undefined : worst * atMost),
    0,
  );
}

/** Why a model may not be asked: the filter that is told for it alone, and the error that its own request would end with. */
export function whyLeftOut({ modelId, decision }: Foreseen): {
  readonly modelId: ModelId;
  readonly because: string;
  readonly errorCode: ErrorCode;
} {
  const own = decision.rejected.find(({ kind }) => kind !== "model");
  const because = own === undefined ? "not served here" : `${own.kind} ${own.by}: ${own.detail}`;
  return { modelId, because, errorCode: refusalOf(decision).errorCode };
}

/** Why the parts together are too dear for what their key has left, or for what the configuration allows; else nothing. */
export function tooDear(
  worstCostMicroUsd: number | undefined,
  maxCostMicroUsd: number | undefined,
  spend: Spend,
): JointDecision["refusal"] {
  const { limitMicroUsd, settledMicroUsd, reservedMicroUsd } = spend;
  const leftMicroUsd = limitMicroUsd === undefined ? Infinity : limitMicroUsd - settledMicroUsd - reservedMicroUsd;
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

/** The decision on the whole, in the terms of any decision: every endpoint that a part may ask, and why not the others. */
export function decisionOnWhole(job: LookedAtJob, parts: readonly Foreseen[], joint: JointDecision): Decision {
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

function usd(microUsd: number): string {
  return String(microUsd / 1_000_000);
}
