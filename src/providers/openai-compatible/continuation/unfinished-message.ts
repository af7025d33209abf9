import type { ContinuationForm } from "../../../core/continuation.ts";
import type { EndpointFacts } from "../../../core/endpoint.ts";
import { SignalboxError } from "../../../core/errors.ts";
import type { InferenceRequest } from "../../../core/inference-request.ts";
import type { MemberEdit } from "../splice-body.ts";

/** What of a request its unfinished answer is handed over with. */
export type ContinuingRequest = Pick<InferenceRequest, "kind" | "continues" | "maxTokens" | "parameters">;

/** How an endpoint is told to go on. */
export type ContinuingEndpoint = Pick<EndpointFacts, "id" | "location" | "continuation">;

/** What an endpoint is given of an answer, and what of it may come again at the beginning of the rest. */
export interface HandedOver {
  readonly text: string;
  /** Comes again in any case: the endpoint repeats the message that it goes on with. */
  readonly echoed: string;
  /** White space that was kept back, and which the endpoint therefore writes again. */
  readonly keptBack: string;
}

/** The members beside the messages that say that the last message is to be gone on with. @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html#extra-parameters-for-chat-completions-api */
const CONTINUE_FINAL_MESSAGE: readonly (readonly [string, MemberEdit])[] = [
  ["continue_final_message", set(Buffer.from("true"))],
  ["add_generation_prompt", set(Buffer.from("false"))],
];

/**
 * What an endpoint is given of an unfinished answer. White space at its end is kept back from servers elsewhere: chat
 * templates cut it off, and Anthropic refuses it. A model of this box and the completion of a text take it as it is.
 * @see https://github.com/huggingface/search-and-learn/issues/21
 * @see https://docs.claude.com/en/docs/build-with-claude/prompt-engineering/prefill-claudes-response
 */
export function handOver(text: string, { kind }: ContinuingRequest, endpoint: ContinuingEndpoint): HandedOver {
  const isExact = kind === "completion" || endpoint.location === "box";
  const given = isExact ? text : text.trimEnd();
  const isEchoed = kind === "chat" && endpoint.continuation === "echoed-prefix";
  return { text: given, echoed: isEchoed ? given : "", keptBack: text.slice(given.length) };
}

/**
 * The edits that make of the caller's body one that asks to go on with the unfinished answer: it stands last among the
 * messages, or at the end of the prompt, and the limit of tokens is what is left of the caller's. None for a request that
 * has no such answer. Throws `unsupported_parameter` where the prompt is no text.
 */
export function continuationEdits(
  request: ContinuingRequest,
  endpoint: ContinuingEndpoint,
): readonly (readonly [string, MemberEdit])[] {
  const { continues, kind } = request;
  if (continues === undefined) return [];
  const { text } = handOver(continues.text, request, endpoint);
  if (kind === "completion") return [["prompt", appendToPrompt(text)], ...limitEdits(request)];
  if (text === "") return limitEdits(request);
  const form = endpoint.continuation;
  if (form === undefined) throw new Error(`${endpoint.id} is not known to go on with an unfinished answer.`);
  return [
    ["messages", appendMessage(text, form)],
    ...limitEdits(request),
    ...(form === "continue-final-message" ? CONTINUE_FINAL_MESSAGE : []),
  ];
}

function limitEdits({ maxTokens, parameters }: ContinuingRequest): readonly (readonly [string, MemberEdit])[] {
  if (maxTokens === undefined) return [];
  const stated = ["max_tokens", "max_completion_tokens"].filter((name) => parameters.includes(name));
  return stated.map((name) => [name, set(Buffer.from(String(maxTokens)))]);
}

/** The list with one message more; it was checked to be a list of at least one. */
function appendMessage(content: string, form: ContinuationForm): MemberEdit {
  const isMarked = form === "prefix" || form === "echoed-prefix";
  const message = { role: "assistant", content, ...(isMarked ? { prefix: true } : {}) };
  const end = Buffer.from(`,${JSON.stringify(message)}]`);
  return {
    kind: "set",
    value: (current = new Uint8Array()) =>
      Buffer.concat([current.subarray(0, current.lastIndexOf(CLOSE_BRACKET)), end]),
  };
}

function appendToPrompt(text: string): MemberEdit {
  return {
    kind: "set",
    value: (current) => {
      const prompt: unknown = JSON.parse(Buffer.from(current ?? new Uint8Array()).toString("utf8"));
      const only: unknown = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt;
      if (typeof only === "string") return Buffer.from(JSON.stringify(only + text));
      throw new SignalboxError("unsupported_parameter", "A prompt in tokens can't be gone on with as text.", {
        param: "prompt",
      });
    },
  };
}

const CLOSE_BRACKET = 0x5d;

function set(value: Uint8Array): MemberEdit {
  return { kind: "set", value: () => value };
}
