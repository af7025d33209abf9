import { SignalboxError } from "../../core/errors.ts";
import { isObject } from "../openai/parse-json-object.ts";
import { invalidField, optionalList, type JsonObject } from "../openai/read-fields.ts";

/** Tools of one request. */
const MAX_TOOLS = 1_024;

/**
 * `tools` and `tool_choice` of the Responses API in the form of a chat, which has a function's members one level deeper.
 * Throws `unsupported_parameter` for tools that run at OpenAI.
 * @see https://platform.openai.com/docs/guides/function-calling
 */
export function toChatTools(tools: unknown, toolChoice: unknown): JsonObject {
  const listed = (optionalList(tools, "tools", MAX_TOOLS) ?? []).map((tool, index) =>
    toFunction(tool, `tools[${index}]`),
  );
  return {
    ...(listed.length === 0 ? {} : { tools: listed }),
    ...(toolChoice === undefined || toolChoice === null ? {} : { tool_choice: toChoice(toolChoice) }),
  };
}

function toFunction(tool: unknown, param: string): JsonObject {
  if (!isObject(tool)) throw invalidField(param, "an object with type and name", tool);
  const { type, name, description, parameters, strict } = tool;
  if (type !== "function") {
    throw new SignalboxError("unsupported_parameter", `${param} is no function; other tools run at OpenAI alone.`, {
      param: `${param}.type`,
    });
  }
  if (typeof name !== "string") throw invalidField(`${param}.name`, "a string", name);
  const members = { name, description, parameters, strict };
  const stated = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return { type, function: Object.fromEntries(stated) };
}

function toChoice(choice: unknown): unknown {
  if (!isObject(choice)) return choice;
  const { type, name } = choice;
  if (type === "function" && typeof name === "string") return { type, function: { name } };
  throw new SignalboxError("unsupported_parameter", "tool_choice must be none, auto, required or one function.", {
    param: "tool_choice",
  });
}
