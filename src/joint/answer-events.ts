import type { AnsweredToolCall } from "../core/answer-test.ts";
import type { InferenceAnswer, InferenceEvent } from "../core/inference-event.ts";
import { parseJson } from "./parse-json.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

interface CalledTool {
  readonly function?: { readonly name?: unknown; readonly arguments?: unknown };
}

interface ChatAnswer {
  readonly choices?: readonly {
    readonly message?: { readonly content?: unknown; readonly tool_calls?: readonly CalledTool[] };
    readonly logprobs?: unknown;
  }[];
  readonly [member: string]: unknown;
}

/**
 * The text of a whole chat answer, empty for one that calls tools alone; undefined where it has neither, as for a refusal,
 * or was cut short.
 */
export function textOfAnswer(answer: InferenceAnswer): string | undefined {
  if (answer.finishReason === "length") return undefined;
  const content = read(answer.json).choices?.[0]?.message?.content;
  if (typeof content === "string" && content.trim() !== "") return content;
  return toolCallsOf(answer).length > 0 ? "" : undefined;
}

/** The tools that a whole chat answer calls. */
export function toolCallsOf({ json }: InferenceAnswer): readonly AnsweredToolCall[] {
  const calls = read(json).choices?.[0]?.message?.tool_calls ?? [];
  return calls.flatMap(({ function: { name, arguments: given } = {} }) =>
    typeof name === "string"
      ? [{ name, arguments: typeof given === "string" ? (parseJson(given) ?? given) : given }]
      : [],
  );
}

/** A whole answer as events for the client, without the usage that its endpoint stated; as a stream where one was asked for. */
export function eventsOf(answer: InferenceAnswer, stream: boolean): readonly InferenceEvent[] {
  const { usage: _own, choices, ...frame } = read(answer.json);
  const { finishReason = "stop" } = answer;
  if (!stream) return [{ kind: "answer", json: write({ ...frame, choices }), finishReason }];
  const [choice] = choices ?? [];
  const chunk = (content: object): Uint8Array =>
    write({ ...frame, object: "chat.completion.chunk", choices: [{ index: 0, ...content }] });
  const { logprobs } = choice ?? {};
  const { tool_calls: calls, ...message } = choice?.message ?? {};
  const called = calls === undefined ? {} : { tool_calls: calls.map((call, index) => ({ index, ...call })) };
  const first = {
    delta: { ...message, ...called },
    finish_reason: null,
    ...(logprobs === undefined ? {} : { logprobs }),
  };
  return [
    { kind: "chunk", json: chunk(first), hasContent: true },
    { kind: "chunk", json: chunk({ delta: {}, finish_reason: finishReason }), hasContent: false, finishReason },
  ];
}

function read(json: Uint8Array): ChatAnswer {
  return JSON.parse(decoder.decode(json)) as ChatAnswer;
}

function write(value: object): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}
