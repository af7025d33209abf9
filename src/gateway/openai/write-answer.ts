import type { Response } from "express";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { executionHeaders } from "../execution-headers.ts";
import { readWholeAnswer } from "../read-whole-answer.ts";
import { writeBytes } from "../write-json.ts";
import { rewriteAnswer } from "./rewrite-answer.ts";

/** Writes the whole answer of a request that did not ask for a stream. */
export async function writeAnswer(
  response: Response,
  execution: InferenceExecution,
  request: InferenceRequest,
): Promise<void> {
  const answer = await readWholeAnswer(execution.events);
  writeBytes(response, 200, rewriteAnswer(answer, execution, request), executionHeaders(execution));
}
