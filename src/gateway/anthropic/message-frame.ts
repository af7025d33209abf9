import type { InferenceExecution } from "../../core/inference-service.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { describeExecution } from "../openai/describe-decision.ts";

/** What every message says of itself, whole or as it begins. Beyond Anthropic's members: `provider`. */
export function messageFrame({ requestId, endpoint }: InferenceExecution): Readonly<Record<string, unknown>> {
  return {
    // Anthropic's clients take any id; this one finds the request in the audit log.
    id: requestId,
    type: "message",
    role: "assistant",
    model: endpoint.modelId,
    provider: endpoint.providerId,
  };
}

/** The decision, for those who asked for it. */
export function messageMetadata(
  execution: InferenceExecution,
  { hints }: Pick<InferenceRequest, "hints">,
): Readonly<Record<string, unknown>> {
  return hints.wantsMetadata ? { signalbox: describeExecution(execution) } : {};
}
