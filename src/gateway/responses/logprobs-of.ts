import { isObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";

/** The log probabilities of a choice's tokens, which a chat and a response write in the same way; none where there are none. */
export function logprobsOf({ logprobs }: JsonObject): readonly unknown[] {
  const content: unknown = isObject(logprobs) ? logprobs["content"] : undefined;
  return Array.isArray(content) ? content : [];
}
