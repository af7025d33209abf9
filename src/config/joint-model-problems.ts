import { nearestName } from "../core/nearest-name.ts";
import type { ApplianceConfig } from "./appliance-schema.ts";

/** Something wrong with a panel, and where. */
interface JointModelProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with the names of panels: an id that is taken, a member that nobody has. */
export function jointModelProblems(config: ApplianceConfig): readonly JointModelProblem[] {
  const models = new Set([
    ...config.models.map(({ id }) => id),
    ...config.providers.flatMap((provider) => provider.models.map(({ id }) => id)),
  ]);
  const ids = config.panels.map(({ id }) => id);
  const problems: JointModelProblem[] = [];
  const checkName = (path: readonly PropertyKey[], id: string): void => {
    if (models.has(id)) return;
    const nearest = nearestName(id, [...models]);
    const hint = nearest === undefined ? "name one of `models` or of a provider" : `did you mean ${nearest}?`;
    problems.push({ path, message: `names ${id}, which is no model here; ${hint}` });
  };
  config.panels.forEach(({ id, members, judge }, index) => {
    if (models.has(id)) problems.push({ path: ["panels", index, "id"], message: `${id} is the id of a model` });
    if (ids.indexOf(id) !== index) problems.push({ path: ["panels", index, "id"], message: `${id} is used twice` });
    if (typeof judge === "object") checkName(["panels", index, "judge", "model"], judge.model);
    members.forEach((member, inner) => checkName(["panels", index, "members", inner], member));
  });
  return problems;
}
