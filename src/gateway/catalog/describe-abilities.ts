import type { Capability } from "../../core/endpoint.ts";

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
