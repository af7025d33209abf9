import type { AnswerEnd } from "./generate-answer.ts";
import { randomUUID } from "node:crypto";
import type { AnswerEvent } from "./answer-state.ts";
import type { CompletionEvent, CompletionUsage } from "./run-completion.ts";
import type { TokenLogprob } from "./token-logprob.ts";

const REASONING_COMMENT = ": reasoning\n\n";

/** What all parts of one answer have in common. */
export interface CompletionHead {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
  readonly systemFingerprint: string;
}

/** A head with a fresh id, which tells by its beginning what it is of: `chatcmpl`, `cmpl`, `clsf`. */
export function newHead(kind: string, model: string, systemFingerprint: string, wallMs: number): CompletionHead {
  const id = `${kind}-${randomUUID().replaceAll("-", "")}`;
  return { id, created: Math.floor(wallMs / 1_000), model, systemFingerprint };
}

/** OpenAI's `usage`. @see https://platform.openai.com/docs/api-reference/chat/object */
export function usageJson(usage: CompletionUsage): Record<string, unknown> {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}

/**
 * Writes the frames of a stream. The parts of a frame that never change are serialized once, so a token costs one
 * `JSON.stringify` of its text.
 * @see https://platform.openai.com/docs/api-reference/chat/streaming
 */
export class StreamFrames {
  readonly #start: string;
  readonly #started = new Set<number>();
  readonly #hidesReasoning: boolean;

  /** @param hidesReasoning Whether it is left out; a comment in its place shows that the answer is being worked on. */
  constructor(head: CompletionHead, hidesReasoning = false) {
    this.#hidesReasoning = hidesReasoning;
    const fixed = JSON.stringify({
      id: head.id,
      object: "chat.completion.chunk",
      created: head.created,
      model: head.model,
      system_fingerprint: head.systemFingerprint,
    });
    this.#start = `data: ${fixed.slice(0, -1)},"choices":[`;
  }

  /** The frames of one event; the first of a choice is preceded by its role. */
  event({ choice, ...event }: CompletionEvent): string {
    if (this.#hidesReasoning && event.kind === "answer" && event.event.kind === "reasoning-delta")
      return REASONING_COMMENT;
    const role = this.#started.has(choice)
      ? ""
      : this.#frame(choice, '{"role":"assistant","content":""}', "null", NO_END);
    this.#started.add(choice);
    if (event.kind === "end") return role + this.#frame(choice, "{}", "null", endMembers(event.end));
    if (event.kind === "discard") throw new Error("A stream cannot take back what it has sent.");
    const { delta, logprobs } = deltaOf(event.event);
    return role + this.#frame(choice, delta, logprobs, NO_END);
  }

  usage(usage: CompletionUsage): string {
    return `${this.#start}],"usage":${JSON.stringify(usageJson(usage))}}\n\n`;
  }

  #frame(choice: number, delta: string, logprobs: string, end: string): string {
    return `${this.#start}{"index":${choice},"delta":${delta},"logprobs":${logprobs},${end}}]}\n\n`;
  }
}

type Ending = Pick<AnswerEnd, "finishReason" | "stopText">;

const NO_END = '"finish_reason":null';

function endMembers(end: Ending): string {
  return JSON.stringify({ finish_reason: end.finishReason, ...stopReason(end) }).slice(1, -1);
}

/** Which text of `stop` ended the answer, under vLLM's name for it. @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
function stopReason({ stopText }: Ending): { readonly stop_reason?: string } {
  return stopText === undefined ? {} : { stop_reason: stopText };
}

/** Reasoning under the name of OpenRouter, and under the one of DeepSeek and of most local servers. @see https://openrouter.ai/docs/use-cases/reasoning-tokens */
function reasoningMembers(text: string): Record<string, string> {
  return { reasoning: text, reasoning_content: text };
}

function deltaOf(event: AnswerEvent): { readonly delta: string; readonly logprobs: string } {
  switch (event.kind) {
    case "content-delta": {
      const logprobs =
        event.logprobs.length === 0 ? "null" : JSON.stringify({ content: event.logprobs, refusal: null });
      return { delta: `{"content":${JSON.stringify(event.text)}}`, logprobs };
    }
    case "reasoning-delta":
      return { delta: JSON.stringify(reasoningMembers(event.text)), logprobs: "null" };
    case "call-start": {
      const { index, id, name } = event;
      const call = { index, id, type: "function", function: { name, arguments: "" } };
      return { delta: JSON.stringify({ tool_calls: [call] }), logprobs: "null" };
    }
    case "call-delta": {
      const call = { index: event.index, function: { arguments: event.text } };
      return { delta: JSON.stringify({ tool_calls: [call] }), logprobs: "null" };
    }
  }
}

/** Collects the events of a request that asked for no stream. */
export class WholeCompletion {
  readonly #head: CompletionHead;
  readonly #choices: WholeChoice[] = [];
  readonly #hidesReasoning: boolean;

  constructor(head: CompletionHead, hidesReasoning = false) {
    this.#head = head;
    this.#hidesReasoning = hidesReasoning;
  }

  add(event: CompletionEvent): void {
    if (this.#hidesReasoning && event.kind === "answer" && event.event.kind === "reasoning-delta") return;
    const choice = (this.#choices[event.choice] ??= new WholeChoice(event.choice));
    if (event.kind === "answer") choice.add(event.event);
    else if (event.kind === "end") choice.end = event.end;
    else this.#choices[event.choice] = new WholeChoice(event.choice);
  }

  toJson(usage: CompletionUsage): string {
    return JSON.stringify({
      id: this.#head.id,
      object: "chat.completion",
      created: this.#head.created,
      model: this.#head.model,
      system_fingerprint: this.#head.systemFingerprint,
      choices: this.#choices.map((choice) => choice.toJson()),
      usage: usageJson(usage),
    });
  }
}

class WholeChoice {
  end: Ending = { finishReason: "stop" };
  readonly #index: number;
  readonly #logprobs: TokenLogprob[] = [];
  readonly #calls: { readonly id: string; readonly name: string; arguments: string }[] = [];
  #content = "";
  #reasoning = "";

  constructor(index: number) {
    this.#index = index;
  }

  add(event: AnswerEvent): void {
    switch (event.kind) {
      case "content-delta":
        this.#content += event.text;
        this.#logprobs.push(...event.logprobs);
        break;
      case "reasoning-delta":
        this.#reasoning += event.text;
        break;
      case "call-start":
        this.#calls[event.index] = { id: event.id, name: event.name, arguments: "" };
        break;
      case "call-delta": {
        const call = this.#calls[event.index];
        if (call !== undefined) call.arguments += event.text;
        break;
      }
    }
  }

  toJson(): Record<string, unknown> {
    const calls = this.#calls.map(({ id, name, arguments: text }) => ({
      id,
      type: "function",
      function: { name, arguments: text },
    }));
    return {
      index: this.#index,
      message: {
        role: "assistant",
        content: this.#content === "" && calls.length > 0 ? null : this.#content,
        refusal: null,
        ...(this.#reasoning === "" ? {} : reasoningMembers(this.#reasoning)),
        ...(calls.length === 0 ? {} : { tool_calls: calls }),
      },
      logprobs: this.#logprobs.length === 0 ? null : { content: this.#logprobs, refusal: null },
      finish_reason: this.end.finishReason,
      ...stopReason(this.end),
    };
  }
}
