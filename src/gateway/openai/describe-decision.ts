import type { Continuation } from "../../core/continuation.ts";
import type { AttemptSummary, InferenceExecution } from "../../core/inference-service.ts";
import type { JointDecision, PartSummary } from "../../core/joint-request.ts";
import type { Decision } from "../../core/decision.ts";

/**
 * The `signalbox` object that `x-signalbox-metadata: enabled` adds to an answer: why it came from where it came, and
 * for every other endpoint why not.
 */
export function describeExecution(execution: InferenceExecution): Readonly<Record<string, unknown>> {
  const parts = execution.parts?.();
  const continuations = execution.continuations?.() ?? [];
  return {
    request_id: execution.requestId,
    endpoint: execution.endpoint.id,
    audit_index: execution.auditIndex,
    decision: describeDecision(execution.decision),
    ...(parts === undefined ? {} : { parts: parts.map(describePart) }),
    attempts: execution.attempts.map(describeAttempt),
    ...(continuations.length === 0 ? {} : { continuations: continuations.map(describeContinuation) }),
  };
}

/** One time that the answer broke off: after how much of it, and who went on. */
function describeContinuation(continuation: Continuation): Readonly<Record<string, unknown>> {
  const { brokenEndpointId, errorCode, afterTokens, attempts, auditIndex } = continuation;
  return {
    broken_endpoint: brokenEndpointId,
    error_code: errorCode,
    after_tokens: afterTokens,
    attempts: attempts.map(describeAttempt),
    ...(auditIndex === undefined ? {} : { audit_index: auditIndex }),
  };
}

function describeAttempt({ endpointId, errorCode, durationMs }: AttemptSummary): Readonly<Record<string, unknown>> {
  return {
    endpoint: endpointId,
    duration_ms: durationMs,
    ...(errorCode === undefined ? {} : { error_code: errorCode }),
  };
}

/** One part of a joint request in the names that the interface uses; what is not known is left out. */
export function describePart(part: PartSummary): Readonly<Record<string, unknown>> {
  return {
    role: part.role,
    model: part.modelId,
    request_id: part.requestId,
    endpoint: part.endpointId,
    audit_index: part.auditIndex,
    cost_micro_usd: part.costMicroUsd,
    error_code: part.errorCode,
    failed_tests: part.failedTests,
    agreed: part.agreed,
  };
}

/** What is decided on a joint request as a whole. */
export function describeJoint(joint: JointDecision): Readonly<Record<string, unknown>> {
  return {
    kind: joint.kind,
    model: joint.modelId,
    parts: joint.parts.map(({ role, modelId, requestId, endpointId, worstCostMicroUsd }) => ({
      role,
      model: modelId,
      request_id: requestId,
      endpoint: endpointId,
      worst_cost_micro_usd: worstCostMicroUsd,
    })),
    left_out: joint.leftOut.map(({ modelId, because }) => ({ model: modelId, because })),
    quorum: joint.quorum,
    worst_cost_micro_usd: joint.worstCostMicroUsd,
    max_cost_micro_usd: joint.maxCostMicroUsd,
  };
}

/** A decision in the names that the interface uses. */
export function describeDecision(decision: Decision): Readonly<Record<string, unknown>> {
  const { workload, cascade, continuation } = decision;
  return {
    requested_model: decision.requestedModel,
    ...(decision.preset === undefined ? {} : { preset: decision.preset }),
    ...(decision.joint === undefined ? {} : { joint: describeJoint(decision.joint) }),
    workload: {
      class: workload.class,
      task: workload.task,
      expected_output_tokens: workload.expectedOutputTokens,
      reasons: workload.reasons,
      ...(workload.difficulty === undefined ? {} : { difficulty: workload.difficulty }),
      ...(workload.onlyStrongChance === undefined ? {} : { only_strong_chance: workload.onlyStrongChance }),
      ...(workload.familiarity === undefined ? {} : { familiarity: workload.familiarity }),
    },
    data_class: decision.dataClass,
    policy_sha256: decision.policySha256,
    route: decision.routeId,
    objective: decision.objective,
    ...(cascade === undefined
      ? {}
      : {
          cascade: {
            endpoint: cascade.endpointId,
            next_endpoint: cascade.nextEndpointId,
            min_mean_logprob: cascade.minMeanLogprob,
          },
        }),
    ...(continuation === undefined ? {} : { continuation: { endpoints: continuation.endpointIds } }),
    candidates: decision.candidates.map(({ endpointId, tier, score, scoreParts, reasons, prediction }) => ({
      endpoint: endpointId,
      tier,
      score,
      score_parts: scoreParts,
      reasons,
      prediction: {
        queue_ms: prediction.queueMs,
        ttft_ms: prediction.ttftMs,
        ttft_p90_ms: prediction.ttftP90Ms,
        total_ms: prediction.totalMs,
        total_p90_ms: prediction.totalP90Ms,
        tokens_per_second: prediction.tokensPerSecond,
        tokens_per_second_p90: prediction.tokensPerSecondP90,
        output_tokens: prediction.outputTokens,
        first_content_correction: prediction.firstContentCorrection,
        writing_correction: prediction.writingCorrection,
        cost_micro_usd: prediction.costMicroUsd,
      },
    })),
    rejected: decision.rejected.map(({ endpointId, kind, by, detail }) => ({ endpoint: endpointId, kind, by, detail })),
  };
}
