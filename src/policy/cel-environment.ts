import { Environment } from "@marcbachmann/cel-js";
import type { RE2JS } from "re2js";
import type { PolicyFacts } from "../core/policy-port.ts";
import {
  ROOTS_OF_SCOPE,
  TOOL_CALL_FIELDS,
  VARIABLES,
  type ConditionScope,
  type VariableRoot,
  type VariableType,
} from "./variables.ts";

/** Nodes of one condition's syntax tree: a generous rule has 30. */
const MAX_AST_NODES = 300;

/** Nesting of one condition. The parser counts each precedence level, so this is about 8 brackets deep. */
const MAX_DEPTH = 48;

/** Elements of a list or map that a condition writes out. */
const MAX_LITERAL_ELEMENTS = 200;

/** Text that one call matches a pattern against, in characters; more is an error. */
const MAX_MATCHED_CHARACTERS: Readonly<Record<ConditionScope, number>> = {
  request: 1_024,
  endpoint: 1_024,
  answer: 65_536,
};

const CEL_TYPES: Readonly<Record<VariableType, string>> = {
  string: "string",
  number: "double",
  bool: "bool",
  "list<string>": "list<string>",
  "map<string, string>": "map<string, string>",
  json: "dyn",
  "list<tool_call>": "list<tool_call>",
};

/** The facts of one thing that a condition is about, by root. */
export type ConditionFacts = Partial<PolicyFacts> & { readonly answer?: FactsOfRoot };

/** A call of a tool, as conditions read it. */
export class ToolCall {
  readonly name: string;
  readonly arguments: unknown;

  constructor(name: string, callArguments: unknown) {
    this.name = name;
    this.arguments = callArguments;
  }
}

type FactsOfRoot = Readonly<Record<string, unknown>>;

/** What CEL sees in place of the facts of one root: an object with the declared fields and nothing else. */
class FactsView {
  readonly facts: FactsOfRoot;

  constructor(facts: FactsOfRoot) {
    this.facts = facts;
  }
}

/** CEL tells types by constructor, so that every root needs a class of its own. */
const VIEW_CLASSES = Object.fromEntries(
  Object.keys(VARIABLES).map((root) => [root, viewClassOf(root as VariableRoot)]),
) as unknown as Readonly<Record<VariableRoot, typeof FactsView>>;

function viewClassOf(root: VariableRoot): typeof FactsView {
  const viewClass = class extends FactsView {};
  for (const field of Object.keys(VARIABLES[root]))
    Object.defineProperty(viewClass.prototype, field, {
      get(this: FactsView) {
        return this.facts[field];
      },
    });
  return viewClass;
}

/**
 * The facts as the variables of a CEL evaluation. Views are made when they are read and kept nowhere: they are so small
 * that a cache costs more, and a WeakMap keeps young garbage alive.
 */
export class CelVariables {
  readonly facts: ConditionFacts;

  constructor(facts: ConditionFacts) {
    this.facts = facts;
  }
}

for (const root of Object.keys(VARIABLES) as readonly VariableRoot[])
  Object.defineProperty(CelVariables.prototype, root, {
    get(this: CelVariables) {
      const facts = this.facts[root];
      return facts === undefined ? undefined : new VIEW_CLASSES[root](facts);
    },
  });

/**
 * A CEL environment with exactly the variables of the table, typed. Numbers are doubles and mix with whole numbers.
 * `matchesRe2` takes linear time on any text; `patternOf` hands out patterns that were compiled when the policy was
 * loaded.
 */
export function createCelEnvironment(
  scope: ConditionScope,
  patternOf: (pattern: string) => RE2JS,
  onMatch: (characters: number) => void,
): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: true,
    enableOptionalTypes: false,
    limits: {
      maxAstNodes: MAX_AST_NODES,
      maxDepth: MAX_DEPTH,
      maxListElements: MAX_LITERAL_ELEMENTS,
      maxMapEntries: MAX_LITERAL_ELEMENTS,
    },
  });
  if (scope === "answer") environment.registerType("tool_call", { ctor: ToolCall, fields: { ...TOOL_CALL_FIELDS } });
  for (const root of ROOTS_OF_SCOPE[scope]) {
    const fields = Object.fromEntries(
      Object.entries(VARIABLES[root]).map(([field, { type }]) => [field, CEL_TYPES[type]]),
    );
    environment.registerType(root, { ctor: VIEW_CLASSES[root], fields });
    environment.registerVariable(root, root);
  }
  registerMixedArithmetic(environment);
  environment.registerFunction("string.matchesRe2(string): bool", (text: string, pattern: string) => {
    const most = MAX_MATCHED_CHARACTERS[scope];
    if (text.length > most) throw new Error(`text of more than ${most} characters is not matched`);
    onMatch(text.length);
    return patternOf(pattern).test(text);
  });
  return environment;
}

/** CEL itself keeps whole and other numbers apart; a writer of policies should not have to. */
function registerMixedArithmetic(environment: Environment): void {
  const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
  };
  for (const [operator, apply] of Object.entries(operators)) {
    environment.registerOperator(`double ${operator} int`, (a: number, b: bigint) => apply(a, Number(b)));
    environment.registerOperator(`int ${operator} double`, (a: bigint, b: number) => apply(Number(a), b));
  }
  environment.registerOperator("double == int", (a: number, b: bigint) => a === Number(b));
  environment.registerOperator("double in list<int>", (value: number, list: readonly bigint[]) =>
    list.some((element) => Number(element) === value),
  );
}
