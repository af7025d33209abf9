import type {
  ChatHistoryItem,
  ChatModelFunctionCall,
  ChatModelFunctions,
  ChatModelResponse,
  ChatModelSegment,
} from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import type { RequestMessage, ToolDefinition } from "./parse-completion-request.ts";

type Content = RequestMessage["content"];
type ToolCalls = NonNullable<Extract<RequestMessage, { role: "assistant" }>["tool_calls"]>;

/**
 * The engine's form of a conversation: tool results are attached to their calls, and the last item is the answer that
 * the model is to write or continue. Throws SignalboxError that names the message at fault.
 * @param reasons Whether the model's template has a place for reasoning.
 */
export function convertMessages(messages: readonly RequestMessage[], reasons = false): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = [];
  const lastUserIndex = messages.findLastIndex(({ role }) => role === "user");
  refuseOrphanedResults(messages);
  for (const [index, message] of messages.entries()) {
    switch (message.role) {
      case "system":
      case "developer":
        history.push({ type: "system", text: textOf(message.content, index) });
        break;
      case "user":
        history.push({ type: "user", text: textOf(message.content, index) });
        break;
      case "assistant": {
        const answer = openAnswer(history);
        // What was thought in earlier turns is over; within a turn it goes on between calls.
        if (reasons && index > lastUserIndex) answer.response.push(...thoughtsOf(message));
        const text = textOf(message.content, index);
        if (text !== "") answer.response.push(text);
        answer.response.push(...functionCalls(messages, index, message.tool_calls ?? []));
        break;
      }
      case "tool":
        break;
    }
  }
  openAnswer(history);
  return history;
}

/** The engine's form of the functions that the model may call. */
export function convertTools(tools: readonly ToolDefinition[]): ChatModelFunctions {
  return Object.fromEntries(
    tools.map((tool) => [
      tool.name,
      {
        ...(tool.description === undefined ? {} : { description: tool.description }),
        // The template prints the schema as it is; only the engine's own grammar, which is not used here, is limited to a subset.
        params: shownSchema(tool.parameters ?? { type: "object", properties: {} }) as NonNullable<
          ChatModelFunctions[string]["params"]
        >,
      },
    ]),
  );
}

/**
 * A schema without the URL of its dialect, which clients that make schemas from code always send: it says nothing to a
 * model, takes as many tokens as a short function, and small models lose their way over it.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.1.1
 */
function shownSchema({
  $schema: _,
  ...shown
}: NonNullable<ToolDefinition["parameters"]>): Readonly<Record<string, unknown>> {
  return shown;
}

/** Reasoning that a client sends back with a message, under either name. */
function thoughtsOf(message: RequestMessage): ChatModelSegment[] {
  const text = message["reasoning_content"] ?? message["reasoning"];
  if (typeof text !== "string" || text === "") return [];
  return [{ type: "segment", segmentType: "thought", text, ended: true }];
}

function openAnswer(history: ChatHistoryItem[]): ChatModelResponse {
  const last = history.at(-1);
  if (last?.type === "model") return last;
  const answer: ChatModelResponse = { type: "model", response: [] };
  history.push(answer);
  return answer;
}

function refuseOrphanedResults(messages: readonly RequestMessage[]): void {
  const called = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === "assistant") for (const call of message.tool_calls ?? []) called.add(call.id);
    if (message.role !== "tool" || called.has(message.tool_call_id)) continue;
    const problem = `no earlier message calls a tool with the id "${message.tool_call_id}"`;
    throw invalid(`messages[${index}].tool_call_id`, problem);
  }
}

function functionCalls(
  messages: readonly RequestMessage[],
  messageIndex: number,
  calls: ToolCalls,
): ChatModelFunctionCall[] {
  return calls.map((call, index) => ({
    type: "functionCall",
    name: call.function.name,
    params: call.function.arguments.trim() === "" ? {} : parseJsonOrText(call.function.arguments),
    result: parseJsonOrText(resultOf(messages, messageIndex, index, call.id)),
    ...(index === 0 ? { startsNewChunk: true } : {}),
  }));
}

/** The first result with the call's id after the call: some clients use the same ids again in every turn. */
function resultOf(
  messages: readonly RequestMessage[],
  messageIndex: number,
  callIndex: number,
  callId: string,
): string {
  for (let index = messageIndex + 1; index < messages.length; index++) {
    const message = messages[index];
    if (message?.role === "tool" && message.tool_call_id === callId) return textOf(message.content, index);
  }
  const problem = `no later message with the role "tool" answers the call "${callId}"`;
  throw invalid(`messages[${messageIndex}].tool_calls[${callIndex}]`, problem);
}

/** Arguments and results of earlier calls are history: what is not JSON is shown to the model as it is, not refused. */
function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so it is plain text; both are allowed here.
    return text;
  }
}

function textOf(content: Content, messageIndex: number): string {
  if (content === null || content === undefined) return "";
  if (typeof content === "string") return content;
  return content
    .map((part, index) => {
      // Either kind keeps its text under its own name.
      const text = part.type === "text" || part.type === "refusal" ? part[part.type] : undefined;
      if (typeof text === "string") return text;
      const param = `messages[${messageIndex}].content[${index}]`;
      if (part.type === "text") throw invalid(`${param}.text`, "a text part needs a string `text`");
      throw new SignalboxError(
        "unsupported_parameter",
        `\`${param}\` has the type "${part.type}"; this model reads text only.`,
        { param },
      );
    })
    .join("");
}

function invalid(param: string, problem: string): SignalboxError {
  return new SignalboxError("invalid_request", `\`${param}\` is not valid: ${problem}.`, { param });
}
