import type { InferenceKind, InferenceRequest } from "../../core/inference-request.ts";
import type { RequestHead } from "./parse-request-head.ts";
import { WITHOUT_MESSAGES } from "./without-messages.ts";

/** A text that a model reads by itself, in UTF-8 bytes and in tokens as far as they can be told before. */
export interface InputSize {
  readonly characters: number;
  readonly tokens: number;
  /** Its place in the body. */
  readonly param: string;
}

/**
 * A request of a kind that is read and not answered in text: no messages, no tools, no stream, and an answer without
 * tokens.
 */
export function readOnlyRequest(
  kind: Exclude<InferenceKind, "chat" | "completion">,
  body: Uint8Array,
  head: RequestHead,
  inputs: readonly InputSize[],
): InferenceRequest {
  const longest = inputs.reduce<InputSize | undefined>(
    (a, b) => (a === undefined || b.tokens > a.tokens ? b : a),
    undefined,
  );
  return Object.freeze({
    kind,
    body,
    ...head,
    stream: false,
    includeUsage: false,
    maxTokens: 0,
    choiceCount: 1,
    ...WITHOUT_MESSAGES,
    inputCount: inputs.length,
    promptCharacters: inputs.reduce((sum, { characters }) => sum + characters, 0),
    estimatedPromptTokens: inputs.reduce((sum, { tokens }) => sum + tokens, 0),
    longestInputTokens: longest?.tokens ?? 0,
    ...(longest === undefined ? {} : { longestInput: longest.param }),
    lastUserText: "",
  });
}
