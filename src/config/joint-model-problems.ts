import { nearestName } from "../core/nearest-name.ts";
import type { ApplianceConfig } from "./appliance-schema.ts";

/** Something wrong with a panel or a plan, and where. */
interface JointModelProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with the names of panels and plans: an id that is taken, a model that nobody has. */
export function jointModelProblems(config: ApplianceConfig): readonly JointModelProblem[] {
  const models = new Set([
    ...config.models.map(({ id }) => id),
    ...config.providers.flatMap((provider) => provider.models.map(({ id }) => id)),
  ]);
  const ids = [...config.panels, ...config.plans].map(({ id }) => id);
  const problems: JointModelProblem[] = [];
  const checkName = (path: readonly PropertyKey[], id: string): void => {
    if (models.has(id)) return;
    const nearest = nearestName(id, [...models]);
    const hint = nearest === undefined ? "name one of `models` or of a provider" : `did you mean ${nearest}?`;
    problems.push({ path, message: `names ${id}, which is no model here; ${hint}` });
  };
  const checkId = (path: readonly PropertyKey[], id: string, position: number): void => {
    if (models.has(id)) problems.push({ path, message: `${id} is the id of a model` });
    if (ids.indexOf(id) !== position) problems.push({ path, message: `${id} is used twice` });
  };
  config.panels.forEach(({ id, members, judge }, index) => {
    checkId(["panels", index, "id"], id, index);
    if (typeof judge === "object" && "model" in judge) checkName(["panels", index, "judge", "model"], judge.model);
    members.forEach((member, inner) => checkName(["panels", index, "members", inner], member));
  });
  config.plans.forEach(({ id, planner, joiner, workers }, index) => {
    checkId(["plans", index, "id"], id, config.panels.length + index);
    checkName(["plans", index, "planner"], planner);
    if (joiner !== undefined) checkName(["plans", index, "joiner"], joiner);
    workers.forEach((worker, inner) => checkName(["plans", index, "workers", inner], worker));
  });
  return problems;
}
