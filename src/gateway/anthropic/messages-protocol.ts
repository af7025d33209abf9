import type { ClientProtocol } from "../serve-inference.ts";
import { parseMessagesRequest } from "./parse-messages-request.ts";
import { writeMessage } from "./write-message.ts";
import { writeMessageStream } from "./write-message-stream.ts";

/** Anthropic's Messages API. @see https://docs.claude.com/en/api/messages */
export const messagesProtocol: ClientProtocol = (...asked) => ({
  request: parseMessagesRequest(...asked),
  writer: { writeAnswer: writeMessage, writeStream: writeMessageStream },
});
