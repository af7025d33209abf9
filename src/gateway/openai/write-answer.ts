import type { Response } from "express";
import type { InferenceAnswer } from "../../core/inference-event.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { SignalboxError } from "../../core/errors.ts";
import { writeBytes } from "../write-json.ts";
import { executionHeaders } from "./execution-headers.ts";
import { rewriteAnswer } from "./rewrite-answer.ts";

/**
 * Writes the answer of a request that did not ask for a stream. The events are read to their end first, so that the
 * outcome is on disk and the money settled when the client has its answer.
 */
export async function writeAnswer(
  response: Response,
  execution: InferenceExecution,
  request: InferenceRequest,
): Promise<void> {
  let answer: InferenceAnswer | undefined;
  for await (const event of execution.events) {
    if (event.kind !== "answer" || answer !== undefined) {
      throw new SignalboxError("upstream_invalid_response", "The endpoint did not send exactly one whole answer.");
    }
    answer = event;
  }
  if (answer === undefined) throw new SignalboxError("upstream_invalid_response", "The endpoint sent no answer.");
  writeBytes(response, 200, rewriteAnswer(answer, execution, request), executionHeaders(execution));
}
