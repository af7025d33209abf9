import type { InferenceExecution } from "../core/inference-service.ts";
import type { Answering, AttemptPlan } from "./attempt.ts";
import type { Journey } from "./give-up.ts";

/** The answer that one of a request's attempts has begun, as the caller has it. */
export function executionOf(journey: Journey, plan: AttemptPlan, answering: Answering): InferenceExecution {
  const { decision, live } = plan;
  const { held, direct } = journey;
  return {
    requestId: journey.job.requestId,
    decision: direct === undefined ? decision : { ...decision, direct },
    endpoint: live.facts,
    auditIndex: answering.auditIndex,
    attempts: [...journey.attempts, { endpointId: live.facts.id, durationMs: answering.durationMs }],
    events: answering.events,
    // An answer that was held back is billed, too.
    costMicroUsd: () => {
      const own = answering.costMicroUsd();
      if (held === undefined || held.answering === answering || own === undefined) return own;
      const heldCost = held.answering.costMicroUsd();
      return heldCost === undefined ? undefined : own + heldCost;
    },
    usage: answering.usage,
  };
}
