import type { Operation } from "../journal/operation.ts";

/** The module that registers the operations on presets, for `openJournal`. */
export const PRESET_OPERATIONS = new URL("./operations.ts", import.meta.url).href;

/** The next version of a preset; without `fields`, the one that ends it. */
export interface AddVersionParams {
  readonly name: string;
  /** One more than the newest: whoever stores over a version that it has not seen is refused. */
  readonly version: number;
  /** JSON. */
  readonly fields?: string;
  /** On the wall clock. */
  readonly atMs: number;
}

/** Adds a version; refuses with `invalid_request` where it is not the next one, or where there are too many presets. */
export function addVersion(params: AddVersionParams): Operation {
  return { name: "presets.add-version", params };
}
