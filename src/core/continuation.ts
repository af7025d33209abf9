import type { EndpointId, ModelId } from "./ids.ts";

/**
 * How a server is told to go on with an unfinished message of the assistant, which stands last in the conversation, rather
 * than to begin a new one. A server to which none of these is known to apply can't.
 *
 * - `continue-final-message`: two members beside the messages say so: vLLM, SGLang, text-generation-inference, and the
 *   models of this box.
 * - `prefix`: the message itself says so: DeepSeek's beta base URL.
 * - `echoed-prefix`: the same, and the answer repeats the message before it goes on: Mistral.
 * - `last-message`: nothing does, the message alone is enough: llama-server, OpenRouter, Groq, and Anthropic's models up to
 *   Claude Opus 4.5.
 *
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html#extra-parameters-for-chat-completions-api
 * @see https://github.com/sgl-project/sglang/pull/4226
 * @see https://github.com/huggingface/text-generation-inference/pull/2733
 * @see https://api-docs.deepseek.com/guides/chat_prefix_completion
 * @see https://docs.mistral.ai/api/#operation/chatCompletion and, for the repetition, https://github.com/vercel/ai/pull/3256
 * @see https://github.com/ggml-org/llama.cpp/pull/13608
 * @see https://console.groq.com/docs/prefilling
 * @see https://docs.claude.com/en/docs/build-with-claude/prompt-engineering/prefill-claudes-response
 */
export type ContinuationForm = "continue-final-message" | "prefix" | "echoed-prefix" | "last-message";

/** Every form, as the configuration may name them. */
export const CONTINUATION_FORMS: readonly ContinuationForm[] = [
  "continue-final-message",
  "prefix",
  "echoed-prefix",
  "last-message",
];

/** An answer that broke off after the caller had some of it: what whoever goes on with it needs to know. */
export interface UnfinishedAnswer {
  /** All that the caller has of it; never empty. */
  readonly text: string;
  /** Tokens of that text, as they are billed. */
  readonly completionTokens: number;
  /** Only an endpoint of this model may go on. */
  readonly modelId: ModelId;
  /** Whose answer broke off last. */
  readonly endpointId: EndpointId;
}

/** Whether and by whom an answer can be gone on with where it breaks off, as a decision says it. */
export interface ContinuationPlan {
  /** Candidates that can go on with an unfinished answer; of these, those of the model that had begun may. */
  readonly endpointIds: readonly EndpointId[];
}

/** One time that an answer broke off and others were asked to go on with it. */
export interface Continuation {
  /** Whose answer broke off, and why. */
  readonly brokenEndpointId: EndpointId;
  readonly errorCode: string;
  /** Tokens that the caller had by then. */
  readonly afterTokens: number;
  /** Who was asked, in order; without an error code: who goes on. */
  readonly attempts: readonly {
    readonly endpointId: EndpointId;
    readonly errorCode?: string;
    readonly durationMs: number;
  }[];
  /** Index of the leaf of the attempt that goes on; absent where nobody does. */
  readonly auditIndex?: number;
}

/** What followed where an answer broke off that might be gone on with: another attempt `went-on`, or the request `gave-up`. */
export type ContinuationVerdict = "went-on" | "gave-up";
