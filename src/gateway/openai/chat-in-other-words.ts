import type { IncomingHttpHeaders } from "node:http";
import { SignalboxError } from "../../core/errors.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { chatRequestOf } from "./parse-chat-request.ts";
import type { JsonObject } from "./read-fields.ts";

/**
 * The request of a client that asks in another protocol, whose body was rewritten as that of a chat. Those protocols have
 * room for one answer alone: of several, the client would pay for what it never sees.
 */
export function chatInOtherWords(
  chat: JsonObject,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const request = chatRequestOf(chat, Buffer.from(JSON.stringify(chat)), headers, dataClasses);
  if (request.choiceCount === 1) return request;
  throw new SignalboxError("unsupported_parameter", "There is room for one answer here; n must be 1.", { param: "n" });
}
