import type { AutoModels, InferenceRequest, SortKey } from "../core/inference-request.ts";
import type { EndpointSnapshot } from "../core/endpoint.ts";
import type { ModelId } from "../core/ids.ts";

/** The model name by which a caller leaves the choice to the router. */
export const AUTO_MODEL: ModelId = "auto";

/** Suffixes of a model's name that routing understands. */
export const ROUTING_SUFFIXES: readonly string[] = ["floor", "nitro", "exacto", "local", "free"];

/** Those that stand for a `sort`; the last one counts. */
export const SORTING_SUFFIXES: Readonly<Record<string, SortKey>> = {
  floor: "price",
  nitro: "throughput",
  exacto: "exacto",
};

/** Which models may answer, and in what order they were asked for. */
export interface ResolvedModels {
  /** Position of a model among those asked for; nothing when it was not. With `auto` every model has position 0. */
  positionOf(modelId: ModelId): number | undefined;
  /** Models that were asked for and are not configured. */
  readonly unknown: readonly ModelId[];
  /** A suffix that nobody here understands; then no model may answer. */
  readonly unknownSuffix?: string;
}

/**
 * Resolves `model` and `models`. Under a suffix that is not known no model may answer: silently answering with another
 * variant than the one asked for would be worse than an error.
 */
export function resolveModels(request: InferenceRequest, endpoints: readonly EndpointSnapshot[]): ResolvedModels {
  const unknownSuffix = request.suffixes.find((suffix) => !ROUTING_SUFFIXES.includes(suffix));
  if (unknownSuffix !== undefined) return { positionOf: () => undefined, unknown: [], unknownSuffix };
  const asked = [request.model, ...request.fallbackModels];
  const positions = new Map<ModelId, number>();
  for (const modelId of asked) if (!positions.has(modelId)) positions.set(modelId, positions.size);
  const autoPosition = positions.get(AUTO_MODEL);
  const mayChoose = autoPosition === undefined ? undefined : autoFilter(request.autoModels);
  return {
    positionOf: (modelId) => positions.get(modelId) ?? (mayChoose?.(modelId) === true ? autoPosition : undefined),
    unknown: asked.filter(
      (modelId) => modelId !== AUTO_MODEL && !endpoints.some(({ facts }) => facts.modelId === modelId),
    ),
  };
}

/** Which models `auto` may choose. */
function autoFilter({ allowed, excluded }: AutoModels = {}): (modelId: ModelId) => boolean {
  return (modelId) =>
    (allowed === undefined || allowed.some((pattern) => matchesPattern(pattern, modelId))) &&
    excluded?.some((pattern) => matchesPattern(pattern, modelId)) !== true;
}

/** Whether `text` is what `pattern` says, where `*` stands for any characters. Linear: each part is looked for once. */
function matchesPattern(pattern: string, text: string): boolean {
  const [head = "", ...parts] = pattern.split("*");
  const tail = parts.pop();
  if (tail === undefined) return head === text;
  if (!text.startsWith(head) || text.length < head.length + tail.length) return false;
  let at = head.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
