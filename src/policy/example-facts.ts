import type { PolicyFacts } from "../core/policy-port.ts";
import type { ConditionScope } from "./cel-environment.ts";
import { VARIABLE_ROOTS, VARIABLES, type VariableRoot, type VariableType } from "./variables.ts";

const EXAMPLES: Readonly<Record<VariableType, unknown>> = {
  string: "example",
  number: 1,
  bool: true,
  "list<string>": ["example"],
  "map<string, string>": { example: "example" },
};

function exampleOf(root: VariableRoot): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(VARIABLES[root]).map(([field, { type, values }]) => [field, values?.[0] ?? EXAMPLES[type]]),
  );
}

const ROOTS = Object.fromEntries(
  VARIABLE_ROOTS.map((root) => [root, exampleOf(root)]),
) as unknown as Required<PolicyFacts>;

/** Facts in which every variable has some value, to evaluate a condition once before the first request does. */
export function exampleFacts(scope: ConditionScope): PolicyFacts {
  if (scope === "endpoint") return ROOTS;
  const { endpoint: _, ...requestFacts } = ROOTS;
  return requestFacts;
}
