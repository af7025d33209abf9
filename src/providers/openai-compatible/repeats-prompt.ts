import type { InferenceRequest } from "../../core/inference-request.ts";
import { readMember } from "./splice-body.ts";

/**
 * Whether the answer begins with the prompt, so that it may have text and yet no token that was written.
 * @see https://platform.openai.com/docs/api-reference/completions/create#completions-create-echo
 */
export function repeatsPrompt({ kind, body }: Pick<InferenceRequest, "kind" | "body">): boolean {
  return kind === "completion" && readMember(body, "echo") === true;
}
