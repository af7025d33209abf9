import type { LlamaModel, Token } from "node-llama-cpp";

/** Stands for a probability of zero, as in OpenAI's API; JSON has no infinity. */
const IMPOSSIBLE_LOGPROB = -9_999;
const REPLACEMENT_CHARACTER = "\ufffd";

/** A token with its log probability. @see https://platform.openai.com/docs/api-reference/chat/object */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** The token's bytes; null when it holds only a part of a character. */
  readonly bytes: readonly number[] | null;
  readonly top_logprobs?: readonly TokenLogprob[];
}

/**
 * The log probability of the chosen token and of the `topCount` likeliest, among the candidates that penalties, grammar
 * and cut-offs (top_k, top_p, min_p) left. At temperature 0 these are the whole vocabulary. The temperature itself is
 * taken out again, so that it changes what is chosen but not what is reported.
 * `probabilities` is ordered from the likeliest on.
 */
export function toTokenLogprob(
  model: LlamaModel,
  chosen: Token,
  probabilities: ReadonlyMap<Token, number>,
  temperature: number,
  topCount: number,
): TokenLogprob {
  const exponent = temperature > 0 ? temperature : 1;
  let total = 0;
  for (const probability of probabilities.values()) total += probability ** exponent;
  const describe = (token: Token): TokenLogprob => {
    const text = model.detokenize([token], true);
    const share = (probabilities.get(token) ?? 0) ** exponent / total;
    return {
      token: text,
      logprob: share > 0 ? Math.min(Math.log(share), 0) : IMPOSSIBLE_LOGPROB,
      bytes: text.includes(REPLACEMENT_CHARACTER) ? null : [...Buffer.from(text)],
    };
  };
  const top = probabilities.keys().take(topCount).map(describe).toArray();
  return { ...describe(chosen), top_logprobs: top };
}
