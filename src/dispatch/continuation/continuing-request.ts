import type { InferenceRequest } from "../../core/inference-request.ts";
import type { UnfinishedAnswer } from "../../core/continuation.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const decoder = new TextDecoder();

/**
 * The request that asks for the rest of an answer, of which `written` came with the newest attempt. What routing, policy
 * and price know of it includes the text so far, which is read again; the limit of tokens is what is left of it.
 * Nothing where none is left, or where the model may have thought unseen: what it thought would be missing.
 */
export function continuingRequest(
  request: InferenceRequest,
  written: UnfinishedAnswer,
): (InferenceRequest & { readonly continues: UnfinishedAnswer }) | undefined {
  const { continues, maxTokens } = request;
  const { text, completionTokens, ...origin } = written;
  const leftTokens = (maxTokens ?? Infinity) - completionTokens;
  if (leftTokens < 1 || hidesReasoning(request.body)) return undefined;
  return {
    ...request,
    estimatedPromptTokens: request.estimatedPromptTokens + completionTokens,
    longestInputTokens: request.longestInputTokens + completionTokens,
    promptCharacters: request.promptCharacters + text.length,
    ...(maxTokens === undefined ? {} : { maxTokens: leftTokens }),
    continues: {
      ...origin,
      text: (continues?.text ?? "") + text,
      completionTokens: (continues?.completionTokens ?? 0) + completionTokens,
    },
  };
}

/** The texts of `stop`. @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-stop */
export function stopsOf(body: Uint8Array): readonly string[] {
  const { stop } = membersOf(body);
  const texts: readonly unknown[] = Array.isArray(stop) ? stop : [stop];
  return texts.filter((text) => typeof text === "string");
}

/** @see https://openrouter.ai/docs/use-cases/reasoning-tokens */
function hidesReasoning(body: Uint8Array): boolean {
  const { include_reasoning: isIncluded, reasoning } = membersOf(body);
  const isExcluded =
    typeof reasoning === "object" && reasoning !== null && (reasoning as JsonObject)["exclude"] === true;
  return isIncluded === false || isExcluded;
}

function membersOf(body: Uint8Array): JsonObject {
  return JSON.parse(decoder.decode(body)) as JsonObject;
}
