import type { InferenceChunk } from "../../core/inference-event.ts";
import { readUsage } from "../openai-compatible/read-usage.ts";
import { isObject, readObject, type JsonObject } from "../wire/json-object.ts";
import type { SseEvent } from "../wire/split-sse.ts";
import { failureOfErrorObject, invalidResponse, type Upstream } from "../wire/upstream-failure.ts";
import { finishOf } from "./finish-reason.ts";
import { laterUsage, openAiUsage } from "./message-usage.ts";
import { reasoningDetail } from "./thoughts.ts";

/** A block that is being written. */
interface OpenBlock {
  readonly block: JsonObject;
  /** Which of the answer's calls it is. */
  readonly callIndex: number;
  hasArguments: boolean;
}

/**
 * Reads the events of one streamed message as chunks in OpenAI's form, and knows how far the answer is. Events of kinds
 * that it does not know are passed over, as the protocol asks.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 * @see https://platform.openai.com/docs/api-reference/chat/streaming
 */
export class MessageReader {
  readonly #upstream: Upstream;
  readonly #createdSeconds: number;
  readonly #open = new Map<number, OpenBlock>();
  #head: JsonObject = {};
  #usage: JsonObject = {};
  #callCount = 0;
  #hasContent = false;
  #isComplete = false;

  constructor(upstream: Upstream, createdSeconds: number) {
    this.#upstream = upstream;
    this.#createdSeconds = createdSeconds;
  }

  /** Whether the message has been said to be at its end. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** The chunks that `event` makes. Throws what an error event means, and `upstream_invalid_response` for what is no event. */
  read(event: SseEvent): readonly InferenceChunk[] {
    const body = readObject(event.data);
    if (body === undefined) throw invalidResponse(this.#upstream, "sent an event that is not a JSON object");
    switch (body["type"]) {
      case "message_start":
        return this.#start(body["message"]);
      case "content_block_start":
        return this.#startBlock(body["content_block"], Number(body["index"]));
      case "content_block_delta":
        return this.#continueBlock(body["delta"], Number(body["index"]));
      case "content_block_stop":
        return this.#endBlock(Number(body["index"]));
      case "message_delta":
        return this.#finish(body);
      case "message_stop":
        this.#isComplete = true;
        return [];
      case "error":
        throw failureOfErrorObject(this.#upstream, body["error"]);
      default:
        return [];
    }
  }

  #start(message: unknown): readonly InferenceChunk[] {
    if (!isObject(message)) throw invalidResponse(this.#upstream, "began a stream without a message");
    const { id, model, usage } = message;
    this.#head = { id, object: "chat.completion.chunk", created: this.#createdSeconds, model };
    this.#usage = laterUsage({}, usage);
    return [this.#chunk({ role: "assistant", content: "" }, false)];
  }

  #startBlock(block: unknown, index: number): readonly InferenceChunk[] {
    if (!isObject(block)) throw invalidResponse(this.#upstream, "began a block without saying which");
    const isCall = block["type"] === "tool_use";
    const callIndex = isCall ? this.#callCount++ : -1;
    this.#open.set(index, { block, callIndex, hasArguments: false });
    if (isCall) {
      const { id, name } = block;
      const call = { index: callIndex, id, type: "function", function: { name, arguments: "" } };
      return [this.#chunk({ tool_calls: [call] }, true)];
    }
    if (block["type"] === "text" && typeof block["text"] === "string" && block["text"] !== "")
      return [this.#chunk({ content: block["text"] }, true)];
    const detail = block["type"] === "redacted_thinking" ? reasoningDetail(block, index) : undefined;
    return detail === undefined ? [] : [this.#chunk({ reasoning_details: [detail] }, true)];
  }

  #continueBlock(delta: unknown, index: number): readonly InferenceChunk[] {
    const open = this.#open.get(index);
    if (!isObject(delta) || open === undefined)
      throw invalidResponse(this.#upstream, "went on with a block that it had not begun");
    const { type, text, partial_json: json, thinking, signature } = delta;
    if (type === "text_delta" && typeof text === "string" && text !== "") return [this.#chunk({ content: text }, true)];
    if (type === "input_json_delta" && typeof json === "string" && json !== "") {
      open.hasArguments = true;
      return [this.#argumentsOf(open, json)];
    }
    if (type === "thinking_delta" && typeof thinking === "string" && thinking !== "") {
      const detail = reasoningDetail({ type: "thinking", thinking }, index);
      return [this.#chunk({ reasoning: thinking, reasoning_details: [detail] }, true)];
    }
    if (type !== "signature_delta" || typeof signature !== "string") return [];
    return [this.#chunk({ reasoning_details: [reasoningDetail({ type: "thinking", signature }, index)] }, false)];
  }

  /** A call whose arguments were not written piece by piece stated them when it began: mostly, that there are none. */
  #endBlock(index: number): readonly InferenceChunk[] {
    const open = this.#open.get(index);
    this.#open.delete(index);
    if (open === undefined || open.callIndex === -1 || open.hasArguments) return [];
    return [this.#argumentsOf(open, JSON.stringify(open.block["input"] ?? {}))];
  }

  #argumentsOf({ callIndex }: OpenBlock, written: string): InferenceChunk {
    return this.#chunk({ tool_calls: [{ index: callIndex, function: { arguments: written } }] }, true);
  }

  #finish({ delta, usage: stated }: JsonObject): readonly InferenceChunk[] {
    const finish = isObject(delta) ? finishOf(delta) : undefined;
    this.#usage = laterUsage(this.#usage, stated);
    if (finish === undefined) return [];
    const usage = openAiUsage(this.#usage);
    const read = readUsage(usage, this.#hasContent);
    const last = this.#json({ choices: [{ index: 0, delta: {}, logprobs: null, ...finish }] });
    return [
      { kind: "chunk", json: last, hasContent: false, finishReason: finish.finish_reason },
      ...(read === undefined
        ? []
        : [{ kind: "chunk" as const, json: this.#json({ choices: [], usage }), hasContent: false, usage: read }]),
    ];
  }

  #chunk(delta: JsonObject, hasContent: boolean): InferenceChunk {
    this.#hasContent ||= hasContent;
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: null }];
    return { kind: "chunk", json: this.#json({ choices }), hasContent };
  }

  #json(members: JsonObject): Uint8Array {
    return Buffer.from(JSON.stringify({ ...this.#head, ...members }));
  }
}
