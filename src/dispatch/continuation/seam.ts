import type { InferenceEvent } from "../../core/inference-event.ts";
import type { InferenceKind } from "../../core/inference-request.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** An endpoint's event together with what is in it. */
interface ReadEvent {
  readonly event: InferenceEvent;
  readonly text: string;
}

/** What of the first part the second one has to fit. */
export interface FirstPart {
  readonly kind: InferenceKind;
  /** All that the caller has. */
  readonly text: string;
  /** Texts that end an answer and are no part of it. */
  readonly stops: readonly string[];
  /** The members that name the answer, from one of its chunks. */
  readonly head: Readonly<Record<"id" | "created", unknown>>;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Joins the second part of an answer to the first. Its chunks are given the first part's name and no role, so that a
 * client reads one message. A text of `stop` that begins in the first part and ends in the second is found by neither
 * endpoint: it is found here, and events are held back for as long as one may be on its way.
 */
export class Seam {
  readonly #first: FirstPart;
  /** What is missing of each text of `stop` whose beginning ends the first part. */
  #expected: readonly string[];
  #held: ReadEvent[] = [];

  constructor(first: FirstPart) {
    this.#first = first;
    this.#expected = first.stops.flatMap((stop) => restsOf(stop, first.text));
  }

  /** The events that may be given once `event` is there; `isStopped`: they end the answer, whatever its endpoint says. */
  push(event: InferenceEvent): { readonly events: readonly InferenceEvent[]; readonly isStopped: boolean } {
    const joined = this.#join(event);
    if (this.#expected.length === 0) return { events: [joined.event], isStopped: false };
    this.#held.push(joined);
    const text = this.#held.map((one) => one.text).join("");
    if (this.#expected.some((rest) => text.startsWith(rest))) return { events: [this.#stop()], isStopped: true };
    this.#expected = this.#expected.filter((rest) => rest.startsWith(text));
    if (this.#expected.length > 0 && event.finishReason === undefined) return { events: [], isStopped: false };
    return { events: this.flush(), isStopped: false };
  }

  /** What was held back, at the end of the second part. */
  flush(): readonly InferenceEvent[] {
    this.#expected = [];
    return this.#held.splice(0).map(({ event }) => event);
  }

  #join(event: InferenceEvent): ReadEvent {
    const body = JSON.parse(decoder.decode(event.json)) as JsonObject & { readonly choices?: readonly JsonObject[] };
    const choices = (body.choices ?? []).map(withoutRole);
    const json = encoder.encode(JSON.stringify({ ...body, ...this.#first.head, choices }));
    return { event: { ...event, json }, text: choices.map(textOf).join("") };
  }

  /** The chunk that ends an answer at a text of `stop`. @see https://platform.openai.com/docs/api-reference/chat/streaming */
  #stop(): InferenceEvent {
    const isText = this.#first.kind === "completion";
    const choice = { index: 0, ...(isText ? { text: "" } : { delta: {} }), logprobs: null, finish_reason: "stop" };
    const object = isText ? "text_completion" : "chat.completion.chunk";
    const json = encoder.encode(JSON.stringify({ ...this.#first.head, object, choices: [choice] }));
    return { kind: "chunk", json, hasContent: false, finishReason: "stop" };
  }
}

/** What would have to follow on `text` for `stop` to be complete: once for every beginning of it that `text` ends with. */
function restsOf(stop: string, text: string): readonly string[] {
  const rests: string[] = [];
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length--)
    if (text.endsWith(stop.slice(0, length))) rests.push(stop.slice(length));
  return rests;
}

function withoutRole(choice: JsonObject): JsonObject {
  const delta = choice["delta"];
  if (typeof delta !== "object" || delta === null || !("role" in delta)) return choice;
  const { role: _, ...rest } = delta as JsonObject;
  return { ...choice, delta: rest };
}

function textOf(choice: JsonObject): string {
  const { text, delta } = choice as { readonly text?: unknown; readonly delta?: { readonly content?: unknown } };
  const written = text ?? delta?.content;
  return typeof written === "string" ? written : "";
}
