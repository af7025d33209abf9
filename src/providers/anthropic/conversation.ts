import { isObject, parseObject, type JsonObject } from "../wire/json-object.ts";
import { blocksOf } from "./message-blocks.ts";
import { thoughtsOf } from "./thoughts.ts";

/** What Anthropic's protocol makes of OpenAI's `messages`. */
export interface Conversation {
  /** The instructions, wherever in the conversation they stood. */
  readonly system: readonly JsonObject[];
  readonly messages: readonly Turn[];
}

/** What one side says until the other speaks. */
export interface Turn {
  readonly role: "user" | "assistant";
  readonly content: JsonObject[];
}

/** Roles whose text is an instruction. @see https://model-spec.openai.com/ */
const INSTRUCTING: ReadonlySet<unknown> = new Set(["system", "developer"]);

/**
 * OpenAI's checked `messages` in Anthropic's form: instructions apart, calls as blocks of the assistant, results of tools
 * as the first blocks of the user's next turn, and turns of one role in a row as one. Throws `unsupported_parameter` for
 * parts that have no form there.
 * @see https://docs.claude.com/en/api/messages#body-messages
 */
export function conversationOf(messages: readonly unknown[]): Conversation {
  const system: JsonObject[] = [];
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) continue;
    const param = `messages[${index}]`;
    if (INSTRUCTING.has(message["role"])) system.push(...blocksOf(message["content"], `${param}.content`));
    else addTurn(turns, turnOf(message, param));
  }
  return { system, messages: turns };
}

function addTurn(turns: Turn[], turn: Turn): void {
  const last = turns.at(-1);
  if (turn.content.length === 0) return;
  if (last?.role === turn.role) last.content.push(...turn.content);
  else turns.push(turn);
}

function turnOf(message: JsonObject, param: string): Turn {
  const { role, content } = message;
  const blocks = blocksOf(content, `${param}.content`);
  if (role === "tool" || role === "function") {
    const result = blocks.length === 0 ? {} : { content: blocks };
    return { role: "user", content: [{ type: "tool_result", tool_use_id: message["tool_call_id"], ...result }] };
  }
  if (role !== "assistant") return { role: "user", content: [...blocks] };
  return { role: "assistant", content: [...thoughtsOf(message["reasoning_details"]), ...blocks, ...callsOf(message)] };
}

function callsOf(message: JsonObject): readonly JsonObject[] {
  const { tool_calls: calls } = message;
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((call: unknown) => {
    const called = isObject(call) ? call["function"] : undefined;
    if (!isObject(call) || !isObject(called)) return [];
    return [{ type: "tool_use", id: call["id"], name: called["name"], input: inputOf(called["arguments"]) }];
  });
}

/**
 * The arguments of an earlier call, which are an object there. Some other model may have written them wrongly; then what
 * it wrote stays to be seen.
 */
function inputOf(written: unknown): JsonObject {
  if (typeof written !== "string" || written.trim() === "") return {};
  return parseObject(written) ?? { invalid_json: written };
}
