import { StringDecoder } from "node:string_decoder";
import type { Clock } from "../../core/clock.ts";

/** The rest of a longer line is dropped: it is a dump, not a message. */
const MAX_LINE_CHARACTERS = 2_000;

/** More than this is dropped and counted, so that a child that babbles can't fill the disk through the log. */
const MAX_LINES_PER_SECOND = 100;

/** The lines that are kept to explain an end. */
const KEPT_LINES = 20;

/** Cuts a child's output into lines, and keeps the last ones. */
export class LineCapture {
  readonly #onLine: (line: string) => void;
  readonly #clock: Clock;
  readonly #decoder = new StringDecoder("utf8");
  readonly #kept: string[] = [];
  #partial = "";
  #windowStartMs = Number.NEGATIVE_INFINITY;
  #linesInWindow = 0;
  #dropped = 0;

  constructor(clock: Clock, onLine: (line: string) => void) {
    this.#clock = clock;
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const [first = "", ...others] = this.#decoder.write(chunk).split("\n");
    this.#append(first);
    for (const part of others) {
      this.#emit(this.#partial);
      this.#partial = "";
      this.#append(part);
    }
  }

  /** The output is complete: a last line without its end counts too. */
  end(): void {
    if (this.#partial !== "") this.#emit(this.#partial);
    this.#partial = "";
    this.#reportDropped();
  }

  /** The last lines, oldest first. */
  lastLines(): readonly string[] {
    return this.#kept;
  }

  #append(text: string): void {
    this.#partial += text.slice(0, MAX_LINE_CHARACTERS - this.#partial.length);
  }

  #emit(line: string): void {
    this.#kept.push(line);
    if (this.#kept.length > KEPT_LINES) this.#kept.shift();
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#windowStartMs >= 1_000) {
      this.#reportDropped();
      this.#windowStartMs = nowMs;
      this.#linesInWindow = 0;
    }
    this.#linesInWindow += 1;
    if (this.#linesInWindow <= MAX_LINES_PER_SECOND) this.#onLine(line);
    else this.#dropped += 1;
  }

  #reportDropped(): void {
    if (this.#dropped > 0) this.#onLine(`(${this.#dropped} more lines were dropped)`);
    this.#dropped = 0;
  }
}
