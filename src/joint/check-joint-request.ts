import { SignalboxError } from "../core/errors.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { JointKind } from "../core/joint-request.ts";

/** Throws `invalid_request` for what no joint request answers: anything but one answer to a chat, in text alone unless tools are allowed. */
export function checkJointRequest(jointKind: JointKind, request: InferenceRequest, allowsTools = false): void {
  const { kind, choiceCount, toolCount, fallbackModels } = request;
  if (kind !== "chat") throw invalid("model", `A ${jointKind} answers chats alone.`);
  if (choiceCount !== 1) throw invalid("n", `A ${jointKind} gives one answer; leave \`n\` out.`);
  if (toolCount > 0 && !allowsTools) throw invalid("tools", `A ${jointKind} answers in text; leave \`tools\` out.`);
  if (fallbackModels.length > 0) throw invalid("models", `A ${jointKind} has no fallback; leave \`models\` out.`);
}

function invalid(param: string, message: string): SignalboxError {
  return new SignalboxError("invalid_request", message, { param });
}
