import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from "node-llama-cpp";

/** What a step brought: at least one token, unless the model ended its turn with the first. */
export interface VerifiedDraft {
  readonly tokens: readonly Token[];
  /** The model ended its turn after `tokens`. */
  readonly isEnd: boolean;
}

/**
 * Evaluates the last token of a text and a draft of what follows it in one step. Returns the likeliest tokens: those of
 * the draft as far as they are that, and one more; what would have come without the draft. The sequence holds the text
 * and the confirmed tokens afterwards.
 */
export async function verifyDraft(
  sequence: LlamaContextSequence,
  last: Token,
  draft: readonly Token[],
  { tokenBias, evaluationPriority }: SequenceEvaluateOptions,
): Promise<VerifiedDraft> {
  const generateNext = { token: true, options: { temperature: 0, ...(tokenBias === undefined ? {} : { tokenBias }) } };
  const start = sequence.nextTokenIndex;
  const outputs = await sequence.controlledEvaluate(
    [last, ...draft].map((token) => [token, { generateNext }]),
    evaluationPriority === undefined ? {} : { evaluationPriority },
  );
  const tokens: Token[] = [];
  let isEnd = false;
  for (const [index, output] of outputs.entries()) {
    const token = output?.next.token;
    if (typeof token !== "number") throw new Error("The engine chose no token.");
    isEnd = sequence.model.isEogToken(token);
    if (isEnd) break;
    tokens.push(token);
    if (token !== draft[index]) break;
  }
  // The last of the tokens is not evaluated yet; of the draft only the confirmed ones stay.
  const heldTokens = start + 1 + (isEnd ? tokens.length : tokens.length - 1);
  await sequence.eraseContextTokenRanges([{ start: heldTokens, end: sequence.nextTokenIndex }]);
  return { tokens, isEnd };
}
