import type { InferenceKind } from "../../core/inference-request.ts";
import type { InferenceChunk } from "../../core/inference-event.ts";
import { readChoices, type ChoicesReading } from "./chat-content.ts";
import { isObject, parseObject, type JsonObject } from "../wire/json-object.ts";
import { readUsage } from "./read-usage.ts";
import type { SseEvent } from "../wire/split-sse.ts";
import { TextChunkTemplate } from "./text-chunk-template.ts";
import { failureOfErrorObject, invalidResponse, type Upstream } from "../wire/upstream-failure.ts";

/** Reads the events of one stream as chunks, and knows how far the answer is. */
export class ChunkReader {
  readonly #upstream: Upstream;
  readonly #part: "delta" | "text";
  readonly #repeatsPrompt: boolean;
  #template: TextChunkTemplate | undefined;
  #hasContent = false;
  #finishedChoices = 0;

  /** @param repeatsPrompt Whether there may be content and no token that was written. */
  constructor(upstream: Upstream, kind: InferenceKind = "chat", repeatsPrompt = false) {
    this.#upstream = upstream;
    this.#repeatsPrompt = repeatsPrompt;
    this.#part = kind === "completion" ? "text" : "delta";
  }

  /** Whether content, a tool call or a refusal has been seen. */
  get hasContent(): boolean {
    return this.#hasContent;
  }

  /** How many of the answer's choices have given a reason for their end. */
  get finishedChoices(): number {
    return this.#finishedChoices;
  }

  /** The chunk in `event`. Throws what an error event means, and `upstream_invalid_response` for what is no chunk. */
  read(event: SseEvent): InferenceChunk {
    const json = Buffer.from(event.data.buffer, event.data.byteOffset, event.data.byteLength);
    if (event.name === undefined && this.#template?.matches(json) === true) {
      return { kind: "chunk", json, hasContent: true };
    }
    const body = parseObject(json.toString("utf8"));
    if (body === undefined) throw invalidResponse(this.#upstream, "sent an event that is not a JSON object");
    const error = body["error"] ?? (event.name === "error" ? body : undefined);
    if (error !== undefined && error !== null) throw failureOfErrorObject(this.#upstream, error);
    const choices = readChoices(body["choices"], this.#part);
    if (choices === undefined) throw invalidResponse(this.#upstream, "sent an event without a list of choices");
    if (choices.finishReason === "error") throw failureOfErrorObject(this.#upstream, "the answer ended with an error");
    return this.#chunkOf(json, body, choices);
  }

  #chunkOf(json: Buffer, body: JsonObject, choices: ChoicesReading): InferenceChunk {
    const { hasContent, finishReason, finished } = choices;
    this.#hasContent ||= hasContent;
    this.#finishedChoices += finished;
    const usage = readUsage(body["usage"], this.#hasContent && !this.#repeatsPrompt);
    if (hasContent && finishReason === undefined && usage === undefined) this.#learn(json, body);
    return {
      kind: "chunk",
      json,
      hasContent,
      ...(finishReason === undefined ? {} : { finishReason }),
      ...(usage === undefined ? {} : { usage }),
    };
  }

  /** A chunk with one choice that carries text and nothing else that matters is what the following ones look like. */
  #learn(json: Buffer, body: JsonObject): void {
    const [choice, ...others] = body["choices"] as readonly JsonObject[];
    const delta = choice?.["delta"];
    const text = isObject(delta) ? delta["content"] : undefined;
    if (others.length > 0 || typeof text !== "string" || text === "") return;
    this.#template = TextChunkTemplate.learn(json, text) ?? this.#template;
  }
}
