import { randomUUID } from "node:crypto";
import type { Random } from "../core/clock.ts";
import type { RequestId } from "../core/ids.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import { parseChatRequest } from "../gateway/openai/parse-chat-request.ts";
import { systemRandom } from "./system-clock.ts";

/** What the box writes requests of its own with. */
export interface RequestWriter {
  /** As the gateway makes them. */
  newRequestId(this: void): RequestId;
  /** Reads a body as the gateway reads those of clients. */
  parseChat(this: void, body: Uint8Array, headers?: Readonly<Record<string, string>>): InferenceRequest;
  readonly random: Random;
}

/** A writer under the data classes that count when it is used. */
export function requestWriter(dataClasses: () => readonly string[]): RequestWriter {
  return {
    newRequestId: () => `req_${randomUUID()}`,
    parseChat: (body, headers = {}) => parseChatRequest(body, headers, dataClasses()),
    random: systemRandom,
  };
}
