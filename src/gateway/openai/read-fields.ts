import { SignalboxError } from "../../core/errors.ts";

/** A parsed JSON object of unknown fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** `invalid_request` about one field; `param` is its place in OpenAI's notation. */
export function invalidField(param: string, expectation: string, value: unknown): SignalboxError {
  return new SignalboxError("invalid_request", `${param} must be ${expectation}, but it is ${describe(value)}.`, {
    param,
  });
}

/** The value's kind, and the value itself only where it can't be part of a prompt. */
function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "string" ? `a string of ${value.length} characters` : "an object";
}

/** Absent and `null` are the same: clients send `null` for what they leave out. */
function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** A string of at most `maxLength` characters, or nothing. */
export function optionalString(value: unknown, param: string, maxLength: number): string | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== "string" || value.length > maxLength) {
    throw invalidField(param, `a string of at most ${maxLength} characters`, value);
  }
  return value;
}

/** The string that must be the member `name` of `object`, which stands at `param`. */
export function stringMember(object: JsonObject, name: string, param: string): string {
  const value = object[name];
  if (typeof value !== "string") throw invalidField(`${param}.${name}`, "a string", value);
  return value;
}

/** A boolean, or nothing. */
export function optionalBoolean(value: unknown, param: string): boolean | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== "boolean") throw invalidField(param, "true or false", value);
  return value;
}

/** A number between two bounds, both included, or nothing. */
export function optionalNumber(value: unknown, param: string, min: number, max: number): number | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    throw invalidField(param, `a number ${bounds(min, max)}`, value);
  }
  return value;
}

/** A whole number between two bounds, both included, or nothing. */
export function optionalInteger(value: unknown, param: string, min: number, max: number): number | undefined {
  if (isAbsent(value)) return undefined;
  if (!Number.isSafeInteger(value) || !((value as number) >= min && (value as number) <= max)) {
    throw invalidField(param, `a whole number ${bounds(min, max)}`, value);
  }
  return value as number;
}

function bounds(min: number, max: number): string {
  return max >= Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
}

/** A JSON object, or nothing. */
export function optionalObject(value: unknown, param: string): JsonObject | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw invalidField(param, "an object", value);
  return value as JsonObject;
}

/** A list of at most `maxItems`, or nothing. */
export function optionalList(value: unknown, param: string, maxItems: number): readonly unknown[] | undefined {
  if (isAbsent(value)) return undefined;
  if (!Array.isArray(value) || value.length > maxItems) {
    throw invalidField(param, `a list of at most ${maxItems} items`, value);
  }
  return value;
}

/** A list of at most `maxItems` strings of 1 to `maxLength` characters, or nothing. */
export function optionalStrings(
  value: unknown,
  param: string,
  maxItems: number,
  maxLength: number,
): readonly string[] | undefined {
  return optionalList(value, param, maxItems)?.map((item, index) => {
    if (typeof item !== "string" || item.length === 0 || item.length > maxLength) {
      throw invalidField(`${param}[${index}]`, `a string of 1 to ${maxLength} characters`, item);
    }
    return item;
  });
}

/** One of a few words, or nothing. */
export function optionalWord<Word extends string>(
  value: unknown,
  param: string,
  words: readonly Word[],
): Word | undefined {
  if (isAbsent(value)) return undefined;
  const known = words.find((word) => word === value);
  if (known === undefined) throw invalidField(param, `one of ${words.join(", ")}`, value);
  return known;
}
