import type { UnfinishedAnswer } from "./continuation.ts";
import type { ModelId } from "./ids.ts";
import type { WorkloadClass } from "./workload.ts";

/** What is asked of a model: an answer to messages, the rest of a text, vectors, the order of documents, the share of labels. */
export type InferenceKind = "chat" | "completion" | "embedding" | "rerank" | "classify";

/** Every kind, in the order of the documentation. */
export const INFERENCE_KINDS: readonly InferenceKind[] = ["chat", "completion", "embedding", "rerank", "classify"];

/** Whether a model writes text for it; the other kinds read only, and their answers have no tokens. */
export function writesText(kind: InferenceKind): boolean {
  return kind === "chat" || kind === "completion";
}

/** How the caller wants the answer's shape constrained. */
export type ResponseFormat =
  | { readonly kind: "text" }
  | { readonly kind: "json-object" }
  | { readonly kind: "json-schema"; readonly schema: unknown };

/** `sort` of the `provider` object. `exacto` is OpenRouter's name for quality first. */
export type SortKey = "price" | "throughput" | "latency" | "exacto";

/** The most that an endpoint may charge. */
export interface MaxPrice {
  /** In micro-USD per million tokens. */
  readonly promptMicroUsdPerMillion?: number;
  readonly completionMicroUsdPerMillion?: number;
  /** In micro-USD for the request itself, and for each picture in it. */
  readonly requestMicroUsd?: number;
  readonly imageMicroUsd?: number;
  /** Whether a highest price for sound was stated: no endpoint's is known here. */
  readonly limitsAudio?: boolean;
}

/** Which models `auto` may choose, as patterns in which `*` stands for any characters. */
export interface AutoModels {
  readonly allowed?: readonly string[];
  readonly excluded?: readonly string[];
}

/** A threshold that may be stated for several percentiles (`p50`, `p90` …). */
export type PercentileThresholds = Readonly<Partial<Record<"p50" | "p75" | "p90" | "p99", number>>>;

/** OpenRouter's `provider` object. Every field narrows or orders; none widens what policy allows. @see https://openrouter.ai/docs/features/provider-routing */
export interface ProviderPreferences {
  /** Slugs in lower case: a provider, or one of its variants such as `acme/eu-west`, `acme/flex`, `acme/fp8`. */
  readonly order?: readonly string[];
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly allowFallbacks: boolean;
  readonly requireParameters: boolean;
  readonly dataCollection?: "allow" | "deny";
  readonly zeroDataRetention?: boolean;
  readonly quantizations?: readonly string[];
  readonly sort?: SortKey;
  /** `model`: finish with one model before the next of `models`; `none`: sort over all of them. */
  readonly sortPartition: "model" | "none";
  readonly maxPrice?: MaxPrice;
  readonly preferredMinTokensPerSecond?: PercentileThresholds;
  readonly preferredMaxLatencyMs?: PercentileThresholds;
  /** Whether a second endpoint may be asked when the first is late; absent: as the route says. */
  readonly hedge?: boolean;
  /** `false`: the first endpoint's answer is given, however unsure it is; absent or `true`: as the route says. */
  readonly cascade?: boolean;
  /** Whether an answer that breaks off may be gone on with; absent: as the route says. A route that forbids it wins. */
  readonly continuation?: boolean;
}

/** What only the caller can say about one request, taken from headers. */
export interface RequestHints {
  /** `x-data-class`: raises the class, never lowers it. */
  readonly dataClass?: string;
  /** `x-workload-class`. */
  readonly workloadClass?: WorkloadClass;
  /** `x-deadline-ms`: one deadline over queue, attempts and fallbacks, counted from arrival. */
  readonly deadlineMs?: number;
  /** `x-signalbox-metadata: enabled`. */
  readonly wantsMetadata: boolean;
}

/**
 * One request, parsed once and frozen. `body` holds the caller's bytes, so that an endpoint that speaks the same
 * protocol receives what the caller wrote; everything else is what routing needs to know about them. What only a chat
 * has (messages, tools, images, a form of the answer) is none for the other kinds.
 */
export interface InferenceRequest {
  readonly kind: InferenceKind;
  /** The caller's JSON, unchanged. Always a JSON object of its kind. */
  readonly body: Uint8Array;
  /** `model` without suffixes; `auto` when the caller leaves the choice to the router. */
  readonly model: ModelId;
  /** Fallbacks in order, from `models`, without `model`. */
  readonly fallbackModels: readonly ModelId[];
  /** Suffixes of all names after their colons, in order: `floor`, `nitro`, `exacto`, `local`, `free`. */
  readonly suffixes: readonly string[];
  /** What `auto` may choose; absent: everything. */
  readonly autoModels?: AutoModels;
  readonly stream: boolean;
  /** Whether the caller asked for usage in the stream (`stream_options.include_usage`). */
  readonly includeUsage: boolean;
  /** `max_completion_tokens` or `max_tokens`; 0 for a kind that writes no text. */
  readonly maxTokens?: number;
  /** Answers asked for (`n`), for all prompts together. */
  readonly choiceCount: number;
  readonly messageCount: number;
  /** Roles in order. */
  readonly roles: readonly string[];
  readonly toolCount: number;
  readonly toolChoice: "none" | "auto" | "required" | "named";
  /** Whether a message carries a tool result. */
  readonly hasToolResults: boolean;
  readonly hasImages: boolean;
  /** Pictures in all messages; absent counts as none. */
  readonly imageCount?: number;
  readonly responseFormat: ResponseFormat;
  /** Names of the optional parameters that the caller set, for `require_parameters`. */
  readonly parameters: readonly string[];
  /** Texts that are read apart from each other: inputs to embed, documents to rank, prompts to complete; 1 for a chat. */
  readonly inputCount: number;
  /** Characters of all text to read, tool definitions included. */
  readonly promptCharacters: number;
  /** An estimate until a tokenizer has counted: characters divided by a conservative ratio, plus a fixed part a message. */
  readonly estimatedPromptTokens: number;
  /** Of these, what a context has to hold at once: the longest of the inputs, with what is read together with it. */
  readonly longestInputTokens: number;
  /** Where that input stands in the body, for example `input[3]`; absent where there is one alone. */
  readonly longestInput?: string;
  /** Text of the last user message, capped to its head and tail; for classification only, never recorded. */
  readonly lastUserText: string;
  readonly provider: ProviderPreferences;
  readonly sessionId?: string;
  readonly user?: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** As stated: `flex` may wait, `priority` goes first, anything else means the default. */
  readonly serviceTier?: string;
  readonly hints: RequestHints;
  /** The answer to go on with, which broke off; no part of `body`. Absent: the answer is to be begun. */
  readonly continues?: UnfinishedAnswer;
}
