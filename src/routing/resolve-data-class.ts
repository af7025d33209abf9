import type { InferenceRequest } from "../core/inference-request.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { Principal } from "../core/principal.ts";

/** The class of a request whose key has none. */
const DEFAULT_DATA_CLASS = "internal";

/** Who named a data class that does not exist. */
export const UNKNOWN_DATA_CLASS_SOURCES = { header: "x-data-class", key: "key.data_class" } as const;

/** The class that a request is treated as, and what is wrong where a class was named that does not exist. */
export interface ResolvedDataClass {
  readonly name: string;
  readonly problem?: { readonly by: string; readonly detail: string };
}

/**
 * The more sensitive of the key's class and the header's. Without either it is `internal`; where the installation has
 * no such class it is the most sensitive one, which is also what an unknown name counts as.
 */
export function resolveDataClass(
  request: InferenceRequest,
  principal: Principal,
  dataClasses: readonly string[],
): ResolvedDataClass {
  const worst = dataClasses.at(-1) ?? DEFAULT_DATA_CLASS;
  const fallback = dataClasses.includes(DEFAULT_DATA_CLASS) ? DEFAULT_DATA_CLASS : worst;
  const stated = [
    { by: UNKNOWN_DATA_CLASS_SOURCES.key, name: principal.dataClass ?? fallback },
    { by: UNKNOWN_DATA_CLASS_SOURCES.header, name: request.hints.dataClass ?? fallback },
  ];
  const unknown = stated.find(({ name }) => dataClasses.length > 0 && !dataClasses.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown.name, dataClasses);
    const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    const detail = `"${unknown.name}" is not a data class; the classes are ${dataClasses.join(", ")}.${hint}`;
    return { name: worst, problem: { by: unknown.by, detail } };
  }
  const keyRank = dataClasses.indexOf(principal.dataClass ?? fallback);
  const headerRank = request.hints.dataClass === undefined ? -1 : dataClasses.indexOf(request.hints.dataClass);
  return { name: dataClasses[Math.max(keyRank, headerRank)] ?? worst };
}
