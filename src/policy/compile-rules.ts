import type { ObjectiveWeights } from "../core/decision.ts";
import type { CompiledConstraint, CompiledRoute, Condition } from "../core/policy-port.ts";
import { createConditionCompiler } from "./compile-condition.ts";
import { findingAbout, knownNames, type PolicyContext } from "./known-names.ts";
import type { PolicyFile } from "./policy-schema.ts";
import type { PolicyProblem, PolicySource, SourcePath } from "./policy-source.ts";
import type { ConditionScope } from "./variables.ts";
import { toMicroUsd } from "../core/money.ts";

/** The rules of a file, compiled; usable only if there are no problems. */
export interface CompiledRules {
  readonly constraints: readonly CompiledConstraint[];
  readonly routes: readonly CompiledRoute[];
  readonly problems: readonly PolicyProblem[];
  readonly warnings: readonly PolicyProblem[];
}

/** Stands in for a condition that did not compile; a file with one is refused, so that it is never evaluated. */
const REFUSED: Condition = () => ({ error: "the condition did not compile" });

const ALWAYS: Condition = () => true;

/** Compiles every condition of a file and reports names that are used twice and routes that no request reaches. */
export function compileRules(source: PolicySource, file: PolicyFile, context: PolicyContext): CompiledRules {
  const compiler = createRuleCompiler(source, file, context);
  const constraints = file.constraints.map((constraint, index) => compiler.constraint(constraint, index));
  const routes = file.routes.map((route, index) => compiler.route(route, index));
  return {
    constraints,
    routes,
    problems: [
      ...compiler.problems,
      ...repeated(file.constraints, "constraints", source),
      ...repeated(file.routes, "routes", source),
    ],
    warnings: [...compiler.warnings, ...unreachable(file.routes, source)],
  };
}

interface RuleCompiler {
  readonly problems: PolicyProblem[];
  readonly warnings: PolicyProblem[];
  constraint(constraint: PolicyFile["constraints"][number], index: number): CompiledConstraint;
  route(route: PolicyFile["routes"][number], index: number): CompiledRoute;
}

function createRuleCompiler(source: PolicySource, file: PolicyFile, context: PolicyContext): RuleCompiler {
  const problems: PolicyProblem[] = [];
  const warnings: PolicyProblem[] = [];
  const compile = createConditionCompiler();
  const known = knownNames(file, context);
  const condition = (
    text: string,
    scope: ConditionScope,
    path: SourcePath,
  ): { holds: Condition; readsEndpoint: boolean } => {
    const compiled = compile(text, scope);
    if (!compiled.ok) {
      problems.push(...compiled.problems.map((problem) => source.problemAt(path, problem)));
      return { holds: REFUSED, readsEndpoint: true };
    }
    if (compiled.warning !== undefined) warnings.push(source.problemAt(path, { message: compiled.warning }));
    for (const comparison of compiled.comparisons) {
      const finding = findingAbout(comparison, known);
      if (finding !== undefined)
        (finding.isProblem ? problems : warnings).push(
          source.problemAt(path, { ...finding, offset: comparison.offset }),
        );
    }
    return { holds: compiled.condition, readsEndpoint: compiled.readsEndpoint };
  };
  return {
    problems,
    warnings,
    constraint({ id, when, require }, index) {
      const applies = condition(when, "endpoint", ["constraints", index, "when"]);
      const required = condition(require, "endpoint", ["constraints", index, "require"]);
      return {
        id,
        when: applies.holds,
        whenReadsEndpoint: applies.readsEndpoint,
        require: required.holds,
        requireText: require,
      };
    },
    route({ id, when, prefer, burstWhen, objective, hedge, cascade, continuation, weights }, index) {
      const path = ["routes", index];
      return {
        id,
        when: when === undefined ? ALWAYS : condition(when, "request", [...path, "when"]).holds,
        prefer: prefer.map((text, tier) => ({
          text,
          holds: condition(text, "endpoint", [...path, "prefer", tier]).holds,
        })),
        ...(burstWhen === undefined
          ? {}
          : { burstWhen: { text: burstWhen, holds: condition(burstWhen, "endpoint", [...path, "burstWhen"]).holds } }),
        objective,
        ...(hedge === undefined ? {} : { hedge }),
        ...(cascade === undefined ? {} : { cascade }),
        ...(continuation === undefined ? {} : { continuation }),
        ...(weights === undefined ? {} : { weights: weightsOf(weights) }),
      };
    },
  };
}

/** The weights that a file states in USD; what it leaves out stays open. */
function weightsOf(weights: NonNullable<PolicyFile["routes"][number]["weights"]>): ObjectiveWeights {
  const { firstContentSecondUsd, answerSecondUsd, qualityUsd, failureUsd } = weights;
  const stated = {
    firstContentSecondMicroUsd: firstContentSecondUsd,
    answerSecondMicroUsd: answerSecondUsd,
    qualityMicroUsd: qualityUsd,
    failureMicroUsd: failureUsd,
  };
  return Object.fromEntries(
    Object.entries(stated).flatMap(([name, usd]) => (usd === undefined ? [] : [[name, toMicroUsd(usd)]])),
  );
}

function repeated(
  items: readonly { readonly id: string }[],
  list: string,
  source: PolicySource,
): readonly PolicyProblem[] {
  return items.flatMap(({ id }, index) =>
    items.findIndex((other) => other.id === id) === index
      ? []
      : [source.problemAt([list, index, "id"], { message: `${id} is used twice in ${list}` })],
  );
}

function unreachable(routes: PolicyFile["routes"], source: PolicySource): readonly PolicyProblem[] {
  const last = routes.findIndex(({ when }) => when === undefined || when.trim() === "true");
  if (last === -1) return [];
  return routes.slice(last + 1).map(({ id }, offset) =>
    source.problemAt(["routes", last + 1 + offset, "id"], {
      message: `route ${id} is never reached: ${routes[last]?.id ?? ""} before it always applies`,
    }),
  );
}
