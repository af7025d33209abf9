import { Environment } from "@marcbachmann/cel-js";
import type { RE2JS } from "re2js";
import type { PolicyFacts } from "../core/policy-port.ts";
import { VARIABLE_ROOTS, VARIABLES, type VariableRoot, type VariableType } from "./variables.ts";

/** Nodes of one condition's syntax tree: a generous rule has 30. */
const MAX_AST_NODES = 300;

/** Nesting of one condition. The parser counts each precedence level, so this is about 8 brackets deep. */
const MAX_DEPTH = 48;

/** Elements of a list or map that a condition writes out. */
const MAX_LITERAL_ELEMENTS = 200;

/** Text that a pattern is matched against, in characters; more is an error. */
const MAX_MATCHED_CHARACTERS = 1_024;

/** `endpoint` is unknown while a route is chosen; conditions on requests are checked without it. */
export type ConditionScope = "request" | "endpoint";

const CEL_TYPES: Readonly<Record<VariableType, string>> = {
  string: "string",
  number: "double",
  bool: "bool",
  "list<string>": "list<string>",
  "map<string, string>": "map<string, string>",
};

type FactsOfRoot = Readonly<Record<string, unknown>>;

/** What CEL sees in place of the facts of one root: an object with the declared fields and nothing else. */
class FactsView {
  readonly facts: FactsOfRoot;

  constructor(facts: FactsOfRoot) {
    this.facts = facts;
  }
}

/** CEL tells types by constructor, so that every root needs a class of its own. */
const VIEW_CLASSES = Object.fromEntries(VARIABLE_ROOTS.map((root) => [root, viewClassOf(root)])) as unknown as Readonly<
  Record<VariableRoot, typeof FactsView>
>;

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
  readonly facts: PolicyFacts;

  constructor(facts: PolicyFacts) {
    this.facts = facts;
  }
}

for (const root of VARIABLE_ROOTS)
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
export function createCelEnvironment(scope: ConditionScope, patternOf: (pattern: string) => RE2JS): Environment {
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
  for (const root of VARIABLE_ROOTS) {
    if (root === "endpoint" && scope === "request") continue;
    const fields = Object.fromEntries(
      Object.entries(VARIABLES[root]).map(([field, { type }]) => [field, CEL_TYPES[type]]),
    );
    environment.registerType(root, { ctor: VIEW_CLASSES[root], fields });
    environment.registerVariable(root, root);
  }
  registerMixedArithmetic(environment);
  environment.registerFunction("string.matchesRe2(string): bool", (text: string, pattern: string) => {
    if (text.length > MAX_MATCHED_CHARACTERS)
      throw new Error(`text of more than ${MAX_MATCHED_CHARACTERS} characters is not matched`);
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
