import { SignalboxError } from "../../core/errors.ts";
import type { InferenceChunk } from "../../core/inference-event.ts";
import { firstChoice } from "../openai/first-choice.ts";
import { isObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";
import { reasoningOf } from "../openai/reasoning-of.ts";
import { stopOf, type Stop } from "./stop-reason.ts";

/** One event of Anthropic's stream; `type` is also its name. */
export type MessageEvent = JsonObject & { readonly type: string };

type BlockKind = "thinking" | "text" | "tool_use";

/**
 * Turns the chunks of a chat in OpenAI's form into the events of Anthropic's stream: blocks that begin, grow and end, one
 * after the other. Calls that a server writes by turns stay open side by side until something else follows.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export class MessageEvents {
  #count = 0;
  #kind: BlockKind | undefined;
  /** Index of the block of each call, by the call's own index. */
  readonly #calls = new Map<unknown, number>();
  #open: number[] = [];
  #stop: Stop = { stop_reason: "end_turn", stop_sequence: null };

  /** Why the message ended, once the chunk that says so has been read. */
  get stop(): Stop {
    return this.#stop;
  }

  /** What follows from one chunk. Throws `upstream_invalid_response` for what is no chunk. */
  read(chunk: InferenceChunk): readonly MessageEvent[] {
    const choice = firstChoice(chunk.json);
    if (choice === undefined) return [];
    if (typeof choice["finish_reason"] === "string") this.#stop = stopOf(choice);
    const delta = choice["delta"];
    if (!isObject(delta)) return [];
    const thinking = reasoningOf(delta);
    const texts = [delta["content"], delta["refusal"]].filter((text) => typeof text === "string" && text !== "");
    const calls: unknown = delta["tool_calls"];
    return [
      ...(thinking === undefined ? [] : this.#add("thinking", { type: "thinking_delta", thinking })),
      ...texts.flatMap((text) => this.#add("text", { type: "text_delta", text })),
      ...(Array.isArray(calls) ? calls.flatMap((call: unknown) => this.#call(call)) : []),
    ];
  }

  /** Ends the blocks that are open. */
  close(): readonly MessageEvent[] {
    const ends = this.#open.map((index) => ({ type: "content_block_stop", index }));
    this.#open = [];
    this.#kind = undefined;
    return ends;
  }

  #add(kind: "thinking" | "text", delta: JsonObject): readonly MessageEvent[] {
    const begun = this.#kind === kind ? [] : [...this.close(), this.#begin(kind, EMPTY[kind])];
    return [...begun, { type: "content_block_delta", index: this.#count - 1, delta }];
  }

  #call(call: unknown): readonly MessageEvent[] {
    const called = isObject(call) ? call["function"] : undefined;
    if (!isObject(call) || !isObject(called)) return [];
    const known = this.#calls.get(call["index"]);
    const events: MessageEvent[] = [];
    if (known === undefined) {
      if (this.#kind !== "tool_use") events.push(...this.close());
      this.#calls.set(call["index"], this.#count);
      events.push(this.#begin("tool_use", { type: "tool_use", id: call["id"], name: called["name"], input: {} }));
    } else if (!this.#open.includes(known)) {
      throw new SignalboxError("upstream_invalid_response", "The endpoint went on with a call after something else.");
    }
    const text = called["arguments"];
    if (typeof text === "string" && text !== "") {
      const delta = { type: "input_json_delta", partial_json: text };
      events.push({ type: "content_block_delta", index: known ?? this.#count - 1, delta });
    }
    return events;
  }

  #begin(kind: BlockKind, block: JsonObject): MessageEvent {
    const index = this.#count++;
    this.#kind = kind;
    this.#open.push(index);
    return { type: "content_block_start", index, content_block: block };
  }
}

/** Blocks as they begin. Nobody here signs thoughts. */
const EMPTY: Readonly<Record<"thinking" | "text", JsonObject>> = {
  thinking: { type: "thinking", thinking: "", signature: "" },
  text: { type: "text", text: "" },
};
