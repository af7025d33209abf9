import { SignalboxError } from "../../core/errors.ts";

/** One server-sent event that carries data. */
export interface SseEvent {
  /** The `event:` field; absent for an ordinary message. */
  readonly name?: string;
  readonly data: Uint8Array;
}

/** One event of a stream, in bytes: large enough for a picture in base64, small enough to hold one per request. */
export const MAX_EVENT_BYTES = 8 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const EMPTY = Buffer.alloc(0);
const NEWLINE = Buffer.from("\n");

/**
 * Cuts a byte stream into server-sent events: lines end with CR, LF or CRLF, comments and unknown fields are passed
 * over, several `data` lines make one event. An event within one read is a view of that read, not a copy.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class SseSplitter {
  readonly #maxEventBytes: number;
  /** The beginning of a line whose end has not arrived. */
  #partial: Buffer[] = [];
  #pendingBytes = 0;
  #data: Buffer[] = [];
  #name = "";
  #isFirstLine = true;
  /** Whether the last read ended with CR: a LF at the start of the next belongs to it. */
  #endedWithCr = false;

  /** @param maxEventBytes The most that one event may take, its line ends included. */
  constructor(maxEventBytes: number) {
    this.#maxEventBytes = maxEventBytes;
  }

  /** The events that `bytes` complete. Throws `upstream_invalid_response` for an event that is too large. */
  push(chunk: Uint8Array): readonly SseEvent[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const events: SseEvent[] = [];
    let at = this.#endedWithCr && bytes[0] === LF ? 1 : 0;
    if (bytes.length > 0) this.#endedWithCr = false;
    let lf = bytes.indexOf(LF, at);
    let cr = bytes.indexOf(CR, at);
    while (lf !== -1 || cr !== -1) {
      const end = lf === -1 || (cr !== -1 && cr < lf) ? cr : lf;
      this.#takeLine(bytes.subarray(at, end), events);
      at = end + 1;
      if (end === cr && at === bytes.length) this.#endedWithCr = true;
      if (end === cr && bytes[at] === LF) at += 1;
      if (lf !== -1 && lf < at) lf = bytes.indexOf(LF, at);
      if (cr !== -1 && cr < at) cr = bytes.indexOf(CR, at);
    }
    if (at < bytes.length) this.#keep(bytes.subarray(at));
    return events;
  }

  /** What the end of the stream leaves: an event whose blank line never came. */
  end(): readonly SseEvent[] {
    const events: SseEvent[] = [];
    if (this.#partial.length > 0) this.#takeLine(EMPTY, events);
    this.#takeLine(EMPTY, events);
    return events;
  }

  #keep(rest: Buffer): void {
    this.#partial.push(rest);
    this.#count(rest.length);
  }

  #count(bytes: number): void {
    this.#pendingBytes += bytes;
    if (this.#pendingBytes <= this.#maxEventBytes) return;
    throw new SignalboxError(
      "upstream_invalid_response",
      `An event of the stream exceeds ${this.#maxEventBytes} bytes.`,
    );
  }

  /** Takes the rest of a line, without its end. */
  #takeLine(rest: Buffer, events: SseEvent[]): void {
    this.#count(rest.length);
    let line = this.#partial.length === 0 ? rest : Buffer.concat([...this.#partial, rest]);
    this.#partial = [];
    if (this.#isFirstLine && line.indexOf(BYTE_ORDER_MARK) === 0) line = line.subarray(BYTE_ORDER_MARK.length);
    this.#isFirstLine = false;
    if (line.length === 0) this.#dispatch(events);
    else this.#takeField(line);
  }

  #takeField(line: Buffer): void {
    const colon = line.indexOf(COLON);
    const field = line.toString("latin1", 0, colon === -1 ? line.length : colon);
    const isComment = field === "";
    if (isComment && this.#data.length === 0) this.#pendingBytes = 0;
    if (field !== "data" && field !== "event") return;
    const valueStart = colon === -1 ? line.length : colon + (line[colon + 1] === SPACE ? 2 : 1);
    const value = line.subarray(valueStart);
    if (field === "data") this.#data.push(value);
    else this.#name = value.toString("utf8");
  }

  #dispatch(events: SseEvent[]): void {
    const [first, ...more] = this.#data;
    if (first !== undefined) {
      const data = more.length === 0 ? first : Buffer.concat([first, ...more.flatMap((line) => [NEWLINE, line])]);
      events.push(this.#name === "" ? { data } : { name: this.#name, data });
    }
    this.#data = [];
    this.#name = "";
    this.#pendingBytes = 0;
  }
}
