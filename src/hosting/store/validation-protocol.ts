/**
 * What the process that tries a model file out is asked to do, as its second argument after the file:
 * `generate` loads everything and evaluates one token, `load` stops before that (embedding and reranking models), and
 * `vocabulary` reads the header and the tokenizer alone.
 */
export type ValidationDepth = "generate" | "load" | "vocabulary";

/** Its one message. Exiting without one is a failure too. */
export type FromValidator =
  | { readonly kind: "valid"; readonly loadMs: number }
  | { readonly kind: "invalid"; readonly reason: string };
