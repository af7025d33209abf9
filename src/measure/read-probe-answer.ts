import type { InferenceEvent } from "../core/inference-event.ts";

/** The most characters of one answer that are read: more than any question allows tokens for. */
const MAX_CHARACTERS = 64 * 1024;

/** What an endpoint answered. */
export interface ProbeAnswer {
  readonly text: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  /** Of the answer's tokens, natural logarithm; absent where none was given. */
  readonly meanLogProbability?: number;
}

/** The parts of a chunk that an answer is made of. @see https://platform.openai.com/docs/api-reference/chat/streaming */
interface Chunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly tool_calls?: readonly {
        readonly index?: number;
        readonly function?: { readonly name?: string; readonly arguments?: string };
      }[];
    };
    readonly logprobs?: { readonly content?: readonly { readonly logprob?: number }[] | null } | null;
  }[];
}

/**
 * The answer of a streamed chat, put together. `onContent` is called at each chunk that has content. Rejects with what
 * ends the stream, and with an Error where the answer has no end.
 */
export async function readProbeAnswer(
  events: AsyncIterable<InferenceEvent>,
  onContent: () => void = () => undefined,
): Promise<ProbeAnswer> {
  const decoder = new TextDecoder();
  let text = "";
  const calls: { name: string; arguments: string }[] = [];
  const logProbabilities: number[] = [];
  for await (const event of events) {
    if (event.kind !== "chunk") continue;
    if (event.hasContent) onContent();
    const [choice] = (JSON.parse(decoder.decode(event.json)) as Chunk).choices ?? [];
    text += choice?.delta?.content ?? "";
    for (const { index = 0, function: part } of choice?.delta?.tool_calls ?? []) {
      const call = (calls[Math.min(index, calls.length)] ??= { name: "", arguments: "" });
      call.name += part?.name ?? "";
      call.arguments += part?.arguments ?? "";
    }
    for (const { logprob } of choice?.logprobs?.content ?? [])
      if (logprob !== undefined && Number.isFinite(logprob)) logProbabilities.push(logprob);
    if (text.length + calls.reduce((sum, call) => sum + call.arguments.length, 0) > MAX_CHARACTERS)
      throw new Error(`The answer to a probe has more than ${MAX_CHARACTERS} characters.`);
  }
  const sum = logProbabilities.reduce((total, one) => total + one, 0);
  return {
    text,
    toolCalls: calls,
    ...(logProbabilities.length === 0 ? {} : { meanLogProbability: sum / logProbabilities.length }),
  };
}

/** An answer as one text, to be compared with another: white space and the order of a call's arguments do not count. */
export function comparableText({ text, toolCalls }: ProbeAnswer): string {
  const calls = toolCalls.map((call) => `${call.name}(${sortedJson(call.arguments)})`);
  return [text.trim().split(/\s+/).join(" "), ...calls].filter((part) => part !== "").join(" ");
}

function sortedJson(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return json;
    return JSON.stringify(Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))));
  } catch {
    return json; // Compared as it stands.
  }
}
