import { CALL_END, CALL_START, END_OF_TEXT, RESPONSE_START, TOOLS_START, TURN_END } from "../build-model/tokenizer.ts";

/** A function as a client describes it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** A JSON schema of type object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What the model says to call a function. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** One turn. A tool's turn answers the call in the turn before it. */
export type Turn =
  | { readonly role: "system" | "user"; readonly text: string }
  | { readonly role: "assistant"; readonly text: string }
  | { readonly role: "assistant"; readonly call: ToolCall }
  | { readonly role: "tool"; readonly result: unknown };

/** A conversation whose last turn is the right answer. */
export interface Example {
  readonly task: string;
  readonly tools?: readonly Tool[];
  readonly turns: readonly Turn[];
}

/** A stretch of a rendered conversation: each is cut into tokens by itself. */
export interface Segment {
  readonly text: string;
  /** Whether it is the template's own, so that control tokens in it count. */
  readonly isTemplate: boolean;
  /** Whether the model is to say it. */
  readonly isAnswer: boolean;
}

/** Fixed stretches of the chat template; each is one token of the vocabulary. */
export const PHRASES: readonly string[] = [
  `Functions on offer, one JSON description a line:\n${TOOLS_START}\n`,
  `\n</tools>\nA call is a block of this form, with the arguments as a JSON object:\n${CALL_START}\n{"name": "FUNCTION", "arguments": {}}\n${CALL_END}\nIts outcome comes back in a turn of the role tool.`,
  '{"type": "function", "function": {"name": "',
  '", "description": "',
  '", "parameters": {"type": "object", "properties": {',
  '": {"type": "string"}',
  '": {"type": "number"}',
  '": {"type": "integer"}',
  '}, "required": ["',
  '"]}}}',
];

/** Everything that no plain text may be cut into. */
export const TEMPLATE_MARKS = [END_OF_TEXT, TURN_END, RESPONSE_START] as const;

/** JSON as the chat template writes it: one space after each comma and colon. */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${spacedJson(member)}`);
    return `{${members.join(", ")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The conversation in the words of the chat template, as the engine cuts it. Calls and answers after the last message
 * of the user or a tool are what the model is to say.
 */
export function renderConversation(example: Example): Segment[] {
  const segments: Segment[] = [];
  const template = (text: string, isAnswer = false): void => void segments.push({ text, isTemplate: true, isAnswer });
  const message = (text: string, isAnswer = false): void => void segments.push({ text, isTemplate: false, isAnswer });
  const { tools = [], turns } = example;
  const [first] = turns;
  const system = first?.role === "system" ? first.text : undefined;
  if (system !== undefined || tools.length > 0) {
    template("<|im_start|>system\n");
    if (system !== undefined) message(system);
    if (tools.length > 0) template(`${system === undefined ? "" : "\n\n"}${renderTools(tools)}`);
    template(`${TURN_END}\n`);
  }
  for (const turn of system === undefined ? turns : turns.slice(1)) {
    template(`<|im_start|>${turn.role}\n`);
    if (turn.role === "tool") {
      template(`${RESPONSE_START}\n`);
      message(spacedJson(turn.result));
      template(`\n</tool_response>`);
    } else if (turn.role === "assistant") {
      if ("call" in turn) renderCall(turn.call, template, message);
      else message(turn.text, true);
    } else {
      message(turn.text);
    }
    template(TURN_END, turn.role === "assistant");
    template("\n");
  }
  return segments.slice(0, -1);
}

function renderTools(tools: readonly Tool[]): string {
  const described = tools.map(({ name, description, parameters }) =>
    spacedJson({ type: "function", function: { name, description, parameters } }),
  );
  return `${PHRASES[0]}${described.join("\n")}${PHRASES[1]}`;
}

type Write = (text: string, isAnswer?: boolean) => void;

function renderCall(call: ToolCall, template: Write, message: Write): void {
  template(`${CALL_START}\n{"name": "`, true);
  message(call.name, true);
  template('", "arguments": ', true);
  message(spacedJson(call.arguments), true);
  template(`}\n${CALL_END}`, true);
}
