/**
 * The printable character that stands for each byte in a byte-level BPE vocabulary: printable bytes stand for
 * themselves, the others for the characters from U+0100 on.
 * @see https://github.com/openai/gpt-2/blob/master/src/encoder.py (bytes_to_unicode)
 */
export const BYTE_CHARACTERS: readonly string[] = buildByteCharacters();

function buildByteCharacters(): string[] {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
}

/** `text` as UTF-8, with each byte written as its character in the vocabulary. */
export function toByteCharacters(text: string): string {
  return Array.from(Buffer.from(text, "utf8"), (byte) => BYTE_CHARACTERS[byte]).join("");
}
