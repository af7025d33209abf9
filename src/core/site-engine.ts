/** Kinds of server on the site whose state can be read. `openai`: one that says nothing but its answers. */
export type SiteEngine =
  | "llama-server"
  | "vllm"
  | "sglang"
  | "ollama"
  | "lm-studio"
  | "ray-serve"
  | "kserve"
  | "openai";

/** Every kind, as the configuration may name them. */
export const SITE_ENGINES: readonly SiteEngine[] = [
  "llama-server",
  "vllm",
  "sglang",
  "ollama",
  "lm-studio",
  "ray-serve",
  "kserve",
  "openai",
];
