import type { LlamaModel, Token } from "node-llama-cpp";
import type { DecodedToken } from "./decode-tokens.ts";

const REPLACEMENT_CHARACTER = "\ufffd";

/** A token with its log probability. @see https://platform.openai.com/docs/api-reference/chat/object */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** The token's bytes; null when it holds only a part of a character. */
  readonly bytes: readonly number[] | null;
  readonly top_logprobs?: readonly TokenLogprob[];
}

/** OpenAI's description of a chosen token with the `topCount` likeliest in its place. */
export function toTokenLogprob(
  model: LlamaModel,
  token: Token,
  logprobs: NonNullable<DecodedToken["logprobs"]>,
  topCount: number,
): TokenLogprob {
  const describe = (candidate: Token): TokenLogprob => {
    const text = model.detokenize([candidate], true);
    const bytes = text.includes(REPLACEMENT_CHARACTER) ? null : [...Buffer.from(text)];
    // Rounding in the engine can lift a certain token's probability just above 1.
    return { token: text, logprob: Math.min(logprobs.get(candidate) ?? 0, 0), bytes };
  };
  return { ...describe(token), top_logprobs: logprobs.keys().take(topCount).map(describe).toArray() };
}
