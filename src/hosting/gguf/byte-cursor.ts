import type { GgufProblem } from "./gguf-problem.ts";

/** Thrown inside the parser alone, to leave it at once; `parseGguf` turns it into a value. */
export class ParseStop extends Error {
  readonly outcome: GgufProblem | { readonly kind: "incomplete" };

  constructor(outcome: GgufProblem | { readonly kind: "incomplete" }) {
    super(outcome.kind === "problem" ? outcome.message : outcome.kind);
    this.outcome = outcome;
  }
}

const UTF8 = new TextDecoder();

/**
 * Reads little-endian values from the front part of a file. Every length is compared with what the whole file can
 * hold before anything is read or allocated, so that a lying length costs nothing.
 */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fileBytes: number;
  #position = 0;

  constructor(bytes: Uint8Array, fileBytes: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#fileBytes = fileBytes;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  /** Stops unless the file is long enough for `count` more things of at least `minimumBytes` each. */
  expectRoomFor(count: number, minimumBytes: number, what: string): void {
    if (count * minimumBytes <= this.#fileBytes - this.#position) return;
    throw malformed(`The header announces ${count} ${what}, more than the file has room for.`);
  }

  skip(byteCount: number): void {
    this.#take(byteCount);
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  /** A count, length or offset; one that no file could have stops the parser. */
  count(what: string): number {
    const value = this.uint64();
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
    throw malformed(`The header announces ${value} ${what}, more than the file has room for.`);
  }

  /** A length-prefixed string; undefined when it is longer than `keepBytes` and was passed over. */
  string(keepBytes: number): string | undefined {
    const length = this.count("bytes of text");
    this.expectRoomFor(length, 1, "bytes of text");
    const start = this.#take(length);
    return length > keepBytes ? undefined : UTF8.decode(this.#bytes.subarray(start, start + length));
  }

  #take(byteCount: number): number {
    const start = this.#position;
    const end = start + byteCount;
    if (end > this.#fileBytes) {
      throw new ParseStop({ kind: "problem", problem: "truncated", message: "The file ends inside its header." });
    }
    if (end > this.#bytes.byteLength) throw new ParseStop({ kind: "incomplete" });
    this.#position = end;
    return start;
  }
}

/** What the parser throws for content that contradicts the format. */
export function malformed(message: string): ParseStop {
  return new ParseStop({ kind: "problem", problem: "malformed", message });
}
