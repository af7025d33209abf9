import type { InferenceRequest } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { isObject } from "./parse-json-object.ts";
import { invalidField, optionalList, optionalString, optionalStrings, type JsonObject } from "./read-fields.ts";

/** Models that one request may name as fallbacks. */
const MAX_FALLBACK_MODELS = 32;

/** Characters of a model's name with its suffixes. */
const MAX_MODEL_LENGTH = 256;

const AUTO = "auto";

/** Names under which OpenRouter's clients ask the router to choose, and what they mean here. @see https://openrouter.ai/docs/features/model-routing */
const AUTO_ALIASES: Readonly<Record<string, readonly string[]>> = {
  [AUTO]: [],
  "openrouter/auto": [],
  "openrouter/auto-beta": [],
  "openrouter/free": ["free"],
};

/** Plugins of OpenRouter's that hold what its router may choose from. */
const AUTO_PLUGINS: ReadonlySet<unknown> = new Set(["auto-router", "auto-beta-router"]);

/** Plugins that one request may name, and the patterns of one list. */
const MAX_PLUGINS = 32;
const MAX_PATTERNS = 1_024;

/**
 * Reads `model` and `models`. Without `model` the first of `models` takes its place. Suffixes are taken from every
 * name and hold for the whole request: a fallback named with `:local` must not leave the box, and neither may what
 * was asked for before it.
 */
export function parseModels(
  body: JsonObject,
): Pick<InferenceRequest, "model" | "fallbackModels" | "suffixes" | "autoModels"> {
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
    ...parseAutoModels(body["plugins"]),
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
  if (id.includes("@preset/")) {
    throw new SignalboxError(
      "invalid_request",
      "A preset is named as @preset/name or maker/model@preset/name in model, or in preset; not among models.",
      { param: isFallback ? "models" : "model" },
    );
  }
  const meant = Object.hasOwn(AUTO_ALIASES, id) ? AUTO_ALIASES[id] : undefined;
  return meant === undefined ? { id, suffixes } : { id: AUTO, suffixes: [...meant, ...suffixes] };
}

/**
 * What the plugin `auto-router` lets `auto` choose: a list that was ignored would send the prompt to a model that its
 * author has ruled out. Other plugins have no effect here.
 * @see https://openrouter.ai/docs/guides/routing/routers/auto-router
 */
function parseAutoModels(value: unknown): Pick<InferenceRequest, "autoModels"> {
  for (const [index, plugin] of (optionalList(value, "plugins", MAX_PLUGINS) ?? []).entries()) {
    if (!isObject(plugin)) throw invalidField(`plugins[${index}]`, "an object with id", plugin);
    if (!AUTO_PLUGINS.has(plugin["id"]) || plugin["enabled"] === false) continue;
    const patterns = (field: string): readonly string[] | undefined =>
      optionalStrings(plugin[field], `plugins[${index}].${field}`, MAX_PATTERNS, MAX_MODEL_LENGTH);
    const allowed = patterns("allowed_models");
    if (allowed?.length === 0) {
      throw invalidField(`plugins[${index}].allowed_models`, "a list of at least one model, or left out", allowed);
    }
    const excluded = patterns("excluded_models");
    return {
      autoModels: {
        ...(allowed === undefined ? {} : { allowed }),
        ...(excluded === undefined ? {} : { excluded }),
      },
    };
  }
  return {};
}
