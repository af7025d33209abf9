import { z } from "zod";
import { invalidField } from "./invalid-field.ts";

/** Inputs or documents of one request; the gateway has the same limit. */
const MAX_TEXTS = 2_048;

const text = z.string().min(1);
const tokens = z.array(z.int().min(0)).min(1);

/** What this server reads of the body of `POST /v1/embeddings`. @see https://platform.openai.com/docs/api-reference/embeddings/create */
const embeddingSchema = z.looseObject({
  input: z.union([
    text,
    tokens,
    z
      .array(z.union([text, tokens]))
      .min(1)
      .max(MAX_TEXTS),
  ]),
  dimensions: z.int().min(1).nullish(),
  encoding_format: z.enum(["float", "base64"]).nullish(),
});

/** What this server reads of the body of `POST /v1/rerank`. @see https://jina.ai/reranker */
const rerankSchema = z.looseObject({
  query: text,
  documents: z
    .array(z.union([z.string(), z.looseObject({ text: z.string() })]))
    .min(1)
    .max(MAX_TEXTS),
});

/** A request for vectors. */
export interface EmbeddingRequest {
  readonly inputs: readonly (string | readonly number[])[];
  readonly dimensions?: number;
  readonly encoding: "float" | "base64";
}

/** A request for scores. */
export interface RerankRequest {
  readonly query: string;
  readonly documents: readonly string[];
}

/** Checks a parsed body. Throws SignalboxError `invalid_request` that names the field. */
export function parseEmbeddingRequest(json: unknown): EmbeddingRequest {
  const parsed = embeddingSchema.safeParse(json);
  if (!parsed.success) throw invalidField(parsed.error);
  const { input, dimensions, encoding_format: encoding } = parsed.data;
  return {
    inputs: typeof input === "string" ? [input] : isTokens(input) ? [input] : input,
    ...(dimensions === null || dimensions === undefined ? {} : { dimensions }),
    encoding: encoding ?? "float",
  };
}

/** Checks a parsed body. Throws SignalboxError `invalid_request` that names the field. */
export function parseRerankRequest(json: unknown): RerankRequest {
  const parsed = rerankSchema.safeParse(json);
  if (!parsed.success) throw invalidField(parsed.error);
  const { query, documents } = parsed.data;
  return { query, documents: documents.map((document) => (typeof document === "string" ? document : document.text)) };
}

function isTokens(input: readonly (string | number | readonly number[])[]): input is readonly number[] {
  return typeof input[0] === "number";
}
