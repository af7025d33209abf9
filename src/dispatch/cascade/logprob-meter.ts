import type { InferenceEvent } from "../../core/inference-event.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

interface WithChoices {
  readonly choices?: readonly Readonly<Record<string, unknown>>[];
}

interface Logprobs {
  readonly content?: readonly { readonly logprob?: unknown }[] | null;
}

/** Sums the log-probabilities of an answer's tokens as its events come. */
export class LogprobMeter {
  #sum = 0;
  #count = 0;

  observe({ json }: InferenceEvent): void {
    const [choice] = (JSON.parse(decoder.decode(json)) as WithChoices).choices ?? [];
    for (const { logprob } of (choice?.["logprobs"] as Logprobs | null | undefined)?.content ?? []) {
      if (typeof logprob !== "number" || !Number.isFinite(logprob)) continue;
      this.#sum += logprob;
      this.#count += 1;
    }
  }

  /** Natural logarithm, at most 0: 0 is certain. Undefined while no token has told its own. */
  get mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count;
  }
}

/** The event without log-probabilities, for a caller who did not ask for them. */
export function withoutLogprobs(event: InferenceEvent): InferenceEvent {
  const value = JSON.parse(decoder.decode(event.json)) as WithChoices;
  if (value.choices === undefined) return event;
  const choices = value.choices.map((choice) => ("logprobs" in choice ? { ...choice, logprobs: null } : choice));
  return { ...event, json: encoder.encode(JSON.stringify({ ...value, choices })) };
}

/** A chat's body that asks for the log-probability of each token. */
export function askingForLogprobs(body: Uint8Array): Uint8Array {
  const fields = JSON.parse(decoder.decode(body)) as Readonly<Record<string, unknown>>;
  return encoder.encode(JSON.stringify({ ...fields, logprobs: true }));
}
