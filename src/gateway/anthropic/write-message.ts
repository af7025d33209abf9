import type { Response } from "express";
import { SignalboxError } from "../../core/errors.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { executionHeaders } from "../execution-headers.ts";
import { billedUsage } from "../openai/describe-usage.ts";
import { onlyChoice } from "../openai/first-choice.ts";
import { isObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";
import { readWholeAnswer } from "../read-whole-answer.ts";
import { writeJson } from "../write-json.ts";
import { describeMessageUsage } from "./describe-message-usage.ts";
import { messageFrame, messageMetadata } from "./message-frame.ts";
import { reasoningOf } from "../openai/reasoning-of.ts";
import { stopOf } from "./stop-reason.ts";

/** Writes a whole answer as Anthropic's message. @see https://docs.claude.com/en/api/messages */
export async function writeMessage(
  response: Response,
  execution: InferenceExecution,
  request: InferenceRequest,
): Promise<void> {
  const answer = await readWholeAnswer(execution.events);
  const choice = onlyChoice(answer.json);
  const stop = stopOf(choice);
  const body = {
    ...messageFrame(execution),
    content: contentOf(choice["message"], stop.stop_reason === "max_tokens"),
    ...stop,
    usage: describeMessageUsage(billedUsage(execution, answer.usage), execution.costMicroUsd()),
    ...messageMetadata(execution, request),
  };
  writeJson(response, 200, body, executionHeaders(execution));
}

/** The blocks of a message, in the order in which models write them: reasoning, text, calls. */
function contentOf(message: unknown, isCutOff: boolean): readonly JsonObject[] {
  if (!isObject(message)) return [];
  const { content, refusal, tool_calls: calls } = message;
  const thinking = reasoningOf(message);
  const texts = [content, refusal].filter((text) => typeof text === "string" && text !== "");
  return [
    ...(thinking === undefined ? [] : [{ type: "thinking", thinking, signature: "" }]),
    ...texts.map((text) => ({ type: "text", text })),
    ...(Array.isArray(calls) ? calls.flatMap((call: unknown) => toolUse(call, isCutOff)) : []),
  ];
}

/** A call whose arguments were cut off by the limit on tokens is left out: half of an order is none. */
function toolUse(call: unknown, isCutOff: boolean): readonly JsonObject[] {
  const called = isObject(call) ? call["function"] : undefined;
  if (!isObject(call) || !isObject(called)) return [];
  const text = called["arguments"];
  const input = text === undefined || text === "" ? {} : typeof text === "string" ? parsed(text) : undefined;
  if (isObject(input)) return [{ type: "tool_use", id: call["id"], name: called["name"], input }];
  if (isCutOff) return [];
  throw new SignalboxError(
    "upstream_invalid_response",
    "The endpoint called a tool with arguments that are no JSON object.",
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
