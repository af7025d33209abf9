import type { InferenceAnswer, InferenceEvent } from "../core/inference-event.ts";
import type { Usage } from "../core/usage.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

interface ChatAnswer {
  readonly choices?: readonly { readonly message?: { readonly content?: unknown }; readonly finish_reason?: unknown }[];
  readonly [member: string]: unknown;
}

/** The text of a whole chat answer; undefined where it has none, as for a refusal or an answer cut short. */
export function textOfAnswer({ json, finishReason }: InferenceAnswer): string | undefined {
  const content = read(json).choices?.[0]?.message?.content;
  return typeof content === "string" && content.trim() !== "" && finishReason !== "length" ? content : undefined;
}

/** The panel's answer in events: the chosen one with what all members used, as a stream where one was asked for. */
export function eventsOf(
  answer: InferenceAnswer,
  usage: Usage | undefined,
  stream: boolean,
): readonly InferenceEvent[] {
  const { usage: _own, choices, ...frame } = read(answer.json);
  const counted = usage === undefined ? {} : { usage };
  const { finishReason = "stop" } = answer;
  if (!stream) return [{ kind: "answer", json: write({ ...frame, choices }), finishReason, ...counted }];
  const chunk = (choice: object): Uint8Array =>
    write({ ...frame, object: "chat.completion.chunk", choices: [{ index: 0, ...choice }] });
  return [
    { kind: "chunk", json: chunk({ delta: choices?.[0]?.message, finish_reason: null }), hasContent: true },
    {
      kind: "chunk",
      json: chunk({ delta: {}, finish_reason: finishReason }),
      hasContent: false,
      finishReason,
      ...counted,
    },
  ];
}

/** What several answers used together; a count that one of them lacks is unknown. */
export function sumUsage(usages: readonly (Usage | undefined)[]): Usage | undefined {
  const known = usages.filter((usage) => usage !== undefined);
  if (known.length === 0 || known.length < usages.length) return undefined;
  const sum = (name: "promptTokens" | "completionTokens"): number | undefined =>
    sumKnown(known.map((usage) => usage[name]));
  const promptTokens = sum("promptTokens");
  const completionTokens = sum("completionTokens");
  return {
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(completionTokens === undefined ? {} : { completionTokens }),
    basis: known.every(({ basis }) => basis === "measured") ? "measured" : "estimated",
  };
}

/** The sum, or undefined as soon as one of the numbers is unknown. */
export function sumKnown(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>(
    (sum, number) => (sum === undefined || number === undefined ? undefined : sum + number),
    0,
  );
}

function read(json: Uint8Array): ChatAnswer {
  return JSON.parse(decoder.decode(json)) as ChatAnswer;
}

function write(value: object): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}
