import type { InferenceRequest } from "../../core/inference-request.ts";

/** What only a chat has, for a request of another kind. */
export const WITHOUT_MESSAGES: Pick<
  InferenceRequest,
  "messageCount" | "roles" | "toolCount" | "toolChoice" | "hasToolResults" | "hasImages" | "responseFormat"
> = {
  messageCount: 0,
  roles: [],
  toolCount: 0,
  toolChoice: "none",
  hasToolResults: false,
  hasImages: false,
  responseFormat: { kind: "text" },
};
