import type { InferenceAnswer, InferenceEvent } from "../core/inference-event.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

interface ChatAnswer {
  readonly choices?: readonly {
    readonly message?: { readonly content?: unknown };
    readonly logprobs?: unknown;
  }[];
  readonly [member: string]: unknown;
}

/** The text of a whole chat answer; undefined where it has none, as for a refusal or an answer cut short. */
export function textOfAnswer({ json, finishReason }: InferenceAnswer): string | undefined {
  const content = read(json).choices?.[0]?.message?.content;
  return typeof content === "string" && content.trim() !== "" && finishReason !== "length" ? content : undefined;
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
  const first = { delta: choice?.message, finish_reason: null, ...(logprobs === undefined ? {} : { logprobs }) };
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
