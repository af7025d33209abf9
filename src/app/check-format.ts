import { Ajv2020 } from "ajv/dist/2020.js";
import { SignalboxError } from "../core/errors.ts";
import type { ResponseFormat } from "../core/inference-request.ts";
import { linearTimePatterns } from "../hosting/worker/linear-time-patterns.ts";

/** Characters of a schema that answers are checked against in this process. */
const MAX_SCHEMA_CHARACTERS = 64 * 1024;

/** The field that holds the schema. */
const PARAM = "response_format.json_schema.schema";

/**
 * The check of answers in the form that a request asks for: what is wrong with a text, or nothing. Throws
 * `invalid_request` for a schema that is none, or too long. Patterns take time that grows with the text alone.
 */
export function checkFormat(format: ResponseFormat): (text: string) => string | undefined {
  if (format.kind === "text") return () => undefined;
  const schema = format.kind === "json-schema" ? format.schema : { type: "object" };
  const validate = compile(schema);
  return (text) => {
    const value = parseJson(text);
    if (value === undefined) return "The answer is not JSON.";
    if (validate(value)) return undefined;
    const [first] = validate.errors ?? [];
    return `The answer does not follow the schema: ${first?.instancePath ?? ""} ${first?.message ?? ""}.`;
  };
}

function compile(schema: unknown) {
  const json = JSON.stringify(schema);
  if (json.length > MAX_SCHEMA_CHARACTERS) throw invalid(`is longer than ${MAX_SCHEMA_CHARACTERS} characters`);
  // The draft that the schema names is not loaded here, and drafts differ little in what models are asked for.
  const { $schema: _draft, $id: _id, ...rest } = JSON.parse(json) as Record<string, unknown>;
  const code = { regExp: linearTimePatterns };
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false, addUsedSchema: false, code });
  try {
    return ajv.compile(typeof schema === "boolean" ? schema : rest);
  } catch (cause) {
    throw invalid(`is not a valid JSON schema: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function invalid(problem: string, cause?: unknown): SignalboxError {
  return new SignalboxError("invalid_request", `\`${PARAM}\` ${problem}.`, { param: PARAM, cause });
}

/** Undefined for what is no JSON, which no schema allows either. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
