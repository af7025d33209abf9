import type { Decision } from "../core/decision.ts";
import type { ModelId } from "../core/ids.ts";
import type { InferenceService } from "../core/inference-service.ts";
import type { KeyDirectory } from "../core/records.ts";
import type { Explain, LookedAtJob } from "./foresee.ts";
import type { JointPorts } from "./joint-ports.ts";
import { askPanel } from "./panel/ask-panel.ts";
import { decidePanel } from "./panel/decide-panel.ts";
import type { Panel } from "./panel/panel.ts";

/** The joint models of one configuration. */
export interface JointModels {
  readonly panels: readonly Panel[];
}

/** The same service, in which the id of a panel is a model. `models` is read once per request. */
export function withJointModels(ports: JointPorts, models: () => JointModels): InferenceService {
  return {
    explain: (job) => explainJoint(ports, models(), job),
    async execute(job) {
      const panel = find(models().panels, job.request.model);
      return panel === undefined ? ports.service.execute(job) : askPanel(ports, panel, job);
    },
  };
}

/** The decision on any request, joint or not, without recording or sending anything. */
export function explainJoint(
  ports: Pick<JointPorts, "newRequestId" | "random" | "parseChat"> & {
    readonly service: { readonly explain: Explain };
    readonly keys: Pick<KeyDirectory, "spendOf">;
  },
  { panels }: JointModels,
  job: LookedAtJob,
): Decision {
  const panel = find(panels, job.request.model);
  const { service, keys } = ports;
  if (panel === undefined) return service.explain(job);
  const facts = { ...ports, explain: service.explain, spend: keys.spendOf(job.principal.keyId) };
  return decidePanel(facts, panel, job).decision;
}

function find<Model extends { readonly id: ModelId }>(models: readonly Model[], id: ModelId): Model | undefined {
  return models.find((model) => model.id === id);
}
