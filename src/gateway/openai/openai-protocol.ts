import type { InferenceKind } from "../../core/inference-request.ts";
import type { ClientProtocol } from "../serve-inference.ts";
import { PARSERS } from "./parse-request-of-kind.ts";
import { writeAnswer } from "./write-answer.ts";
import { writeStream } from "./write-stream.ts";

/** OpenAI's form of one kind of request. @see https://platform.openai.com/docs/api-reference */
export function openAiProtocol(kind: InferenceKind): ClientProtocol {
  const writer = { writeAnswer, writeStream };
  return (...asked) => ({ request: PARSERS[kind](...asked), writer });
}
