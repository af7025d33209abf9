import type { EndpointFacts } from "../core/endpoint.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import { PROTOCOL_LIMITS } from "../core/protocol.ts";
import type { Rejection } from "./request-filters.ts";
import { AUTO_MODEL } from "./resolve-models.ts";

/** Abilities of models that do other work than writing text. */
const OTHER_ABILITIES: ReadonlySet<string> = new Set(["embeddings", "rerank", "audio"]);

/**
 * Why an endpoint's model is not made for the kind of work, or nothing. A model that declares nothing writes text, and
 * is taken to do what its caller asks of it by name; left to choose, the router wants the ability declared.
 */
export function wrongKind(facts: EndpointFacts, request: InferenceRequest): Rejection | undefined {
  const { kinds, severalAnswers } = PROTOCOL_LIMITS[facts.protocol ?? "openai"];
  if (kinds?.includes(request.kind) === false)
    return rejected(request.kind, "its provider's protocol has no such request");
  if (!severalAnswers && request.choiceCount > 1)
    return rejected("n", "its provider's protocol gives one answer alone");
  switch (request.kind) {
    case "chat":
      return writes(facts) ? undefined : rejected("chat", "its model does not chat");
    case "completion":
      return writes(facts) ? undefined : rejected("completion", "its model does not write text");
    case "embedding":
      return declares(facts, "embeddings", request)
        ? undefined
        : rejected("embeddings", "its model makes no embeddings");
    case "rerank":
      return declares(facts, "rerank", request) ? undefined : rejected("rerank", "its model ranks no documents");
    case "classify":
      // The protocols of other servers have no such request.
      if (facts.location !== "box") return rejected("classify", "only models of this box classify");
      return writes(facts) ? undefined : rejected("classify", "its model does not write text");
  }
}

function writes({ capabilities }: EndpointFacts): boolean {
  return capabilities.length === 0 || capabilities.some((name) => !OTHER_ABILITIES.has(name));
}

function declares(
  { capabilities, location }: EndpointFacts,
  ability: "embeddings" | "rerank",
  { model }: InferenceRequest,
): boolean {
  if (capabilities.includes(ability)) return true;
  return capabilities.length === 0 && location !== "box" && model !== AUTO_MODEL;
}

function rejected(by: string, detail: string): Rejection {
  return { kind: "capability", by, detail };
}
