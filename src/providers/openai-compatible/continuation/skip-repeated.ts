import type { InferenceChunk } from "../../../core/inference-event.ts";
import { isObject, type JsonObject } from "../../wire/json-object.ts";
import { invalidResponse, type Upstream } from "../../wire/upstream-failure.ts";
import type { HandedOver } from "./unfinished-message.ts";

/** Leaves out of a text that comes in pieces what its reader has already. */
export class RepeatedStart {
  #echoed: string;
  #keptBack: string;

  constructor({ echoed, keptBack }: Pick<HandedOver, "echoed" | "keptBack">) {
    this.#echoed = echoed;
    this.#keptBack = keptBack;
  }

  /** Whether everything that comes from now on is new. */
  get isOver(): boolean {
    return this.#echoed === "" && this.#keptBack === "";
  }

  /** What of the next piece is new; nothing where it is not what had to be repeated. */
  push(piece: string): string | undefined {
    const length = Math.min(piece.length, this.#echoed.length);
    if (piece.slice(0, length) !== this.#echoed.slice(0, length)) return undefined;
    this.#echoed = this.#echoed.slice(length);
    const rest = piece.slice(length);
    let known = 0;
    while (known < rest.length && known < this.#keptBack.length && rest[known] === this.#keptBack[known]) known += 1;
    // What comes after the first character that differs is new, however it looks.
    if (known < rest.length) this.#keptBack = "";
    else this.#keptBack = this.#keptBack.slice(known);
    return rest.slice(known);
  }
}

/**
 * The chunks of an answer that goes on with another one, without what its reader has already. Throws
 * `upstream_invalid_response` for an endpoint that was to repeat the message first and wrote something else.
 */
export async function* skipRepeated(
  chunks: AsyncIterable<InferenceChunk>,
  handedOver: HandedOver,
  upstream: Upstream,
): AsyncGenerator<InferenceChunk> {
  const start = new RepeatedStart(handedOver);
  for await (const chunk of chunks) {
    if (start.isOver || !chunk.hasContent) yield chunk;
    else {
      const rest = withoutRepeated(chunk, start, upstream);
      if (rest !== undefined) yield rest;
    }
  }
}

function withoutRepeated(chunk: InferenceChunk, start: RepeatedStart, upstream: Upstream): InferenceChunk | undefined {
  const body = JSON.parse(Buffer.from(chunk.json).toString("utf8")) as JsonObject;
  const [choice] = body["choices"] as readonly JsonObject[];
  const delta = choice?.["delta"];
  const piece = isObject(delta) ? delta["content"] : undefined;
  if (!isObject(delta) || typeof piece !== "string") return chunk;
  const text = start.push(piece);
  if (text === undefined) throw invalidResponse(upstream, "did not repeat the message that it was to go on with");
  if (text === piece) return chunk;
  if (text === "" && chunk.finishReason === undefined && chunk.usage === undefined) return undefined;
  const choices = [{ ...choice, delta: { ...delta, content: text } }];
  return { ...chunk, json: Buffer.from(JSON.stringify({ ...body, choices })), hasContent: text !== "" };
}
