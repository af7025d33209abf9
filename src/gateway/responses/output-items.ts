import { SignalboxError } from "../../core/errors.ts";
import { reasoningOf } from "../openai/reasoning-of.ts";
import { isObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";

/** One event of a stream, but for its number; `type` is also its name. */
export type ResponseEvent = JsonObject & { readonly type: string };

type Kind = "reasoning" | "text" | "refusal";

/** How the parts of an item's content are named, and the events about them. */
const PARTS = {
  reasoning: { type: "reasoning_text", member: "text", event: "response.reasoning_text" },
  text: { type: "output_text", member: "text", event: "response.output_text" },
  refusal: { type: "refusal", member: "refusal", event: "response.refusal" },
} as const;

interface Written {
  readonly kind: Kind | "call";
  readonly id: string;
  text: string;
  readonly logprobs: unknown[];
  /** Of a call. */
  readonly called: { readonly call_id: unknown; readonly name: unknown } | undefined;
  isOpen: boolean;
}

/**
 * Builds the items of a response's `output` out of a chat's deltas, and says which events follow from each: an item
 * begins, grows and ends. A whole message is one delta. Calls that a server writes by turns stay open side by side.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class OutputItems {
  readonly #ids: string;
  readonly #items: Written[] = [];
  readonly #calls = new Map<unknown, number>();

  /** @param ids What the ids of the items end with. */
  constructor(ids: string) {
    this.#ids = ids;
  }

  /** `output` as far as it is written. */
  get output(): readonly JsonObject[] {
    return this.#items.map(describeItem);
  }

  read(delta: JsonObject, logprobs: readonly unknown[] = []): readonly ResponseEvent[] {
    const reasoning = reasoningOf(delta);
    const { content, refusal, tool_calls: calls } = delta;
    return [
      ...(reasoning === undefined ? [] : this.#add("reasoning", reasoning, [])),
      ...(typeof content === "string" && content !== "" ? this.#add("text", content, logprobs) : []),
      ...(typeof refusal === "string" && refusal !== "" ? this.#add("refusal", refusal, []) : []),
      ...(Array.isArray(calls) ? calls.flatMap((call: unknown, index) => this.#call(call, index)) : []),
    ];
  }

  /** Ends the items that are open. */
  close(): readonly ResponseEvent[] {
    return this.#items.flatMap((item, index) => {
      if (!item.isOpen) return [];
      item.isOpen = false;
      return endOf(item, index);
    });
  }

  #add(kind: Kind, delta: string, logprobs: readonly unknown[]): readonly ResponseEvent[] {
    const last = this.#items.at(-1);
    const begun = last?.kind === kind && last.isOpen ? [] : [...this.close(), ...this.#begin(kind, undefined)];
    const index = this.#items.length - 1;
    const item = this.#items[index];
    if (item === undefined) return [];
    item.text += delta;
    item.logprobs.push(...logprobs);
    const about = { item_id: item.id, output_index: index, content_index: 0 };
    const more = kind === "text" ? { logprobs } : {};
    return [...begun, { type: `${PARTS[kind].event}.delta`, ...about, delta, ...more }];
  }

  #call(call: unknown, place: number): readonly ResponseEvent[] {
    const called = isObject(call) ? call["function"] : undefined;
    if (!isObject(call) || !isObject(called)) return [];
    const key = call["index"] ?? place;
    const events: ResponseEvent[] = [];
    if (!this.#calls.has(key)) {
      if (this.#items.at(-1)?.kind !== "call") events.push(...this.close());
      this.#calls.set(key, this.#items.length);
      events.push(...this.#begin("call", { call_id: call["id"], name: called["name"] }));
    }
    const index = this.#calls.get(key) ?? -1;
    const item = this.#items[index];
    if (item?.isOpen !== true) {
      throw new SignalboxError("upstream_invalid_response", "The endpoint went on with a call after something else.");
    }
    const text = called["arguments"];
    if (typeof text !== "string" || text === "") return events;
    item.text += text;
    const about = { item_id: item.id, output_index: index };
    return [...events, { type: "response.function_call_arguments.delta", ...about, delta: text }];
  }

  #begin(kind: Written["kind"], called: Written["called"]): readonly ResponseEvent[] {
    const index = this.#items.length;
    const item = { kind, id: `${PREFIXES[kind]}_${this.#ids}_${index}`, text: "", logprobs: [], called, isOpen: true };
    const added = describeItem(item);
    this.#items.push(item);
    const content = kind === "call" ? {} : { content: [] };
    const events = [{ type: "response.output_item.added", output_index: index, item: { ...added, ...content } }];
    if (kind === "call") return events;
    const about = { item_id: item.id, output_index: index, content_index: 0 };
    return [...events, { type: "response.content_part.added", ...about, part: partOf(item, kind) }];
  }
}

const PREFIXES = { reasoning: "rs", text: "msg", refusal: "msg", call: "fc" } as const;

function partOf({ text, logprobs }: Written, kind: Kind): JsonObject {
  const { type, member } = PARTS[kind];
  const more = kind === "text" ? { annotations: [], logprobs: [...logprobs] } : {};
  return { type, [member]: text, ...more };
}

function describeItem(item: Written): JsonObject {
  const { kind, id, text, called } = item;
  const status = item.isOpen ? "in_progress" : "completed";
  if (kind === "call") return { id, type: "function_call", status, ...called, arguments: text };
  const content = [partOf(item, kind)];
  if (kind === "reasoning") return { id, type: "reasoning", summary: [], content, status };
  return { id, type: "message", status, role: "assistant", content };
}

function endOf(item: Written, index: number): readonly ResponseEvent[] {
  const { kind, id, text, logprobs } = item;
  const done = { type: "response.output_item.done", output_index: index, item: describeItem(item) };
  const about = { item_id: id, output_index: index };
  if (kind === "call") return [{ type: "response.function_call_arguments.done", ...about, arguments: text }, done];
  const place = { ...about, content_index: 0 };
  const { event, member } = PARTS[kind];
  const more = kind === "text" ? { logprobs: [...logprobs] } : {};
  return [
    { type: `${event}.done`, ...place, [member]: text, ...more },
    { type: "response.content_part.done", ...place, part: partOf(item, kind) },
    done,
  ];
}
