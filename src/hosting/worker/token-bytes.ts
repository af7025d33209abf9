import type { LlamaModel, Token } from "node-llama-cpp";

const REPLACEMENT_CHARACTER = "\ufffd";

/** How SentencePiece writes a token that stands for one byte. */
const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/u;

/**
 * The bytes that a token stands for, exactly, also where they are only a part of a character; `null` for a vocabulary
 * that does not tell.
 */
export function tokenBytes(model: LlamaModel, token: Token): readonly number[] | null {
  const text = model.detokenize([token], true);
  if (!text.includes(REPLACEMENT_CHARACTER)) return [...Buffer.from(text)];
  const spelled = model.fileInfo.metadata.tokenizer?.ggml?.tokens?.[token];
  if (spelled === undefined) return null;
  const [, byte] = BYTE_TOKEN.exec(spelled) ?? [];
  if (byte !== undefined) return [Number.parseInt(byte, 16)];
  const bytes = Array.from(spelled, (character) => BYTE_OF_CHARACTER.get(character));
  return bytes.every((one) => one !== undefined) ? bytes : null;
}

/**
 * Byte-level vocabularies spell each byte as one printable character: bytes that are printable as themselves, the others
 * from U+0100 on. @see https://github.com/openai/gpt-2/blob/master/src/encoder.py (bytes_to_unicode)
 */
const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => byte).map((byte, _, all) => {
    const shifted = all.slice(0, byte).filter((one) => !isPrintable(one)).length;
    return [String.fromCodePoint(isPrintable(byte) ? byte : 256 + shifted), byte];
  }),
);

function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}
