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
import { toMicroUsd } from "../../core/money.ts";

/** Providers that one list may name, and the length of a name. */
const MAX_PROVIDERS = 128;
const MAX_NAME_LENGTH = 128;

/** The highest price that may be stated, in USD; far above any that exists. */
const MAX_PRICE_USD = 1_000_000;

const MS_PER_SECOND = 1_000;

/** Longest latency that may be preferred, in seconds; highest throughput, in tokens a second. */
const MAX_LATENCY_S = 86_400;
const MAX_TOKENS_PER_SECOND = 1_000_000;

const SORT_KEYS: readonly SortKey[] = ["price", "throughput", "latency", "exacto"];
const PRICE_FIELDS = ["prompt", "completion", "request", "image", "audio"] as const;
const PERCENTILES = ["p50", "p75", "p90", "p99"] as const;

/** Fields of OpenRouter's that have no effect here and restrict nothing. */
const WITHOUT_EFFECT: readonly string[] = ["options", "enforce_distillable_text"];

/** A decimal number as JavaScript and Python write one, small ones with an exponent. */
const DECIMAL = /^(\d{1,20}(\.\d{0,20})?|\.\d{1,20})(e[+-]?\d{1,3})?$/i;

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
  "continuation",
] as const;

/** Preferences when the request has no `provider` object. */
const NO_PREFERENCES: ProviderPreferences = Object.freeze({
  allowFallbacks: true,
  requireParameters: false,
  sortPartition: "model",
});

/**
 * Reads OpenRouter's `provider` object. What this release does not understand is refused: a restriction that was ignored
 * would send a prompt where its author did not want it. An empty list says nothing, as clients send one for what is not
 * set; only an empty `only`, which could mean everybody or nobody, is refused.
 * @see https://openrouter.ai/docs/features/provider-routing
 */
export function parseProviderPreferences(value: unknown): ProviderPreferences {
  const object = optionalObject(value, "provider");
  if (object === undefined) return NO_PREFERENCES;
  refuseWhatWouldWiden(object);
  const names = (field: string): readonly string[] | undefined => {
    const stated = optionalStrings(object[field], `provider.${field}`, MAX_PROVIDERS, MAX_NAME_LENGTH);
    return stated?.length === 0 ? undefined : stated?.map((name) => name.toLowerCase());
  };
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
    ...present("continuation", optionalBoolean(object["continuation"], "provider.continuation")),
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
  if (Array.isArray(object["only"]) && object["only"].length === 0) {
    throw new SignalboxError(
      "invalid_request",
      "provider.only is empty: name the providers that may serve the request, or leave it out to allow all.",
      { param: "provider.only" },
    );
  }
  refuseUnknown(object, FIELDS, "provider", WITHOUT_EFFECT);
}

function refuseUnknown(
  object: JsonObject,
  known: readonly string[],
  param: string,
  ignored: readonly string[] = [],
): void {
  for (const [field, value] of Object.entries(object)) {
    if (value === undefined || value === null || known.includes(field) || ignored.includes(field)) continue;
    const name = field.slice(0, MAX_NAME_LENGTH);
    const meant = nearestName(name, known);
    const hint = meant === undefined ? `its fields are ${known.join(", ")}.` : `did you mean ${meant}?`;
    throw new SignalboxError("invalid_request", `${param} has no such field; ${hint}`, { param: `${param}.${name}` });
  }
}

function parseSort(value: unknown): { readonly by?: SortKey; readonly partition: "model" | "none" } {
  if (!isObject(value)) {
    const by = optionalWord(value, "provider.sort", SORT_KEYS);
    return { partition: "model", ...present("by", by) };
  }
  refuseUnknown(value, ["by", "partition"], "provider.sort");
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
  refuseUnknown(object, PRICE_FIELDS, "provider.max_price");
  const microUsd = (field: (typeof PRICE_FIELDS)[number]): number | undefined => {
    const stated = object[field];
    const isNumeral = typeof stated === "string" && DECIMAL.test(stated);
    const usd = optionalNumber(isNumeral ? Number(stated) : stated, `provider.max_price.${field}`, 0, MAX_PRICE_USD);
    return usd === undefined ? undefined : toMicroUsd(usd);
  };
  const limits = {
    ...present("promptMicroUsdPerMillion", microUsd("prompt")),
    ...present("completionMicroUsdPerMillion", microUsd("completion")),
    ...present("requestMicroUsd", microUsd("request")),
    ...present("imageMicroUsd", microUsd("image")),
    ...(microUsd("audio") === undefined ? {} : { limitsAudio: true }),
  };
  return Object.keys(limits).length === 0 ? undefined : Object.freeze(limits);
}

/** A number stands for the median. */
function parseThresholds(value: unknown, param: string, max: number, factor: number): PercentileThresholds | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) {
    if (typeof value !== "number") throw invalidField(param, "a number or an object of percentiles", value);
    return { p50: (optionalNumber(value, param, 0, max) ?? 0) * factor };
  }
  refuseUnknown(value, PERCENTILES, param);
  const thresholds: Partial<Record<(typeof PERCENTILES)[number], number>> = {};
  for (const percentile of PERCENTILES) {
    const limit = optionalNumber(value[percentile], `${param}.${percentile}`, 0, max);
    if (limit !== undefined) thresholds[percentile] = limit * factor;
  }
  return Object.keys(thresholds).length === 0 ? undefined : Object.freeze(thresholds);
}

/** `{[name]: value}`, or nothing where there is no value. */
function present<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}
