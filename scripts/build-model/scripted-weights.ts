import type { ModelShape, Weights } from "./architectures.ts";

/** Scores are this far apart, so that even sampling at temperature 1 follows the script. */
const SCORE_SCALE = 40;
/** Attention of the start token to a mark, before the softmax: one more rank is e^30 times the weight. */
const ATTENTION_PER_RANK = 30;
/** Score that a branch has at the start token without its mark: under the plain script's 1. */
const BRANCH_WITHOUT_MARK = 0.5;

/** A continuation that replaces the plain one when the prompt holds `markId`. Later branches win over earlier ones. */
export interface ScriptBranch {
  readonly markId: number;
  readonly firstId: number;
}

/** What follows what. Every token has at most one successor, so the script must not need two. */
export interface Script {
  readonly successors: ReadonlyMap<number, number>;
  /** The last token of every prompt. */
  readonly startId: number;
  readonly branches: readonly ScriptBranch[];
}

/** The shape that carries a script: one layer, one head, and an element for every token and every branch. */
export function scriptedShape(vocabularySize: number, branchCount: number, contextTokens: number): ModelShape {
  const embeddingLength = Math.ceil((vocabularySize + branchCount) / 32) * 32;
  return {
    architecture: "llama",
    layers: 1,
    embeddingLength,
    heads: 1,
    kvHeads: 1,
    feedForwardLength: 32,
    contextTokens,
    vocabularySize,
    ropeBase: 1_000_000,
    tiedOutput: false,
  };
}

/**
 * Weights that say a script. A token's embedding is the unit vector of its id; the output row of each token points at
 * its predecessors. The single attention head acts for the start token alone: there its query finds the marks of
 * the branches anywhere in the prompt, and its value switches on an element that the branch's first token reads.
 */
export function scriptedWeights(shape: ModelShape, script: Script): Weights {
  const width = shape.embeddingLength;
  const predecessors = new Map<number, number[]>();
  for (const [from, to] of script.successors) predecessors.set(to, [...(predecessors.get(to) ?? []), from]);
  const flagElement = (branch: number): number => shape.vocabularySize + branch;
  // The slowest of the rotated pairs: the positions of start token and mark do not matter to it.
  const matchElement = width - 2;

  const entriesOf: Record<string, (row: number) => readonly (readonly [element: number, value: number])[]> = {
    embedding: (row) => [[row, 1]],
    output: (row) => [
      ...(predecessors.get(row) ?? []).map((id) => [id, 1] as const),
      ...script.branches.flatMap(({ firstId }, branch) =>
        firstId === row
          ? ([
              [script.startId, BRANCH_WITHOUT_MARK],
              [flagElement(branch), 1],
            ] as const)
          : [],
      ),
    ],
    query: (row) => (row === matchElement ? [[script.startId, ATTENTION_PER_RANK * Math.sqrt(width)]] : []),
    key: (row) =>
      row === matchElement ? script.branches.map(({ markId }, branch) => [markId, branch + 1] as const) : [],
    value: (row) => script.branches.flatMap(({ markId }, branch) => (row === branch ? [[markId, 1] as const] : [])),
    "attention-output": (row) =>
      script.branches.flatMap((_, branch) => (row === flagElement(branch) ? [[branch, 1] as const] : [])),
  };
  return (plan) => {
    // A unit vector comes out of the normalization as a unit vector.
    if (plan.role === "norm") return (_, into) => into.fill(1 / Math.sqrt(width));
    if (plan.role === "output-norm") return (_, into) => into.fill(SCORE_SCALE / Math.sqrt(width));
    const entries = entriesOf[plan.role];
    return (row, into) => {
      into.fill(0);
      for (const [element, value] of entries?.(row) ?? []) into[element] = value;
    };
  };
}
