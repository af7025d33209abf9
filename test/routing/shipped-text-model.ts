import { resolve } from "node:path";
import { loadTextModel } from "../../src/app/load-text-model.ts";
import type { TextModel } from "../../src/routing/text-model.ts";

/** The text model of this release. */
export function shippedTextModel(): TextModel {
  const loaded = loadTextModel(resolve(import.meta.dirname, "../.."));
  if (loaded.kind === "absent") throw new Error(loaded.because);
  return loaded.model;
}
