import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { EndpointSpec } from "../simulate/endpoint-profile.ts";
import type { SimulatedPanel } from "../simulate/panels.ts";
import type { TracedRequest } from "../simulate/traced-request.ts";
import { jointModelsOf } from "./joint-service.ts";
import { SimulationProblem } from "./simulation-problem.ts";

/** The panels of a configuration as a simulation plays them. */
export function simulatedPanels(config: Pick<ApplianceConfig, "panels" | "plans">): readonly SimulatedPanel[] {
  return jointModelsOf(config).panels.map(({ id, members, quorum, judge }) => {
    const panel = { id, members, quorum };
    return judge.kind === "model" ? { ...panel, judge: { modelId: judge.modelId, merges: judge.merges } } : panel;
  });
}

/** Throws SimulationProblem where a trace names a model that nobody serves and that is no panel. */
export function checkTracedModels(
  requests: readonly TracedRequest[],
  endpoints: readonly EndpointSpec[],
  panels: readonly SimulatedPanel[],
): void {
  const known = new Set([...endpoints.map(({ facts }) => facts.modelId), ...panels.map(({ id }) => id), "auto"]);
  const unknown = requests.find(({ model }) => model !== undefined && !known.has(model))?.model;
  if (unknown === undefined) return;
  throw new SimulationProblem(
    `A trace names ${unknown}, which is neither a model of these endpoints nor a panel; there are ${[...known].join(", ")}.`,
  );
}
