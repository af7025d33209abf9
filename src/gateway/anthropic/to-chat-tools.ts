import { SignalboxError } from "../../core/errors.ts";
import { isObject } from "../openai/parse-json-object.ts";
import {
  invalidField,
  optionalBoolean,
  optionalList,
  optionalObject,
  stringMember,
  type JsonObject,
} from "../openai/read-fields.ts";

/** Tools of one request. */
const MAX_TOOLS = 1_024;

/**
 * Anthropic's `tools` and `tool_choice` in OpenAI's form; members that are absent there are left out. Throws
 * `unsupported_parameter` for tools that Anthropic's servers run, or know without being told.
 * @see https://docs.claude.com/en/api/messages#body-tools
 * @see https://platform.openai.com/docs/guides/function-calling
 */
export function toChatTools(tools: unknown, toolChoice: unknown): JsonObject {
  const listed = (optionalList(tools, "tools", MAX_TOOLS) ?? []).map((tool, index) =>
    toFunction(tool, `tools[${index}]`),
  );
  const choice = optionalObject(toolChoice, "tool_choice");
  const isSingle = optionalBoolean(choice?.["disable_parallel_tool_use"], "tool_choice.disable_parallel_tool_use");
  return {
    ...(listed.length === 0 ? {} : { tools: listed }),
    ...(choice === undefined ? {} : { tool_choice: toChoice(choice) }),
    ...(isSingle === undefined || listed.length === 0 ? {} : { parallel_tool_calls: !isSingle }),
  };
}

function toFunction(tool: unknown, param: string): JsonObject {
  if (!isObject(tool)) throw invalidField(param, "an object with name and input_schema", tool);
  const type = tool["type"] ?? "custom";
  if (type !== "custom") {
    throw new SignalboxError(
      "unsupported_parameter",
      `${param} is a tool of Anthropic's own servers; only tools with an input_schema can be offered to other models.`,
      { param: `${param}.type` },
    );
  }
  const { description, input_schema: parameters, strict } = tool;
  if (!isObject(parameters)) throw invalidField(`${param}.input_schema`, "a JSON Schema", parameters);
  return {
    type: "function",
    function: {
      name: stringMember(tool, "name", param),
      ...(description === undefined || description === null
        ? {}
        : { description: stringMember(tool, "description", param) }),
      parameters,
      ...(typeof strict === "boolean" ? { strict } : {}),
    },
  };
}

/** `any` means that some tool must be called, which OpenAI calls `required`. */
function toChoice(choice: JsonObject): unknown {
  switch (choice["type"]) {
    case "auto":
    case "none":
      return choice["type"];
    case "any":
      return "required";
    case "tool":
      return { type: "function", function: { name: stringMember(choice, "name", "tool_choice") } };
    default:
      throw invalidField("tool_choice.type", "auto, any, tool or none", choice["type"]);
  }
}
