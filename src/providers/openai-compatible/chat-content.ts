import { isObject, type JsonObject } from "../wire/json-object.ts";

/** Members of a message or delta that are content: text, reasoning, a refusal, a tool call, sound or pictures. */
const CONTENT_MEMBERS = [
  "content",
  "tool_calls",
  "reasoning_content",
  "reasoning",
  "reasoning_details",
  "refusal",
  "function_call",
  "audio",
  "images",
] as const;

/** What the choices of an answer or chunk say. */
export interface ChoicesReading {
  readonly hasContent: boolean;
  /** The last one stated. */
  readonly finishReason?: string;
  /** Choices that are finished with this message. */
  readonly finished: number;
}

/**
 * Reads `choices`; nothing when it is not a list of choices. `part` names where a choice keeps its content: `message`
 * in an answer, `delta` in a chunk, `text` in both for the completion of a text. A role alone is not content.
 * @see https://platform.openai.com/docs/api-reference/chat/streaming
 * @see https://platform.openai.com/docs/api-reference/completions/object
 */
export function readChoices(choices: unknown, part: "message" | "delta" | "text"): ChoicesReading | undefined {
  if (!Array.isArray(choices)) return undefined;
  let hasContent = false;
  let finishReason: string | undefined;
  let finished = 0;
  for (const choice of choices as readonly unknown[]) {
    if (!isObject(choice)) return undefined;
    const content = choice[part];
    hasContent ||= typeof content === "string" ? content !== "" : isObject(content) && carriesContent(content);
    const reason = choice["finish_reason"];
    if (typeof reason !== "string" || reason === "") continue;
    finishReason = reason;
    finished += 1;
  }
  return { hasContent, finished, ...(finishReason === undefined ? {} : { finishReason }) };
}

function carriesContent(message: JsonObject): boolean {
  return CONTENT_MEMBERS.some((name) => {
    const value = message[name];
    if (typeof value === "string" || Array.isArray(value)) return value.length > 0;
    return isObject(value);
  });
}
