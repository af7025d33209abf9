import { chat, messagesOf } from "./upstream-behaviours.ts";
import type { UpstreamBehaviour, UpstreamRequest } from "./upstream-server.ts";

/** How a server that answers probes is not as it should be. */
export interface ProbeTwists {
  /** Tokens that it reads of a prompt; what is before them is lost. */
  readonly readsTokens?: number;
  /** Questions whose answer is this text, by a part of their text. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** Characters that make one token for this server. */
const CHARACTERS_PER_TOKEN = 4;

const RIGHT_ANSWERS: Readonly<Record<string, string>> = {
  "347 + 589": "936",
  "23 * 17": "391",
  "leap year": "29",
  "Repeat this text exactly": "vq7-LAMP-0042-violet-harbour",
  "from 1 to 40": Array.from({ length: 40 }, (_, index) => index + 1).join(" "),
  "289330 people": '{"city": "Bergen", "people": 289330}',
  "Order 5821": '{"paid": true, "order": 5821}',
};

/** Answers every probe rightly and counts tokens, but for the twists. It finds a needle only in what it has read. */
export function answerProbes({ readsTokens = Infinity, answers = {} }: ProbeTwists = {}): UpstreamBehaviour {
  return async (request, response) => {
    const text = String(messagesOf(request).at(-1)?.content);
    const read = text.slice(-Math.min(text.length, readsTokens * CHARACTERS_PER_TOKEN));
    const usage = { prompt_tokens: Math.ceil(read.length / CHARACTERS_PER_TOKEN), completion_tokens: 20 };
    const answer = find(answers, text) ?? find(RIGHT_ANSWERS, text) ?? needleIn(read);
    const call = toolCallFor(request);
    const script = call === undefined ? { pieces: piecesOf(answer ?? "no idea") } : { toolCalls: [call], pieces: [] };
    await chat({ ...script, usage: { ...usage, total_tokens: usage.prompt_tokens + 20 } })(request, response);
  };
}

function find(answers: Readonly<Record<string, string>>, text: string): string | undefined {
  return Object.entries(answers).find(([part]) => text.includes(part))?.[1];
}

function needleIn(text: string): string | undefined {
  return /code of the blue door is (\d+)/.exec(text)?.[1];
}

function toolCallFor(request: UpstreamRequest) {
  const [tool] = (request.json()["tools"] ?? []) as { readonly function: { readonly name: string } }[];
  if (tool === undefined) return undefined;
  const { name } = tool.function;
  const parameters = name === "get_weather" ? { city: "Oslo" } : { degrees: 21, room: 12 };
  return { id: "call_1", name, arguments: JSON.stringify(parameters) };
}

function piecesOf(text: string): readonly string[] {
  return text.match(/.{1,12}/gs) ?? [""];
}
