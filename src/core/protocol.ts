import type { InferenceKind } from "./inference-request.ts";

/** How a provider is spoken to. */
export type Protocol = "openai" | "anthropic";

/** Every protocol, as the configuration may name them. */
export const PROTOCOLS: readonly Protocol[] = ["openai", "anthropic"];

/** What a protocol has no words for. */
interface Limits {
  /** The kinds of work that it has; absent: all that leave this box. */
  readonly kinds?: readonly InferenceKind[];
  /** Whether it gives several answers at once. */
  readonly severalAnswers: boolean;
  /** Parameters of OpenAI's protocol that mean nothing in it. */
  readonly lacks: ReadonlySet<string>;
}

/**
 * What can't be asked for in each protocol, however able the model.
 * @see https://docs.claude.com/en/api/messages
 */
export const PROTOCOL_LIMITS: Readonly<Record<Protocol, Limits>> = {
  openai: { severalAnswers: true, lacks: new Set() },
  anthropic: {
    kinds: ["chat"],
    severalAnswers: false,
    lacks: new Set([
      "seed",
      "n",
      "frequency_penalty",
      "presence_penalty",
      "repetition_penalty",
      "min_p",
      "top_a",
      "logit_bias",
      "logprobs",
      "top_logprobs",
      "modalities",
      "audio",
      "prediction",
      "verbosity",
      "web_search_options",
    ]),
  },
};
