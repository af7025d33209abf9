import type { Decision } from "../core/decision.ts";
import type { ModelId } from "../core/ids.ts";
import type { InferenceService } from "../core/inference-service.ts";
import type { KeyDirectory } from "../core/records.ts";
import type { Explain, LookedAtJob } from "./foresee.ts";
import type { JointPorts, RequestWriting } from "./joint-ports.ts";
import { askPanel } from "./panel/ask-panel.ts";
import { decidePanel } from "./panel/decide-panel.ts";
import type { Panel } from "./panel/panel.ts";
import { decidePlan } from "./plan/decide-plan.ts";
import type { Plan } from "./plan/plan.ts";
import { runPlan } from "./plan/run-plan.ts";

/** The joint models of one configuration. */
export interface JointModels {
  readonly panels: readonly Panel[];
  readonly plans: readonly Plan[];
}

/** The same service, in which the id of a panel or a plan is a model. `models` is read once per request. */
export function withJointModels(ports: JointPorts, models: () => JointModels): InferenceService {
  return {
    explain: (job) => explainJoint(ports, models(), job),
    async execute(job) {
      const { panels, plans } = models();
      const panel = find(panels, job.request.model);
      if (panel !== undefined) return askPanel(ports, panel, job);
      const plan = find(plans, job.request.model);
      return plan === undefined ? ports.service.execute(job) : runPlan(ports, plan, job);
    },
  };
}

/** The decision on any request, joint or not, without recording or sending anything. */
export function explainJoint(
  ports: RequestWriting & {
    readonly service: { readonly explain: Explain };
    readonly keys: Pick<KeyDirectory, "spendOf">;
  },
  { panels, plans }: JointModels,
  job: LookedAtJob,
): Decision {
  const panel = find(panels, job.request.model);
  const plan = find(plans, job.request.model);
  const { service, keys } = ports;
  const facts = { ...ports, explain: service.explain, spend: keys.spendOf(job.principal.keyId) };
  if (panel !== undefined) return decidePanel(facts, panel, job).decision;
  return plan === undefined ? service.explain(job) : decidePlan(facts, plan, job).decision;
}

function find<Model extends { readonly id: ModelId }>(models: readonly Model[], id: ModelId): Model | undefined {
  return models.find((model) => model.id === id);
}
