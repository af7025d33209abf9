import type { InferenceRequest } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { invalidField, optionalString, optionalStrings, type JsonObject } from "./read-fields.ts";

/** Models that one request may name as fallbacks. */
const MAX_FALLBACK_MODELS = 32;

/** Characters of a model's name with its suffixes. */
const MAX_MODEL_LENGTH = 256;

/** Names under which OpenRouter's clients ask the router to choose. @see https://openrouter.ai/docs/features/model-routing */
const AUTO_ALIASES: ReadonlySet<string> = new Set(["auto", "openrouter/auto"]);

const AUTO = "auto";

/**
 * Reads `model` and `models`. Without `model` the first of `models` takes its place. Suffixes are taken from every
 * name and hold for the whole request: a fallback named with `:local` must not leave the box, and neither may what
 * was asked for before it.
 */
export function parseModels(body: JsonObject): Pick<InferenceRequest, "model" | "fallbackModels" | "suffixes"> {
  const named = optionalString(body["model"], "model", MAX_MODEL_LENGTH);
  const fallbacks = optionalStrings(body["models"], "models", MAX_FALLBACK_MODELS, MAX_MODEL_LENGTH) ?? [];
  const names = named === undefined ? fallbacks : [named, ...fallbacks];
  const [first] = names;
  if (first === undefined) {
    throw new SignalboxError(
      "invalid_request",
      'model is missing: name one of GET /v1/models, or "auto" to leave the choice to the router.',
      { param: "model" },
    );
  }
  const parsed = names.map((name, index) => parseModelName(name, named === undefined || index > 0));
  const [model, ...others] = parsed.map((each) => each.id);
  return {
    model: model ?? AUTO,
    fallbackModels: [...new Set(others)].filter((id) => id !== model),
    suffixes: [...new Set(parsed.flatMap((each) => each.suffixes))],
  };
}

interface ModelName {
  readonly id: string;
  readonly suffixes: readonly string[];
}

function parseModelName(name: string, isFallback: boolean): ModelName {
  const [id = "", ...suffixes] = name.split(":");
  // A control character would end up in logs and headers; no configured model has one.
  if (id.length === 0 || /[\p{Cc}\s]/u.test(name) || suffixes.some((suffix) => suffix.length === 0)) {
    throw invalidField(
      isFallback ? "models" : "model",
      "a model's name such as maker/model or maker/model:floor",
      name,
    );
  }
  return { id: AUTO_ALIASES.has(id) ? AUTO : id, suffixes };
}
