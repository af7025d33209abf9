import type { InferenceAnswer } from "../../core/inference-event.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { isObject, type JsonObject } from "../wire/json-object.ts";
import { readInputUsage, usageMember } from "./read-usage.ts";
import { readMember } from "./splice-body.ts";
import { invalidResponse, type Upstream } from "../wire/upstream-failure.ts";

/** What one vector is on the wire: numbers, or the same as little-endian 32-bit floats in base64. */
type WireVector = readonly number[] | string;

/**
 * One vector for every input, in the encoding that was asked for: many servers ignore `encoding_format`, and OpenAI's
 * clients ask for base64 on their own and can't read anything else then. Vectors of another length than the one asked for
 * are no answer: they can't be compared with those that the caller has.
 * @see https://platform.openai.com/docs/api-reference/embeddings/create
 */
export function readEmbeddings(
  json: Uint8Array,
  body: JsonObject,
  upstream: Upstream,
  request: InferenceRequest,
): InferenceAnswer {
  const { data } = body;
  if (!Array.isArray(data) || data.length !== request.inputCount) {
    const count = Array.isArray(data) ? data.length : "no";
    throw invalidResponse(upstream, `answered with ${count} embeddings for ${request.inputCount} inputs`);
  }
  const items = data.map((item: unknown) => {
    if (isObject(item) && isVector(item["embedding"])) return { item, vector: item["embedding"] };
    throw invalidResponse(upstream, "answered with an embedding that is no vector");
  });
  const dimensions = readMember(request.body, "dimensions");
  const other = items.find(({ vector }) => typeof dimensions === "number" && lengthOf(vector) !== dimensions);
  if (other !== undefined) {
    const length = lengthOf(other.vector);
    throw invalidResponse(
      upstream,
      `answered with vectors of ${length} numbers, where \`dimensions\` asks for ${String(dimensions)}`,
    );
  }
  const wantsBase64 = readMember(request.body, "encoding_format") === "base64";
  const isAsAsked = items.every(({ vector }) => (typeof vector === "string") === wantsBase64);
  const answer = isAsAsked
    ? json
    : Buffer.from(
        JSON.stringify({
          ...body,
          data: items.map(({ item, vector }) => ({
            ...item,
            embedding: wantsBase64 ? toBase64(vector) : toNumbers(vector),
          })),
        }),
      );
  return { kind: "answer", json: answer, ...usageMember(readInputUsage(body)) };
}

function isVector(value: unknown): value is WireVector {
  if (typeof value === "string") return value !== "";
  return Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === "number");
}

function lengthOf(vector: WireVector): number {
  if (typeof vector !== "string") return vector.length;
  return Math.floor(Buffer.byteLength(vector, "base64") / Float32Array.BYTES_PER_ELEMENT);
}

function toBase64(vector: WireVector): string {
  if (typeof vector === "string") return vector;
  const bytes = Buffer.alloc(vector.length * Float32Array.BYTES_PER_ELEMENT);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * Float32Array.BYTES_PER_ELEMENT);
  return bytes.toString("base64");
}

function toNumbers(vector: WireVector): readonly number[] {
  if (typeof vector !== "string") return vector;
  const bytes = Buffer.from(vector, "base64");
  const count = Math.floor(bytes.length / Float32Array.BYTES_PER_ELEMENT);
  return Array.from({ length: count }, (_, index) => bytes.readFloatLE(index * Float32Array.BYTES_PER_ELEMENT));
}
