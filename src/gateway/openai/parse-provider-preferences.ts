import type { MaxPrice, PercentileThresholds, ProviderPreferences, SortKey } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { isObject } from "./parse-json-object.ts";
import {
  invalidField,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalStrings,
  optionalWord,
  type JsonObject,
} from "./read-fields.ts";

/** Providers that one list may name, and the length of a name. */
const MAX_PROVIDERS = 128;
const MAX_NAME_LENGTH = 128;

/** The highest price that may be stated, in USD; far above any that exists. */
const MAX_PRICE_USD = 1_000_000;

const MICRO_USD_PER_USD = 1_000_000;
const MS_PER_SECOND = 1_000;

/** Longest latency that may be preferred, in seconds; highest throughput, in tokens a second. */
const MAX_LATENCY_S = 86_400;
const MAX_TOKENS_PER_SECOND = 1_000_000;

const SORT_KEYS: readonly SortKey[] = ["price", "throughput", "latency", "exacto"];
const PRICE_FIELDS = ["prompt", "completion", "request", "image", "audio"] as const;
const PERCENTILES = ["p50", "p75", "p90", "p99"] as const;

const FIELDS = [
  "order",
  "only",
  "ignore",
  "allow_fallbacks",
  "require_parameters",
  "data_collection",
  "zdr",
  "quantizations",
  "sort",
  "max_price",
  "preferred_min_throughput",
  "preferred_max_latency",
  "hedge",
  "cascade",
] as const;

/** Preferences when the request has no `provider` object. */
const NO_PREFERENCES: ProviderPreferences = Object.freeze({
  allowFallbacks: true,
  requireParameters: false,
  sortPartition: "model",
});

/**
 * Reads OpenRouter's `provider` object. A field that this release does not know is ignored, with two exceptions that
 * would send a prompt where its author did not want it: what looks like a misspelt field is refused, and so is a
 * restriction that can't be honoured here.
 * @see https://openrouter.ai/docs/features/provider-routing
 */
export function parseProviderPreferences(value: unknown): ProviderPreferences {
  const object = optionalObject(value, "provider");
  if (object === undefined) return NO_PREFERENCES;
  refuseWhatWouldWiden(object);
  const names = (field: string): readonly string[] | undefined =>
    optionalStrings(object[field], `provider.${field}`, MAX_PROVIDERS, MAX_NAME_LENGTH)?.map((name) =>
      name.toLowerCase(),
    );
  const sort = parseSort(object["sort"]);
  return Object.freeze({
    allowFallbacks: optionalBoolean(object["allow_fallbacks"], "provider.allow_fallbacks") ?? true,
    requireParameters: optionalBoolean(object["require_parameters"], "provider.require_parameters") ?? false,
    sortPartition: sort.partition,
    ...present("order", names("order")),
    ...present("only", names("only")),
    ...present("ignore", names("ignore")),
    ...present("quantizations", names("quantizations")),
    ...present("sort", sort.by),
    ...present(
      "dataCollection",
      optionalWord(object["data_collection"], "provider.data_collection", ["allow", "deny"] as const),
    ),
    ...present("hedge", optionalBoolean(object["hedge"], "provider.hedge")),
    ...present("cascade", optionalBoolean(object["cascade"], "provider.cascade")),
    ...present("zeroDataRetention", optionalBoolean(object["zdr"], "provider.zdr")),
    ...present("maxPrice", parseMaxPrice(object["max_price"])),
    ...present(
      "preferredMinTokensPerSecond",
      parseThresholds(
        object["preferred_min_throughput"],
        "provider.preferred_min_throughput",
        MAX_TOKENS_PER_SECOND,
        1,
      ),
    ),
    ...present(
      "preferredMaxLatencyMs",
      parseThresholds(object["preferred_max_latency"], "provider.preferred_max_latency", MAX_LATENCY_S, MS_PER_SECOND),
    ),
  });
}

function refuseWhatWouldWiden(object: JsonObject): void {
  if (object["enforce_distillable_text"] === true) {
    throw new SignalboxError(
      "unsupported_parameter",
      "provider.enforce_distillable_text can't be honoured: licences for distillation are not known here.",
      { param: "provider.enforce_distillable_text" },
    );
  }
  refuseMisspelt(object, FIELDS, "provider");
}

function refuseMisspelt(object: JsonObject, known: readonly string[], param: string): void {
  for (const field of Object.keys(object)) {
    if (known.includes(field)) continue;
    const meant = field.length > MAX_NAME_LENGTH ? undefined : nearestName(field, known);
    if (meant === undefined) continue;
    throw new SignalboxError("invalid_request", `${param} has no such field; did you mean ${meant}?`, {
      param: `${param}.${field}`,
    });
  }
}

function parseSort(value: unknown): { readonly by?: SortKey; readonly partition: "model" | "none" } {
  if (!isObject(value)) {
    const by = optionalWord(value, "provider.sort", SORT_KEYS);
    return { partition: "model", ...present("by", by) };
  }
  refuseMisspelt(value, ["by", "partition"], "provider.sort");
  const by = optionalWord(value["by"], "provider.sort.by", SORT_KEYS);
  const partition = optionalWord(value["partition"], "provider.sort.partition", ["model", "none"] as const);
  return { partition: partition ?? "model", ...present("by", by) };
}

/**
 * USD per million tokens, per request and per picture; as numbers or, as OpenRouter also allows, in strings.
 * @see https://openrouter.ai/docs/guides/routing/provider-selection#max-price
 */
function parseMaxPrice(value: unknown): MaxPrice | undefined {
  const object = optionalObject(value, "provider.max_price");
  if (object === undefined) return undefined;
  refuseMisspelt(object, PRICE_FIELDS, "provider.max_price");
  const microUsd = (field: (typeof PRICE_FIELDS)[number]): number | undefined => {
    const stated = object[field];
    const isNumeral = typeof stated === "string" && /^\d{1,12}(\.\d{1,12})?$/.test(stated);
    const usd = optionalNumber(isNumeral ? Number(stated) : stated, `provider.max_price.${field}`, 0, MAX_PRICE_USD);
    return usd === undefined ? undefined : Math.round(usd * MICRO_USD_PER_USD);
  };
  return Object.freeze({
    ...present("promptMicroUsdPerMillion", microUsd("prompt")),
    ...present("completionMicroUsdPerMillion", microUsd("completion")),
    ...present("requestMicroUsd", microUsd("request")),
    ...present("imageMicroUsd", microUsd("image")),
    ...(microUsd("audio") === undefined ? {} : { limitsAudio: true }),
  });
}

/** A number stands for the median. */
function parseThresholds(value: unknown, param: string, max: number, factor: number): PercentileThresholds | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) {
    if (typeof value !== "number") throw invalidField(param, "a number or an object of percentiles", value);
    return { p50: (optionalNumber(value, param, 0, max) ?? 0) * factor };
  }
  refuseMisspelt(value, PERCENTILES, param);
  const thresholds: Partial<Record<(typeof PERCENTILES)[number], number>> = {};
  for (const percentile of PERCENTILES) {
    const limit = optionalNumber(value[percentile], `${param}.${percentile}`, 0, max);
    if (limit !== undefined) thresholds[percentile] = limit * factor;
  }
  return Object.freeze(thresholds);
}

/** `{[name]: value}`, or nothing where there is no value. */
function present<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}
