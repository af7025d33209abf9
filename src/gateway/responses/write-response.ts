import type { Response } from "express";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { executionHeaders } from "../execution-headers.ts";
import { billedUsage } from "../openai/describe-usage.ts";
import { onlyChoice } from "../openai/first-choice.ts";
import { isObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";
import { readWholeAnswer } from "../read-whole-answer.ts";
import { writeJson } from "../write-json.ts";
import { idOf, incompleteReason, ResponseDescription } from "./describe-response.ts";
import { logprobsOf } from "./logprobs-of.ts";
import { OutputItems } from "./output-items.ts";

/** Writes a whole answer as a response. @see https://platform.openai.com/docs/api-reference/responses/object */
export async function writeResponse(
  response: Response,
  execution: InferenceExecution,
  request: InferenceRequest,
  asked: { readonly fields: JsonObject; readonly createdS: number },
): Promise<void> {
  const answer = await readWholeAnswer(execution.events);
  const choice = onlyChoice(answer.json);
  const items = new OutputItems(idOf(execution));
  const { message } = choice;
  if (isObject(message)) items.read(message, logprobsOf(choice));
  items.close();
  const description = new ResponseDescription(execution, request, asked.fields, asked.createdS);
  const usage = billedUsage(execution, answer.usage);
  const body = description.ended(items.output, usage, incompleteReason(choice["finish_reason"]));
  writeJson(response, 200, body, executionHeaders(execution));
}
