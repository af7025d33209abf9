import type { LlamaModel, Token } from "node-llama-cpp";
import type { DecodedToken } from "./decode-tokens.ts";
import { tokenBytes } from "./token-bytes.ts";

/** A token with its log probability. @see https://platform.openai.com/docs/api-reference/chat/object */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** The token's bytes, which may be only a part of a character; null where the vocabulary does not tell. */
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
    // Rounding in the engine can lift a certain token's probability just above 1.
    const logprob = Math.min(logprobs.get(candidate) ?? 0, 0);
    return { token: model.detokenize([candidate], true), logprob, bytes: tokenBytes(model, candidate) };
  };
  return { ...describe(token), top_logprobs: logprobs.keys().take(topCount).map(describe).toArray() };
}
