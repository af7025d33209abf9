import type { InferenceRequest, ResponseFormat } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { isObject } from "./parse-json-object.ts";
import { countText } from "./parse-messages.ts";
import { invalidField, optionalList, optionalObject, optionalWord, type JsonObject } from "./read-fields.ts";

/** Tools of one request; OpenAI allows 128, and collections of tools that agents load are larger. */
const MAX_TOOLS = 1_024;

const TOOL_CHOICES = ["none", "auto", "required"] as const;

/** What routing needs to know about the tools. */
export interface ToolFacts {
  readonly toolCount: number;
  readonly toolChoice: InferenceRequest["toolChoice"];
  readonly characters: number;
  readonly bytes: number;
}

/** Reads `tools` and `tool_choice`, and the `functions` that came before them. */
export function parseTools(body: JsonObject): ToolFacts {
  const tools = [
    ...(optionalList(body["tools"], "tools", MAX_TOOLS) ?? []),
    ...(optionalList(body["functions"], "functions", MAX_TOOLS) ?? []),
  ];
  tools.forEach((tool, index) => {
    if (!isObject(tool)) throw invalidField(`tools[${index}]`, "an object with type and function", tool);
  });
  const tally = { characters: 0, bytes: 0 };
  countStrings(tools, tally);
  return { toolCount: tools.length, toolChoice: parseToolChoice(body["tool_choice"], tools.length), ...tally };
}

function parseToolChoice(value: unknown, toolCount: number): InferenceRequest["toolChoice"] {
  if (isObject(value)) return "named";
  return optionalWord(value, "tool_choice", TOOL_CHOICES) ?? (toolCount > 0 ? "auto" : "none");
}

/** Names and strings of a definition are what its template writes into the prompt. The parser has bounded the depth. */
function countStrings(value: unknown, tally: { characters: number; bytes: number }): void {
  if (typeof value === "string") countText(value, tally);
  else if (Array.isArray(value)) for (const item of value) countStrings(item, tally);
  else if (isObject(value)) {
    for (const [name, field] of Object.entries(value)) {
      countText(name, tally);
      countStrings(field, tally);
    }
  }
}

/** Reads `response_format`. @see https://platform.openai.com/docs/guides/structured-outputs */
export function parseResponseFormat(value: unknown): ResponseFormat {
  const format = optionalObject(value, "response_format");
  switch (format?.["type"]) {
    case undefined:
      if (format !== undefined) throw invalidField("response_format.type", "a string", undefined);
      return { kind: "text" };
    case "text":
      return { kind: "text" };
    case "json_object":
      return { kind: "json-object" };
    case "json_schema": {
      const described = optionalObject(format["json_schema"], "response_format.json_schema");
      const schema = described?.["schema"];
      if (isObject(schema) || typeof schema === "boolean") return { kind: "json-schema", schema };
      throw invalidField("response_format.json_schema.schema", "a JSON Schema", schema);
    }
    default:
      throw new SignalboxError(
        "unsupported_parameter",
        "response_format.type must be text, json_object or json_schema.",
        { param: "response_format.type" },
      );
  }
}
