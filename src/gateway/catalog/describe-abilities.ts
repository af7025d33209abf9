import type { Capability } from "../../core/endpoint.ts";

/** Parameters that every endpoint of a chat model takes. */
const COMMON_PARAMETERS = ["max_tokens", "max_completion_tokens", "temperature", "top_p", "stop", "seed"] as const;

/** Parameters that a capability adds. @see https://openrouter.ai/docs/api-reference/parameters */
const PARAMETERS_OF: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  tools: ["tools", "tool_choice", "parallel_tool_calls"],
  "json-schema": ["response_format", "structured_outputs"],
  logprobs: ["logprobs", "top_logprobs"],
  reasoning: ["reasoning", "reasoning_effort", "include_reasoning"],
};

/** Parameters of models that write no text. */
const PARAMETERS_OF_READERS: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  embeddings: ["dimensions", "encoding_format"],
  rerank: ["top_n", "return_documents"],
};

/** `supported_parameters` of an endpoint, or of a model with the capabilities of all its endpoints. */
export function supportedParameters(capabilities: readonly Capability[]): readonly string[] {
  const readers = capabilities.flatMap((capability) => PARAMETERS_OF_READERS[capability] ?? []);
  if (readers.length > 0) return readers;
  return [...COMMON_PARAMETERS, ...new Set(capabilities.flatMap((capability) => PARAMETERS_OF[capability] ?? []))];
}

/** `architecture` in OpenRouter's shape. */
export function describeArchitecture(capabilities: readonly Capability[]): Readonly<Record<string, unknown>> {
  const inputs = [
    "text",
    ...(capabilities.includes("images") ? ["image"] : []),
    ...(capabilities.includes("audio") ? ["audio"] : []),
  ];
  const output = capabilities.includes("embeddings")
    ? "embeddings"
    : capabilities.includes("rerank")
      ? "rerank"
      : "text";
  return {
    modality: `${inputs.join("+")}->${output}`,
    input_modalities: inputs,
    output_modalities: [output],
    instruct_type: null,
    tokenizer: null,
  };
}
