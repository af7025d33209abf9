import type { InferenceRequest, SortKey } from "../core/inference-request.ts";
import { SORTING_SUFFIXES } from "./resolve-models.ts";

/** The caller's own sort: the `provider` object's, else the last suffix that stands for one. */
export function sortOf(request: InferenceRequest): SortKey | undefined {
  if (request.provider.sort !== undefined) return request.provider.sort;
  const suffix = request.suffixes.findLast((name) => SORTING_SUFFIXES[name] !== undefined);
  return suffix === undefined ? undefined : SORTING_SUFFIXES[suffix];
}
