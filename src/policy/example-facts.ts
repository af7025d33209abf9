import { ToolCall, type ConditionFacts } from "./cel-environment.ts";
import { ROOTS_OF_SCOPE, VARIABLES, type ConditionScope, type VariableRoot, type VariableType } from "./variables.ts";

const EXAMPLES: Readonly<Record<VariableType, unknown>> = {
  string: "example",
  number: 1,
  bool: true,
  "list<string>": ["example"],
  "map<string, string>": { example: "example" },
  json: {},
  "list<tool_call>": [new ToolCall("example", {})],
};

function exampleOf(root: VariableRoot): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(VARIABLES[root]).map(([field, { type, values }]) => [field, values?.[0] ?? EXAMPLES[type]]),
  );
}

/** Facts in which every variable has some value, to evaluate a condition once before the first request does. */
export function exampleFacts(scope: ConditionScope): ConditionFacts {
  return Object.fromEntries(ROOTS_OF_SCOPE[scope].map((root) => [root, exampleOf(root)]));
}
