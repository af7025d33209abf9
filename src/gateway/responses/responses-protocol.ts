import type { Clock } from "../../core/clock.ts";
import { parseJsonObject } from "../openai/parse-json-object.ts";
import type { ClientProtocol } from "../serve-inference.ts";
import { parseResponsesRequest } from "./parse-responses-request.ts";
import { writeResponse } from "./write-response.ts";
import { writeResponseStream } from "./write-response-stream.ts";

const MS_PER_SECOND = 1_000;

/** OpenAI's Responses API without state. @see https://platform.openai.com/docs/api-reference/responses */
export function responsesProtocol(clock: Pick<Clock, "wallMs">): ClientProtocol {
  return (body, headers, dataClasses) => {
    const fields = parseJsonObject(body);
    const asked = { fields, createdS: Math.floor(clock.wallMs() / MS_PER_SECOND) };
    return {
      request: parseResponsesRequest(fields, headers, dataClasses),
      writer: {
        writeAnswer: (response, execution, request) => writeResponse(response, execution, request, asked),
        writeStream: (response, exchange, execution, options) =>
          writeResponseStream(response, exchange, execution, { ...options, ...asked }),
      },
    };
  };
}
