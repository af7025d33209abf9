import type { AnswerSyntax } from "./answer-syntax.ts";
import { TextWatcher } from "./text-watcher.ts";

/** A piece of the answer's text, by what it is for. */
export interface Segment {
  readonly kind: "content" | "reasoning";
  readonly text: string;
}

/** Texts with a meaning within an answer. */
export interface WatchedTexts {
  /** End the answer. */
  readonly ends: readonly string[];
  /** Begin a tool call. */
  readonly callTriggers: readonly string[];
  readonly reasoning: AnswerSyntax["reasoning"];
}

/**
 * What a piece of text led to. The answer ends with one of the texts that end it (`by`). A call begins, and the text after the reasoning begins, `fromEnd` characters before the
 * end of what was read.
 */
export interface ReadText {
  readonly segments: readonly Segment[];
  readonly end?:
    | { readonly kind: "stop"; readonly by: string }
    | { readonly kind: "call" | "reasoned"; readonly fromEnd: number };
}

/** Where the reading begins, and whether it ends with the reasoning. */
export interface ReadingStart {
  readonly startsInReasoning: boolean;
  /** Whether the text ends where the reasoning does. */
  readonly endsAfterReasoning?: boolean;
  /** Whether line breaks before the text are part of the format, as after reasoning. */
  readonly trimsStart?: boolean;
}

/** Splits an answer's text into content and reasoning, and finds where it ends or where a tool call begins. */
export class SegmentReader {
  readonly #texts: WatchedTexts;
  #mode: Segment["kind"];
  #watcher: TextWatcher;
  readonly #endsAfterReasoning: boolean;
  #trimsStart: boolean;

  constructor(texts: WatchedTexts, start: ReadingStart) {
    this.#texts = texts;
    this.#mode = start.startsInReasoning ? "reasoning" : "content";
    this.#endsAfterReasoning = start.endsAfterReasoning ?? false;
    this.#trimsStart = start.startsInReasoning || (start.trimsStart ?? false);
    this.#watcher = this.#newWatcher();
  }

  get mode(): Segment["kind"] {
    return this.#mode;
  }

  /** Characters read whose meaning is not decided yet. */
  get undecidedLength(): number {
    return this.#watcher.heldLength;
  }

  read(piece: string): ReadText {
    const segments: Segment[] = [];
    let rest = piece;
    for (;;) {
      const { text, hit } = this.#watcher.push(rest);
      this.#append(segments, text);
      if (hit === undefined) return { segments };
      const { callTriggers, reasoning } = this.#texts;
      if (this.#mode === "reasoning") {
        if (this.#endsAfterReasoning) return { segments, end: { kind: "reasoned", fromEnd: hit.after.length } };
        this.#enter("content");
      } else if (hit.watched === reasoning?.opening?.text) this.#enter("reasoning");
      else if (!callTriggers.includes(hit.watched)) return { segments, end: { kind: "stop", by: hit.watched } };
      else return { segments, end: { kind: "call", fromEnd: hit.after.length + hit.watched.length } };
      rest = hit.after;
    }
  }

  /** What was undecided, once nothing follows. */
  flush(): readonly Segment[] {
    const segments: Segment[] = [];
    this.#append(segments, this.#watcher.flush());
    return segments;
  }

  #append(segments: Segment[], text: string): void {
    const visible = this.#trimsStart ? text.trimStart() : text;
    if (visible === "") return;
    this.#trimsStart = false;
    segments.push({ kind: this.#mode, text: visible });
  }

  #enter(mode: Segment["kind"]): void {
    this.#mode = mode;
    // The line breaks around the tags belong to the format, not to the text.
    this.#trimsStart = true;
    this.#watcher = this.#newWatcher();
  }

  #newWatcher(): TextWatcher {
    const { ends, callTriggers, reasoning } = this.#texts;
    if (this.#mode === "reasoning") return new TextWatcher(reasoning === undefined ? [] : [reasoning.closing.text]);
    return new TextWatcher([
      ...ends,
      ...callTriggers,
      ...(reasoning?.opening === undefined ? [] : [reasoning.opening.text]),
    ]);
  }
}
