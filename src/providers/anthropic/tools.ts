import { SignalboxError } from "../../core/errors.ts";
import { isObject, type JsonObject } from "../wire/json-object.ts";

/** A schema that allows no arguments: Anthropic wants one for every tool. */
const NO_ARGUMENTS: JsonObject = { type: "object", properties: {} };

/**
 * OpenAI's `tools`, `tool_choice` and `parallel_tool_calls` in Anthropic's form; members that are absent there are left
 * out. A choice is only stated beside tools: alone, Anthropic refuses it. Throws `unsupported_parameter` for tools that
 * are no functions, and for the older `functions`.
 * @see https://platform.openai.com/docs/guides/function-calling
 * @see https://docs.claude.com/en/api/messages#body-tools
 */
export function toolMembers(body: JsonObject): JsonObject {
  const { tools, functions, tool_choice: choice, parallel_tool_calls: parallel } = body;
  if (Array.isArray(functions) && functions.length > 0) throw unsupported("functions");
  if (!Array.isArray(tools) || tools.length === 0) return {};
  const named = choiceOf(choice);
  const single = parallel === false && named?.["type"] !== "none" ? { disable_parallel_tool_use: true } : {};
  const isStated = named !== undefined || parallel === false;
  return {
    tools: tools.map((tool: unknown, index) => toolOf(tool, `tools[${index}]`)),
    ...(isStated ? { tool_choice: { ...(named ?? { type: "auto" }), ...single } } : {}),
  };
}

function toolOf(tool: unknown, param: string): JsonObject {
  const stated = isObject(tool) ? tool["function"] : undefined;
  if (!isObject(stated)) throw unsupported(param);
  const { name, description, parameters, strict } = stated;
  return {
    name,
    ...(typeof description === "string" ? { description } : {}),
    input_schema: isObject(parameters) ? parameters : NO_ARGUMENTS,
    ...(strict === true ? { strict } : {}),
  };
}

/** `required` means that some tool must be called, which Anthropic calls `any`. */
function choiceOf(choice: unknown): JsonObject | undefined {
  if (choice === "required") return { type: "any" };
  if (choice === "auto" || choice === "none") return { type: choice };
  const called = isObject(choice) ? choice["function"] : undefined;
  return isObject(called) ? { type: "tool", name: called["name"] } : undefined;
}

function unsupported(param: string): SignalboxError {
  const message = `${param} can't be said in Anthropic's protocol, which has tools of the type function alone.`;
  return new SignalboxError("unsupported_parameter", message, { param });
}
