/**
 * Names of weight formats that mean one of OpenRouter's, most specific first. llama.cpp's `Q4_K_M` and its like are
 * named after the bits of most of their weights.
 * @see https://openrouter.ai/docs/features/provider-routing#quantization
 */
const FAMILIES: readonly { readonly pattern: RegExp; readonly family: string }[] = [
  { pattern: /^(mxfp4|nvfp4)/, family: "fp4" },
  { pattern: /^mxfp8/, family: "fp8" },
  { pattern: /^(i?q4|awq|gptq)/, family: "int4" },
  { pattern: /^(q8|w8a8)/, family: "int8" },
  { pattern: /^f16/, family: "fp16" },
  { pattern: /^f32/, family: "fp32" },
];

/** Whether weights stored as `actual` are what a caller means by one of `wanted`. Unknown matches only `unknown`. */
export function matchesQuantization(wanted: readonly string[], actual: string | undefined): boolean {
  const name = (actual ?? "unknown").toLowerCase();
  const family = FAMILIES.find(({ pattern }) => pattern.test(name))?.family;
  return wanted.some((entry) => entry.toLowerCase() === name || entry.toLowerCase() === family);
}
