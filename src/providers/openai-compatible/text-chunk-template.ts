const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COLON = 0x3a;
const CONTENT = Buffer.from('"content"');

/**
 * Recognizes chunks that differ from one that was parsed in nothing but their text. Most chunks of a stream do, so
 * they need not be parsed: same bytes before the text, same bytes after it, and between them a string that needs no
 * escape. Whatever does not match is parsed.
 */
export class TextChunkTemplate {
  readonly #before: Buffer;
  readonly #after: Buffer;

  private constructor(before: Buffer, after: Buffer) {
    this.#before = before;
    this.#after = after;
  }

  /** A template from `chunk`, a parsed chunk whose `content` is `text`; nothing when it is not plain enough for one. */
  static learn(chunk: Buffer, text: string): TextChunkTemplate | undefined {
    const name = chunk.indexOf(CONTENT);
    if (name === -1 || chunk.lastIndexOf(CONTENT) !== name) return undefined;
    let start = name + CONTENT.length;
    while (chunk[start] === SPACE || chunk[start] === COLON) start += 1;
    const end = chunk.indexOf(QUOTE, start + 1);
    if (chunk[start] !== QUOTE || end === -1) return undefined;
    if (chunk.toString("utf8", start + 1, end) !== text || !isPlain(chunk, start + 1, end)) return undefined;
    // Copies, so that a template does not keep a whole network read in memory.
    return new TextChunkTemplate(Buffer.from(chunk.subarray(0, start + 1)), Buffer.from(chunk.subarray(end)));
  }

  /** Whether `chunk` is the learned chunk with another, non-empty text. */
  matches(chunk: Buffer): boolean {
    const textEnd = chunk.length - this.#after.length;
    const textStart = this.#before.length;
    return (
      textEnd > textStart &&
      chunk.compare(this.#after, 0, this.#after.length, textEnd) === 0 &&
      chunk.compare(this.#before, 0, textStart, 0, textStart) === 0 &&
      isPlain(chunk, textStart, textEnd)
    );
  }
}

/** Whether the bytes are the inside of a JSON string without any escape. */
function isPlain(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte === undefined || byte < SPACE || byte === QUOTE || byte === BACKSLASH) return false;
  }
  return true;
}
