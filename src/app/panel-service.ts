import { randomUUID } from "node:crypto";
import type { InferenceService } from "../core/inference-service.ts";
import { createInferenceService, type DispatchPorts } from "../dispatch/execute-request.ts";
import { withPanels } from "../panels/ask-panel.ts";
import type { Panel } from "../panels/panel.ts";
import type { ActiveConfiguration } from "./active-configuration.ts";
import type { Records } from "./open-records.ts";

/** The box's service, with the panels of the configuration that counts now. */
export function panelService(
  dispatch: DispatchPorts,
  { log }: Pick<Records, "log">,
  configuration: Pick<ActiveConfiguration, "active">,
): InferenceService {
  return withPanels({
    service: createInferenceService(dispatch),
    journal: dispatch.journal,
    keys: dispatch.keys,
    clock: dispatch.clock,
    panels: () => panelsOf(configuration),
    newRequestId: () => `req_${randomUUID()}`,
    record: (draft) => log.append(draft),
  });
}

function panelsOf({ active }: Pick<ActiveConfiguration, "active">): readonly Panel[] {
  return active.source.config.panels.map(({ timeout, maxCostUsd, ...panel }) => ({
    ...panel,
    timeoutMs: timeout,
    ...(maxCostUsd === undefined ? {} : { maxCostMicroUsd: maxCostUsd }),
  }));
}
