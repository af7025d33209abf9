import type { InferenceRequest } from "../core/inference-request.ts";
import type { EndpointFacts, EndpointSnapshot } from "../core/endpoint.ts";
import type { ModelId } from "../core/ids.ts";

/** The model name by which a caller leaves the choice to the router. */
export const AUTO_MODEL: ModelId = "auto";

/** Suffixes of a model's name that routing understands. */
export const ROUTING_SUFFIXES: readonly string[] = ["floor", "nitro", "local", "free"];

const NON_CHAT_CAPABILITIES: ReadonlySet<string> = new Set(["embeddings", "rerank", "audio"]);

/** Which models may answer, and in what order they were asked for. */
export interface ResolvedModels {
  /** Position of a model among those asked for; nothing when it was not. With `auto` every model has position 0. */
  positionOf(modelId: ModelId): number | undefined;
  /** Models that were asked for and are not configured. */
  readonly unknown: readonly ModelId[];
}

/**
 * Resolves `model` and `models`. An unknown suffix makes the name unknown: silently answering with another variant
 * than the one asked for would be worse than an error.
 */
export function resolveModels(request: InferenceRequest, endpoints: readonly EndpointSnapshot[]): ResolvedModels {
  const unknownSuffix = request.suffixes.find((suffix) => !ROUTING_SUFFIXES.includes(suffix));
  const first = unknownSuffix === undefined ? request.model : `${request.model}:${unknownSuffix}`;
  if (first === AUTO_MODEL) return { positionOf: () => 0, unknown: [] };
  const configured = new Set(endpoints.map(({ facts }) => facts.modelId));
  const asked = [first, ...request.fallbackModels];
  const positions = new Map<ModelId, number>();
  for (const modelId of asked) if (!positions.has(modelId)) positions.set(modelId, positions.size);
  return {
    positionOf: (modelId) => positions.get(modelId) ?? positions.get(AUTO_MODEL),
    unknown: asked.filter((modelId) => modelId !== AUTO_MODEL && !configured.has(modelId)),
  };
}

/** Whether a model can chat as far as is known: one that declares only other work can't. */
export function isChatModel(facts: EndpointFacts): boolean {
  return facts.capabilities.length === 0 || facts.capabilities.some((name) => !NON_CHAT_CAPABILITIES.has(name));
}
