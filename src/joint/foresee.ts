import type { Decision } from "../core/decision.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import type { ModelId, RequestId } from "../core/ids.ts";
import type { InferenceJob } from "../core/inference-service.ts";
import type { ForeseenPart, PartRole } from "../core/joint-request.ts";
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

/** A model that may not be asked. */
export interface LeftOut {
  readonly modelId: ModelId;
  readonly because: string;
  readonly errorCode: ErrorCode;
}

/** Why a model may not be asked: the filter that is told for it alone, and the error that its own request would end with. */
export function whyLeftOut({ modelId, decision }: Foreseen): LeftOut {
  const own = decision.rejected.find(({ kind }) => kind !== "model");
  const because = own === undefined ? "not served here" : `${own.kind} ${own.by}: ${own.detail}`;
  return { modelId, because, errorCode: refusalOf(decision).errorCode };
}
