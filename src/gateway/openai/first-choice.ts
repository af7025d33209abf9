import { SignalboxError } from "../../core/errors.ts";
import { isObject } from "./parse-json-object.ts";
import type { JsonObject } from "./read-fields.ts";

/**
 * The first choice of an answer or chunk in OpenAI's form; nothing where there is none, as in a chunk that carries only
 * usage. Throws `upstream_invalid_response` for what is no JSON.
 */
export function firstChoice(json: Uint8Array): JsonObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString());
  } catch (cause) {
    throw new SignalboxError("upstream_invalid_response", "The endpoint sent something that is no JSON.", { cause });
  }
  const choices: unknown = isObject(value) ? value["choices"] : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  return isObject(choice) ? choice : undefined;
}

/** The same of a whole answer, which has one. */
export function onlyChoice(json: Uint8Array): JsonObject {
  const choice = firstChoice(json);
  if (choice === undefined)
    throw new SignalboxError("upstream_invalid_response", "The endpoint's answer has no choice.");
  return choice;
}
