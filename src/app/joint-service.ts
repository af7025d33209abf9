import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { InferenceService, ListedJointModel } from "../core/inference-service.ts";
import type { RequestMetrics } from "../core/request-metrics.ts";
import { createInferenceService, type DispatchPorts } from "../dispatch/execute-request.ts";
import type { JointPorts } from "../joint/joint-ports.ts";
import type { AnswerTest, Judge } from "../joint/panel/panel.ts";
import { withJointModels, type JointModels } from "../joint/serve-joint.ts";
import { compileAnswerTest } from "../policy/compile-answer-test.ts";
import { checkFormat } from "./check-format.ts";
import { countPart } from "./count-part.ts";
import { requestWriter } from "./request-writer.ts";

/** The box's service, with the joint models of the configuration that counts now. */
export function jointService(
  dispatch: DispatchPorts,
  config: () => ApplianceConfig,
  metrics: Pick<RequestMetrics, "attemptEnded" | "answerEnded">,
): InferenceService {
  const { journal, keys, clock } = dispatch;
  const service = createInferenceService(dispatch);
  const onPartEnded: JointPorts["onPartEnded"] = (end, times) => countPart(metrics, end, times);
  const writer = requestWriter(() => dispatch.active().dataClasses);
  const ports: JointPorts = { service, journal, keys, clock, ...writer, checkFormat, onPartEnded };
  return withJointModels(ports, () => jointModelsOf(config()));
}

type Models = Pick<ApplianceConfig, "panels" | "plans">;

type JudgeConfig = Models["panels"][number]["judge"];

/** The joint models as the catalogue lists them. */
export function listJointModels({ panels, plans }: Models): readonly ListedJointModel[] {
  return [
    ...panels.map(({ id, members, judge }) => ({
      id,
      description: `A panel: ${members.join(", ")} answer together; ${judgeOf(judge)}.`,
      modelIds: typeof judge === "object" && "model" in judge ? [...new Set([...members, judge.model])] : members,
    })),
    ...plans.map(({ id, planner, workers, joiner = planner }) => ({
      id,
      description: `A plan: ${planner} splits the task, ${workers.join(", ")} do the steps, ${joiner} joins them.`,
      modelIds: [...new Set([planner, ...workers, joiner])],
    })),
  ];
}

function judgeOf(judge: JudgeConfig): string {
  if (judge === "schema") return "the most frequent answer that follows the schema is given";
  if (judge === "majority") return "the majority decides";
  if ("tests" in judge) return `an answer that passes ${judge.tests.map(({ id }) => id).join(", ")} is given`;
  return `${judge.model} ${judge.merge ? "merges the answers" : "selects one of the answers"}`;
}

/** The names of all joint models. */
export function jointModelIds({ panels, plans }: Models): readonly string[] {
  return [...panels, ...plans].map(({ id }) => id);
}

const joined = new WeakMap<Models, JointModels>();

/** The panels and plans of a configuration, made once for each configuration. Its tests of answers were checked when it was read. */
export function jointModelsOf(config: Models): JointModels {
  const known = joined.get(config) ?? makeJointModels(config);
  joined.set(config, known);
  return known;
}

function makeJointModels({ panels, plans }: Models): JointModels {
  return {
    panels: panels.map(({ timeout, maxCostUsd, judge, quorum, ...panel }) => ({
      ...panel,
      quorum: quorum ?? (typeof judge === "object" && "tests" in judge ? 1 : 2),
      judge: judgeFrom(judge),
      timeoutMs: timeout,
      ...(maxCostUsd === undefined ? {} : { maxCostMicroUsd: maxCostUsd }),
    })),
    plans: plans.map(({ timeout, maxCostUsd, joiner, ...plan }) => ({
      ...plan,
      joiner: joiner ?? plan.planner,
      timeoutMs: timeout,
      ...(maxCostUsd === undefined ? {} : { maxCostMicroUsd: maxCostUsd }),
    })),
  };
}

function judgeFrom(judge: JudgeConfig): Judge {
  if (typeof judge === "string") return { kind: judge };
  if ("model" in judge) return { kind: "model", modelId: judge.model, merges: judge.merge };
  const tests = judge.tests.map(({ id, require, prefer }): AnswerTest => {
    const compiled = compileAnswerTest(require ?? prefer ?? "");
    if (!compiled.ok) throw new Error(`The test ${id} of answers does not compile.`);
    return { id, isRequired: require !== undefined, holds: compiled.holds };
  });
  return { kind: "tests", tests };
}
