import type { CompletionUsage } from "./run-completion.ts";
import type { FirstToken, TextEvent } from "./run-text.ts";
import type { TokenLogprob } from "./token-logprob.ts";
import { type CompletionHead, usageJson } from "./write-completion.ts";

/** Log probabilities as the completion of texts has them. @see https://platform.openai.com/docs/api-reference/completions/object */
interface LogprobsJson {
  readonly tokens: string[];
  readonly token_logprobs: (number | null)[];
  readonly top_logprobs: (Readonly<Record<string, number>> | null)[];
  readonly text_offset: number[];
}

/** One text while it grows: what each event adds to it, and all of it at the end. */
class GrowingText {
  #text = "";
  #offset = 0;
  readonly #logprobs: LogprobsJson = newLogprobs();
  #finishReason: string | null = null;

  /** Adds an event and returns its part alone. */
  add(event: TextEvent, index: number): Readonly<Record<string, unknown>> {
    if (event.kind === "end") {
      this.#finishReason = event.finishReason;
      return choiceJson(index, "", newLogprobs(), event.finishReason);
    }
    this.#text += event.text;
    const part = newLogprobs();
    for (const entry of event.logprobs) {
      for (const logprobs of [part, this.#logprobs]) addLogprob(logprobs, entry, this.#offset);
      this.#offset += entry.token.length;
    }
    return choiceJson(index, event.text, part, null);
  }

  toJson(index: number): Readonly<Record<string, unknown>> {
    return choiceJson(index, this.#text, this.#logprobs, this.#finishReason);
  }
}

function newLogprobs(): LogprobsJson {
  return { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] };
}

function addLogprob(json: LogprobsJson, entry: TokenLogprob | FirstToken, offset: number): void {
  json.tokens.push(entry.token);
  json.token_logprobs.push(entry.logprob);
  json.top_logprobs.push(
    entry.logprob === null
      ? null
      : Object.fromEntries((entry.top_logprobs ?? []).map(({ token, logprob }) => [token, logprob])),
  );
  json.text_offset.push(offset);
}

function choiceJson(
  index: number,
  text: string,
  logprobs: LogprobsJson,
  finishReason: string | null,
): Readonly<Record<string, unknown>> {
  return { index, text, logprobs: logprobs.tokens.length === 0 ? null : logprobs, finish_reason: finishReason };
}

/** Writes completed texts, as frames of a stream or whole. @see https://platform.openai.com/docs/api-reference/completions/object */
export class TextWriter {
  readonly #head: Readonly<Record<string, unknown>>;
  readonly #texts = new Map<number, GrowingText>();

  constructor({ id, created, model, systemFingerprint }: CompletionHead) {
    this.#head = { id, object: "text_completion", created, model, system_fingerprint: systemFingerprint };
  }

  /** Takes an event; returns its frame. */
  add(event: TextEvent): string {
    const text = this.#texts.get(event.choice) ?? new GrowingText();
    this.#texts.set(event.choice, text);
    return frame({ ...this.#head, choices: [text.add(event, event.choice)] });
  }

  usageFrame(usage: CompletionUsage): string {
    return frame({ ...this.#head, choices: [], usage: usageJson(usage) });
  }

  /** Everything that was added, as one answer. */
  whole(usage: CompletionUsage): string {
    const choices = [...this.#texts].map(([index, text]) => text.toJson(index));
    return JSON.stringify({ ...this.#head, choices, usage: usageJson(usage) });
  }
}

function frame(json: Readonly<Record<string, unknown>>): string {
  return `data: ${JSON.stringify(json)}\n\n`;
}
