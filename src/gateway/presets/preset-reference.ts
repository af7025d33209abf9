import { SignalboxError } from "../../core/errors.ts";
import { optionalString, type JsonObject } from "../openai/read-fields.ts";

/** Where a request names a preset, and what of its model's name is left. */
export interface PresetReference {
  readonly name: string;
  /** The field that names it. */
  readonly param: "model" | "preset";
  /** The model that the request names beside it, with its suffixes. */
  readonly model?: string;
  /** Suffixes for the preset's own model, such as `:floor`. */
  readonly suffixes: string;
}

/** Characters of a preset's name that are looked at. */
const MAX_NAME_LENGTH = 256;

/** `@preset/name`, or `maker/model@preset/name`, either with suffixes. */
const IN_MODEL = /^(?<model>[^@]*)@preset\/(?<name>[^:@]+)(?<suffixes>(?::[^:@]+)*)$/;

/**
 * The preset that a request refers to: by its model's name, or by `preset`.
 * @see https://openrouter.ai/docs/guides/features/presets
 */
export function presetReferenceOf(fields: JsonObject): PresetReference | undefined {
  const { model } = fields;
  const named = optionalString(fields["preset"], "preset", MAX_NAME_LENGTH) || undefined;
  const groups = typeof model === "string" ? IN_MODEL.exec(model)?.groups : undefined;
  const inModel = groups?.["name"];
  if (inModel !== undefined && named !== undefined && inModel !== named) {
    const message = "model and preset name different presets; name one.";
    throw new SignalboxError("invalid_request", message, { param: "preset" });
  }
  if (inModel === undefined) return named === undefined ? undefined : { name: named, param: "preset", suffixes: "" };
  const beside = groups?.["model"] ?? "";
  const suffixes = groups?.["suffixes"] ?? "";
  return { name: inModel, param: "model", suffixes, ...(beside === "" ? {} : { model: `${beside}${suffixes}` }) };
}
