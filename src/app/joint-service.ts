import { randomUUID } from "node:crypto";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { InferenceService, ListedJointModel } from "../core/inference-service.ts";
import type { RequestMetrics } from "../core/request-metrics.ts";
import { createInferenceService, type DispatchPorts } from "../dispatch/execute-request.ts";
import type { JointPorts } from "../joint/joint-ports.ts";
import { withJointModels, type JointModels } from "../joint/serve-joint.ts";
import { countPart } from "./count-part.ts";

/** The id of a part's own request, as the gateway makes them for those of clients. */
export const newRequestId: JointPorts["newRequestId"] = () => `req_${randomUUID()}`;

/** The box's service, with the joint models of the configuration that counts now. */
export function jointService(
  dispatch: DispatchPorts,
  config: () => ApplianceConfig,
  metrics: Pick<RequestMetrics, "attemptEnded" | "answerEnded">,
): InferenceService {
  const { journal, keys, clock } = dispatch;
  const service = createInferenceService(dispatch);
  const onPartEnded: JointPorts["onPartEnded"] = (end, totalMs) => countPart(metrics, end, totalMs);
  return withJointModels({ service, journal, keys, clock, newRequestId, onPartEnded }, () => jointModelsOf(config()));
}

/** The joint models as the catalogue lists them. */
export function listJointModels({ panels }: Pick<ApplianceConfig, "panels">): readonly ListedJointModel[] {
  return panels.map(({ id, members }) => ({
    id,
    description: `A panel: ${members.join(", ")} answer together, and the majority decides.`,
    modelIds: members,
  }));
}

/** The names of all joint models. */
export function jointModelIds({ panels }: Pick<ApplianceConfig, "panels">): readonly string[] {
  return panels.map(({ id }) => id);
}

/** The panels of a configuration. */
export function jointModelsOf({ panels }: Pick<ApplianceConfig, "panels">): JointModels {
  return {
    panels: panels.map(({ timeout, maxCostUsd, ...panel }) => ({
      ...panel,
      timeoutMs: timeout,
      ...(maxCostUsd === undefined ? {} : { maxCostMicroUsd: maxCostUsd }),
    })),
  };
}
