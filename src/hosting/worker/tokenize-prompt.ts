import type { LlamaModel, Token } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import type { TextPrompt } from "./parse-text-request.ts";

/**
 * A prompt in the model's tokens, with the beginning that the model wants. All of a raw prompt is the caller's, so its
 * control tokens count as such. With `suffix` the tokens ask for what stands between the two.
 * Throws SignalboxError for tokens that the model does not have, and for a suffix where it was not trained to fill in.
 */
export function tokenizePrompt(
  model: LlamaModel,
  prompt: TextPrompt,
  suffix: string | undefined,
  param: string,
): readonly Token[] {
  const own = typeof prompt === "string" ? model.tokenize(prompt, true) : known(model, prompt, param);
  const body = suffix === undefined ? own : infill(model, own, suffix);
  const { bos, eos, shouldPrependBosToken } = model.tokens;
  if (shouldPrependBosToken && bos !== null && body[0] !== bos) return [bos, ...body];
  if (body.length > 0) return body;
  const beginning = bos ?? eos;
  if (beginning !== null) return [beginning];
  throw new SignalboxError("invalid_request", `\`${param}\` is empty, and the model has no token to begin with.`, {
    param,
  });
}

function known(model: LlamaModel, tokens: readonly number[], param: string): readonly Token[] {
  const highest = Math.max(...tokens);
  for (const token of model.iterateAllTokens()) if (token === highest) return tokens as readonly Token[];
  const message = `\`${param}\` has the token ${highest}, which the model's vocabulary does not have.`;
  throw new SignalboxError("invalid_request", message, { param });
}

/** Prefix, suffix, middle: the order of all families in use. @see https://arxiv.org/abs/2207.14255 */
function infill(model: LlamaModel, prefix: readonly Token[], suffix: string): readonly Token[] {
  const { prefix: prefixToken, suffix: suffixToken, middle } = model.tokens.infill;
  if (prefixToken === null || suffixToken === null || middle === null)
    throw new SignalboxError(
      "unsupported_parameter",
      "`suffix` needs a model that was trained to fill in; this one has no tokens for it.",
      { param: "suffix" },
    );
  return [prefixToken, ...prefix, suffixToken, ...model.tokenize(suffix, false, "trimLeadingSpace"), middle];
}
