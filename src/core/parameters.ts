import type { Capability, EndpointFacts } from "./endpoint.ts";
import { PROTOCOL_LIMITS } from "./protocol.ts";

/** Texts of `stop` in one request: few enough to search for in every piece of an answer. OpenAI takes 4. */
export const MAX_STOP_SEQUENCES = 16;

/** Characters of one text of `stop`. */
export const MAX_STOP_LENGTH = 1_024;

/** Parameters that every endpoint of a model which writes text takes. */
const COMMON_PARAMETERS = ["max_tokens", "max_completion_tokens", "temperature", "top_p", "stop", "seed"] as const;

/** What the engine of this box honours beside them, whatever the model. Elsewhere nobody knows. */
const BOX_PARAMETERS = [
  "top_k",
  "min_p",
  "frequency_penalty",
  "presence_penalty",
  "repetition_penalty",
  "repeat_penalty",
  "repeat_last_n",
  "logit_bias",
  "n",
  "grammar",
  "continue_final_message",
] as const;

/** Parameters that a capability adds. @see https://openrouter.ai/docs/api-reference/parameters */
const PARAMETERS_OF: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  tools: ["tools", "tool_choice", "parallel_tool_calls"],
  "json-schema": ["response_format", "structured_outputs"],
  logprobs: ["logprobs", "top_logprobs"],
  reasoning: ["reasoning", "reasoning_effort", "include_reasoning"],
  audio: ["audio"],
};

/** Parameters of models that read, which of themselves write no text. */
const PARAMETERS_OF_READERS: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  embeddings: ["dimensions", "encoding_format"],
  rerank: ["top_n", "return_documents"],
};

const BY_CAPABILITY: ReadonlySet<string> = new Set(Object.values(PARAMETERS_OF).flat());

/** Parameters of models that nothing on this box honours. */
const NEVER_ON_THE_BOX: ReadonlySet<string> = new Set([
  "top_a",
  "modalities",
  "prediction",
  "verbosity",
  "web_search_options",
]);

type Able = Pick<EndpointFacts, "location" | "capabilities" | "protocol">;

/**
 * `supported_parameters` of an endpoint. For one of this box the list is whole: what is not in it has no effect there, or
 * is refused with a reason.
 */
export function supportedParameters({ location, capabilities, protocol = "openai" }: Able): readonly string[] {
  const readers = capabilities.flatMap((capability) => PARAMETERS_OF_READERS[capability] ?? []);
  const onlyReads = capabilities.every((capability) => PARAMETERS_OF_READERS[capability] !== undefined);
  if (readers.length > 0 && onlyReads) return readers;
  const declared = capabilities.flatMap((capability) => PARAMETERS_OF[capability] ?? []);
  const common = [...COMMON_PARAMETERS, ...(location === "box" ? BOX_PARAMETERS : [])];
  return [...common, ...new Set([...declared, ...readers])].filter(
    (name) => !PROTOCOL_LIMITS[protocol].lacks.has(name),
  );
}

/**
 * Whether a parameter of a request is known to mean nothing to an endpoint. One that no capability tells of is taken by
 * every server elsewhere; names that nobody knows are passed over.
 */
export function lacksParameter(facts: Able, name: string): boolean {
  if (PROTOCOL_LIMITS[facts.protocol ?? "openai"].lacks.has(name)) return true;
  if (BY_CAPABILITY.has(name)) return !supportedParameters(facts).includes(name);
  return facts.location === "box" && NEVER_ON_THE_BOX.has(name);
}
