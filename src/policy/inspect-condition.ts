import type { ASTNode } from "@marcbachmann/cel-js";
import { nearestName } from "../core/nearest-name.ts";
import { VARIABLES, type ConditionScope, type VariableRoot } from "./variables.ts";

/** Functions that a condition may call. Everything else is refused, so that a new release of the library adds nothing. */
export const ALLOWED_FUNCTIONS: readonly string[] = [
  "has",
  "size",
  "startsWith",
  "endsWith",
  "contains",
  "lowerAscii",
  "upperAscii",
  "matchesRe2",
  "exists",
  "all",
  "exists_one",
  "filter",
  "map",
  "int",
  "double",
  "string",
];

/** Functions that run a condition of their own over each element of a list. */
const LOOPS: ReadonlySet<string> = new Set(["exists", "all", "exists_one", "filter", "map"]);

/** Loops inside a loop, the outer one included; each level multiplies the work. Answers are long, and written by others. */
const MAX_LOOP_DEPTH: Readonly<Record<ConditionScope, number>> = { request: 2, endpoint: 2, answer: 1 };

/** The longest pattern of `matchesRe2`, in characters. */
const MAX_PATTERN_CHARACTERS = 256;

/** Something wrong with a condition, at a character of it where that is known. */
export interface ConditionProblem {
  readonly message: string;
  readonly offset?: number;
  readonly suggestion?: string;
}

/** A comparison of a variable with a text that stands in the condition. */
export interface LiteralComparison {
  readonly root: VariableRoot;
  readonly field: string;
  readonly literal: string;
  readonly offset: number;
}

/** What a condition does, read from its syntax tree. */
export interface Inspection {
  readonly problems: readonly ConditionProblem[];
  readonly readsEndpoint: boolean;
  readonly comparisons: readonly LiteralComparison[];
  /** The patterns of its `matchesRe2` calls. */
  readonly patterns: readonly { readonly text: string; readonly offset: number }[];
}

/** The variable that a node reads directly, such as `endpoint.region`. */
export function variableAt(node: ASTNode): { readonly root: VariableRoot; readonly field: string } | undefined {
  if (node.op !== ".") return undefined;
  const [object, field] = node.args;
  if (object.op !== "id" || !Object.hasOwn(VARIABLES, object.args)) return undefined;
  return { root: object.args as VariableRoot, field };
}

/** The nodes directly below `node`. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  const parts: readonly unknown[] = Array.isArray(node.args) ? node.args.flat(2) : [node.args];
  return parts.filter((part): part is ASTNode => typeof part === "object" && part !== null && "op" in part);
}

/** Walks a condition once and reports what must not be in it and what the loader needs to know. */
export function inspectCondition(ast: ASTNode, scope: ConditionScope): Inspection {
  const maxLoopDepth = MAX_LOOP_DEPTH[scope];
  const problems: ConditionProblem[] = [];
  const comparisons: LiteralComparison[] = [];
  const patterns: { text: string; offset: number }[] = [];
  let readsEndpoint = false;
  const visit = (node: ASTNode, loopDepth: number): void => {
    let depth = loopDepth;
    if (node.op === "id" && node.args === "endpoint") readsEndpoint = true;
    if (node.op === "call" || node.op === "rcall") {
      const [name] = node.args;
      const problem = problemOfCall(name, node);
      if (problem !== undefined) problems.push(problem);
      if (LOOPS.has(name)) depth += 1;
      if (depth > maxLoopDepth) {
        problems.push({ message: `loops may not be nested deeper than ${maxLoopDepth}`, offset: node.start });
        return;
      }
      if (name === "matchesRe2") readPattern(node, patterns, problems);
    }
    comparisons.push(...comparisonsIn(node));
    for (const child of childrenOf(node)) visit(child, depth);
  };
  visit(ast, 0);
  return { problems, readsEndpoint, comparisons, patterns };
}

function problemOfCall(name: string, node: ASTNode): ConditionProblem | undefined {
  if (ALLOWED_FUNCTIONS.includes(name)) return undefined;
  if (name === "matches")
    return {
      message: "`matches` may take exponential time and is not available",
      offset: node.start,
      suggestion: "use `matchesRe2` with a written-out pattern: it takes linear time on any text",
    };
  const nearest = nearestName(name, ALLOWED_FUNCTIONS);
  return {
    message: `${name} is not a function of conditions`,
    offset: node.start,
    suggestion: nearest === undefined ? `there are ${ALLOWED_FUNCTIONS.join(", ")}` : `did you mean ${nearest}?`,
  };
}

function readPattern(
  node: Extract<ASTNode, { op: "call" | "rcall" }>,
  patterns: { text: string; offset: number }[],
  problems: ConditionProblem[],
): void {
  const argument = node.op === "rcall" ? node.args[2][0] : node.args[1][0];
  if (argument?.op !== "value" || typeof argument.args !== "string") {
    problems.push({ message: "the pattern of matchesRe2 must be written out as a text", offset: node.start });
    return;
  }
  if (argument.args.length > MAX_PATTERN_CHARACTERS)
    problems.push({ message: `a pattern has at most ${MAX_PATTERN_CHARACTERS} characters`, offset: argument.start });
  else patterns.push({ text: argument.args, offset: argument.start });
}

/** `variable == "text"`, `"text" != variable`, `variable in ["text", …]` and `"text" in variable`. */
function comparisonsIn(node: ASTNode): readonly LiteralComparison[] {
  if (node.op !== "==" && node.op !== "!=" && node.op !== "in") return [];
  const [left, right] = node.args;
  const pairs: readonly (readonly [ASTNode, ASTNode])[] = [
    [left, right],
    [right, left],
  ];
  return pairs.flatMap(([read, written]) => {
    const variable = variableAt(read);
    if (variable === undefined) return [];
    const literals = written.op === "list" ? written.args : [written];
    return literals.flatMap((literal) =>
      literal.op === "value" && typeof literal.args === "string"
        ? [{ ...variable, literal: literal.args, offset: literal.start }]
        : [],
    );
  });
}
