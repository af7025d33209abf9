import type { InferenceExecution } from "../core/inference-service.ts";

/** The headers that say which endpoint answered, as what kind of work, and where that is recorded. */
export function executionHeaders({ endpoint, decision, auditIndex }: InferenceExecution): Record<string, string> {
  return {
    "x-signalbox-endpoint": endpoint.id,
    "x-signalbox-model": endpoint.modelId,
    "x-signalbox-workload": decision.workload.class,
    "x-signalbox-audit-index": String(auditIndex),
  };
}
