import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from "node-llama-cpp";
import type { DecodedToken } from "./decode-tokens.ts";

/** Stands for a probability of zero, as in OpenAI's API; JSON has no infinity. */
const IMPOSSIBLE_LOGPROB = -9_999;

/**
 * Samples as usual and reports log probabilities among the candidates that penalties, grammar and cut-offs (top_k,
 * top_p, min_p) left. The temperature is taken out again, so that it changes what is chosen but not what is reported.
 * Asking for them never changes the text.
 */
export async function* sampleWithLogprobs(
  sequence: LlamaContextSequence,
  tokens: Token[],
  options: SequenceEvaluateOptions,
): AsyncGenerator<DecodedToken, void> {
  const temperature = options.temperature ?? 0;
  const exponent = temperature > 0 ? temperature : 1;
  for await (const { token, probabilities } of sequence.evaluateWithMetadata(
    tokens,
    { probabilities: true },
    options,
  )) {
    let total = 0;
    for (const probability of probabilities.values()) total += probability ** exponent;
    const logTotal = Math.log(total);
    const logprobs = new Map<Token, number>();
    for (const [candidate, probability] of probabilities)
      logprobs.set(candidate, probability > 0 ? Math.log(probability) * exponent - logTotal : IMPOSSIBLE_LOGPROB);
    yield { token, logprobs };
  }
}

/**
 * Chooses the likeliest token always and reports log probabilities over the whole vocabulary. Only the `topCount`
 * likeliest leave the engine: handing over a large vocabulary with every token costs more than evaluating it.
 */
export async function* chooseLikeliestWithLogprobs(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  { repeatPenalty, tokenBias, evaluationPriority }: SequenceEvaluateOptions,
  topCount: number,
): AsyncGenerator<DecodedToken, void> {
  const generateNext = {
    token: true,
    totalLogitWeight: true,
    logits: { filter: { tokens: [], includeTop: Math.max(topCount, 1) } },
    options: {
      temperature: 0,
      ...(repeatPenalty === undefined ? {} : { repeatPenalty }),
      ...(tokenBias === undefined ? {} : { tokenBias }),
    },
  };
  for (let input = tokens; ;) {
    const last = input.at(-1);
    if (last === undefined) return;
    const outputs = await sequence.controlledEvaluate([...input.slice(0, -1), [last, { generateNext }]], {
      ...(evaluationPriority === undefined ? {} : { evaluationPriority }),
    });
    const { token, logits, totalLogitWeight } = outputs.at(-1)?.next ?? {};
    if (typeof token !== "number" || logits === undefined || totalLogitWeight === undefined)
      throw new Error("The engine chose no token.");
    if (sequence.model.isEogToken(token)) return;
    const [highest = 0] = logits.values();
    const logTotal = Math.log(totalLogitWeight);
    const logprobs = new Map(logits.entries().map(([candidate, logit]) => [candidate, logit - highest - logTotal]));
    // Of several equally likely ones the chosen need not be among the first.
    if (!logprobs.has(token)) logprobs.set(token, -logTotal);
    yield { token, logprobs };
    input = [token];
  }
}
