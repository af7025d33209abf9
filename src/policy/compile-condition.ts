import { EvaluationError, ParseError, serialize, TypeError as CelTypeError, type ASTNode } from "@marcbachmann/cel-js";
import { RE2JS } from "re2js";
import { nearestName } from "../core/nearest-name.ts";
import { CelVariables, createCelEnvironment, type ConditionFacts } from "./cel-environment.ts";
import { exampleFacts } from "./example-facts.ts";
import {
  childrenOf,
  inspectCondition,
  variableAt,
  type ConditionProblem,
  type LiteralComparison,
} from "./inspect-condition.ts";
import { compilePlain } from "./plain-condition.ts";
import { ROOTS_OF_SCOPE, TOOL_CALL_FIELDS, VARIABLES, type ConditionScope, type VariableRoot } from "./variables.ts";

/** The longest condition, in characters. */
const MAX_CONDITION_CHARACTERS = 2_000;

/** Instructions that a compiled pattern may have: counted repetitions multiply, and time grows with them. */
const MAX_PATTERN_INSTRUCTIONS = 1_000;

type Outcome = boolean | { readonly error: string };

/** A condition on the facts of its scope. Never throws. */
type Evaluate = (facts: ConditionFacts) => Outcome;

/** A condition ready to be evaluated, or what is wrong with it. */
export type CompiledCondition =
  | {
      readonly ok: true;
      readonly condition: Evaluate;
      readonly readsEndpoint: boolean;
      readonly comparisons: readonly LiteralComparison[];
      /** What the condition did with example values, where that was not an answer. */
      readonly warning?: string;
    }
  | { readonly ok: false; readonly problems: readonly ConditionProblem[] };

/** How the error about a fact that is not known ends. */
const UNKNOWN = " is unknown";

/** Compiles conditions of one policy. Everything that can be found out before the first request is found out here. */
export type ConditionCompiler = (text: string, scope: ConditionScope) => CompiledCondition;

/**
 * A compiler with its own environments and patterns; one per policy file.
 * @param onMatch Told how many characters a pattern is about to be matched against; what it throws is the evaluation's error.
 */
export function createConditionCompiler(onMatch: (characters: number) => void = () => {}): ConditionCompiler {
  const patterns = new Map<string, RE2JS>();
  const patternOf = (pattern: string): RE2JS => {
    const compiled = patterns.get(pattern);
    if (compiled === undefined) throw new Error("the pattern was not compiled with the policy");
    return compiled;
  };
  const environments = {
    request: createCelEnvironment("request", patternOf, onMatch),
    endpoint: createCelEnvironment("endpoint", patternOf, onMatch),
    answer: createCelEnvironment("answer", patternOf, onMatch),
  };
  return (text, scope) => {
    if (text.length > MAX_CONDITION_CHARACTERS)
      return { ok: false, problems: [{ message: `a condition has at most ${MAX_CONDITION_CHARACTERS} characters` }] };
    const environment = environments[scope];
    let ast: ASTNode;
    try {
      ast = environment.parse(text).ast;
    } catch (error) {
      // The parser reports by throwing; the reader gets the problem as a value.
      return { ok: false, problems: [problemOf(error, text, scope)] };
    }
    const inspection = inspectCondition(ast, scope);
    const patternProblems = inspection.patterns.flatMap(({ text: pattern, offset }) =>
      compilePattern(pattern, offset, patterns),
    );
    const problems = [...inspection.problems, ...patternProblems, ...checkType()];
    if (problems.length > 0) return { ok: false, problems };
    const evaluate = compileNode(ast, (part) => environment.parse(part));
    const example = evaluate(exampleFacts(scope));
    return {
      ok: true,
      condition: evaluate,
      readsEndpoint: inspection.readsEndpoint,
      comparisons: inspection.comparisons,
      ...(typeof example === "boolean" || example.error.endsWith(UNKNOWN)
        ? {}
        : { warning: `with example values it fails: ${example.error}` }),
    };

    function checkType(): readonly ConditionProblem[] {
      const checked = environment.check(text);
      if (!checked.valid) return [problemOf(checked.error, text, scope)];
      if (checked.type === "bool") return [];
      if (checked.type === "dyn") return [{ message: "may be anything", suggestion: "compare it: `… == true`" }];
      return [{ message: `must be true or false, but is a ${checked.type ?? "?"}` }];
    }
  };
}

/** Compiles a pattern into `patterns`, or says what is wrong with it. */
function compilePattern(pattern: string, offset: number, patterns: Map<string, RE2JS>): readonly ConditionProblem[] {
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.programSize() > MAX_PATTERN_INSTRUCTIONS)
      return [{ message: "the pattern repeats too much: it would be slow", offset }];
    patterns.set(pattern, compiled);
    return [];
  } catch (error) {
    // A pattern that does not compile is the writer's problem and is reported as one.
    return [{ message: error instanceof Error ? error.message : String(error), offset }];
  }
}

type Parse = (text: string) => (variables: CelVariables) => unknown;

