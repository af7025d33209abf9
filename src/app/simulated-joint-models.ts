import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { EndpointSpec } from "../simulate/endpoint-profile.ts";
import type { SimulatedJointModels } from "../simulate/joint-models.ts";
import type { TracedRequest } from "../simulate/traced-request.ts";
import { jointModelsOf } from "./joint-service.ts";
import { SimulationProblem } from "./simulation-problem.ts";

type Models = Required<Pick<SimulatedJointModels, "panels" | "plans">>;

/** The panels and plans of a configuration as a simulation plays them. */
export function simulatedJointModels(config: Pick<ApplianceConfig, "panels" | "plans">): Models {
  const { panels, plans } = jointModelsOf(config);
  return {
    plans,
    panels: panels.map(({ id, members, quorum, judge, timeoutMs }) => {
      const panel = { id, members, quorum, timeoutMs };
      return judge.kind === "model" ? { ...panel, judge: { modelId: judge.modelId, merges: judge.merges } } : panel;
    }),
  };
}

/** Throws SimulationProblem where a trace names a model that nobody serves and that is no panel and no plan. */
export function checkTracedModels(
  requests: readonly TracedRequest[],
  endpoints: readonly EndpointSpec[],
  { panels, plans }: Models,
): void {
  const known = new Set([
    ...endpoints.map(({ facts }) => facts.modelId),
    ...[...panels, ...plans].map(({ id }) => id),
    "auto",
  ]);
  const unknown = requests.find(({ model }) => model !== undefined && !known.has(model))?.model;
  if (unknown === undefined) return;
  throw new SimulationProblem(
    `A trace names ${unknown}, which is neither a model of these endpoints nor a panel or a plan; there are ${[...known].join(", ")}.`,
  );
}