/**
 * A condition as a tree: `&&`, `||` and `!` here, with CEL's meaning (a side that decides wins over an error on the
 * other), and everything below them as one evaluation of CEL. So an unknown fact costs a look instead of an exception,
 * and the error names the fact.
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators
 */
function compileNode(node: ASTNode, parse: Parse): Evaluate {
  switch (node.op) {
    case "&&":
      return combine(compileNode(node.args[0], parse), compileNode(node.args[1], parse), false);
    case "||":
      return combine(compileNode(node.args[0], parse), compileNode(node.args[1], parse), true);
    case "!_": {
      const inner = compileNode(node.args, parse);
      return (facts) => {
        const value = inner(facts);
        return typeof value === "boolean" ? !value : value;
      };
    }
    default:
      return compileAtom(node, parse);
  }
}

/** Both sides joined so that a side that is `decisive` decides alone. */
function combine(left: Evaluate, right: Evaluate, decisive: boolean): Evaluate {
  return (facts) => {
    const first = left(facts);
    if (first === decisive) return decisive;
    const second = right(facts);
    if (second === decisive) return decisive;
    return typeof first === "boolean" ? second : first;
  };
}

function compileAtom(node: ASTNode, parse: Parse): Evaluate {
  const program = parse(serialize(node));
  const needed = alwaysRead(node).map(({ root, field }) => {
    return { root, field, outcome: { error: `${root}.${field}${UNKNOWN}` } };
  });
  const plain = compilePlain(node);
  return (facts): Outcome => {
    const answer = plain?.(facts);
    if (answer !== undefined) return answer;
    for (const { root, field, outcome } of needed) if (facts[root]?.[field] === undefined) return outcome;
    try {
      const value = program(new CelVariables(facts));
      return typeof value === "boolean" ? value : { error: `it is not true or false but ${String(value)}` };
    } catch (error) {
      // A condition must not throw: the caller decides what an error means for a constraint or a preference.
      return { error: evaluationMessage(error) };
    }
  };
}

/** The variables that evaluating `node` reads whatever their values are. */
function alwaysRead(node: ASTNode): readonly { readonly root: VariableRoot; readonly field: string }[] {
  const variable = variableAt(node);
  if (variable !== undefined) return [variable];
  const isLazy = node.op === "?:" || node.op === "&&" || node.op === "||";
  const isMacro = node.op === "call" ? node.args[0] === "has" : false;
  if (isLazy || isMacro) return [];
  if (node.op === "rcall") return alwaysRead(node.args[1]);
  return childrenOf(node).flatMap(alwaysRead);
}

function evaluationMessage(error: unknown): string {
  if (!(error instanceof EvaluationError)) return error instanceof Error ? error.message : String(error);
  const missing = /^No such key: (.+)$/.exec(error.summary)?.[1];
  return missing === undefined ? error.summary : `${missing}${UNKNOWN}`;
}

/** A parse or type error in words, with the name that was probably meant. */
function problemOf(error: unknown, text: string, scope: ConditionScope): ConditionProblem {
  if (!(error instanceof ParseError || error instanceof CelTypeError))
    return { message: error instanceof Error ? error.message : String(error) };
  const offset = error.range?.start;
  const at = offset === undefined ? {} : { offset };
  const unknownVariable = /^Unknown variable: (.+)$/.exec(error.summary)?.[1];
  if (unknownVariable !== undefined) {
    if (unknownVariable === "endpoint" && scope === "request")
      return {
        message: "endpoint is not known yet when a route is chosen",
        ...at,
        suggestion: "use prefer or burstWhen",
      };
    return { message: `${unknownVariable} is not a variable`, ...at, ...meant(unknownVariable, ROOTS_OF_SCOPE[scope]) };
  }
  const unknownField = /^No such key: (.+)$/.exec(error.summary)?.[1];
  const root = /(\w+)\s*\.\s*$/.exec(text.slice(0, offset ?? 0))?.[1];
  if (unknownField !== undefined && root !== undefined && Object.hasOwn(VARIABLES, root))
    return {
      message: `${root} has no field ${unknownField}`,
      ...at,
      ...meant(unknownField, Object.keys(VARIABLES[root as VariableRoot])),
    };
  // CEL finds a member of a loop's variable here, whose type has no row in the table.
  if (unknownField !== undefined && scope === "answer")
    return { message: `there is no ${unknownField}`, ...at, ...meant(unknownField, Object.keys(TOOL_CALL_FIELDS)) };
  if (error.summary === "Unexpected character: =") return { message: error.summary, ...at, suggestion: "write ==" };
  if (error instanceof ParseError && /\s(?:and|or|not)\s/.test(text))
    return { message: error.summary, ...at, suggestion: "write && for and, || for or, ! for not" };
  return { message: error.summary, ...at };
}

function meant(given: string, names: readonly string[]): { readonly suggestion: string } {
  const nearest = nearestName(given, names);
  return { suggestion: nearest === undefined ? `there are ${names.join(", ")}` : `did you mean ${nearest}?` };
}
