import { TEXT_MEASURES } from "./text-features.ts";
import type { TextModelParts } from "./text-model.ts";

/** Raised when a change makes older files unreadable, or when the features change their meaning. */
const FORMAT = 1;

/** Bytes before the header: its length. */
const LENGTH_BYTES = 4;

interface HeadHeader {
  readonly name: string;
  readonly scale: number;
  readonly bias: number;
  readonly measures: readonly number[];
}

interface FileHeader {
  readonly format: number;
  readonly knownBytes: number;
  readonly buckets: number;
  readonly measureNames: readonly string[];
  readonly measureMeans: readonly number[];
  readonly measureDeviations: readonly number[];
  readonly tasks: readonly HeadHeader[];
}

/**
 * A model as bytes: the length of its header as a little-endian 32-bit number, the header as JSON, then the tables: the set
 * of known n-grams, the inverse document frequencies, and the weights of each head.
 */
export function encodeTextModel(parts: Omit<TextModelParts, "sha256">): Uint8Array {
  const { terms, tasks } = parts;
  const header: FileHeader = {
    format: FORMAT,
    knownBytes: terms.known.length,
    buckets: terms.idf.length,
    measureNames: TEXT_MEASURES,
    measureMeans: parts.measureMeans,
    measureDeviations: parts.measureDeviations,
    tasks: tasks.map(({ name, scale, bias, measures }) => ({ name, scale, bias, measures })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const tables = [
    terms.known,
    terms.idf,
    ...tasks.map(({ weights }) => new Uint8Array(weights.buffer, weights.byteOffset, weights.length)),
  ];
  const bytes = new Uint8Array(tables.reduce((sum, table) => sum + table.length, LENGTH_BYTES + text.length));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, LENGTH_BYTES);
  let offset = LENGTH_BYTES + text.length;
  for (const table of tables) {
    bytes.set(table, offset);
    offset += table.length;
  }
  return bytes;
}

/** The model in `bytes`, or what is wrong with them. `sha256` is what the caller found them to hash to. */
export function decodeTextModel(
  bytes: Uint8Array,
  sha256: string,
): { readonly ok: true; readonly parts: TextModelParts } | { readonly ok: false; readonly problem: string } {
  const header = readHeader(bytes);
  if (header === undefined) return { ok: false, problem: "it has no header" };
  const { format, measureNames, measureMeans, measureDeviations, knownBytes, buckets } = header;
  if (format !== FORMAT) return { ok: false, problem: `its format is ${format}, and this release reads ${FORMAT}` };
  if (measureNames.join() !== TEXT_MEASURES.join())
    return { ok: false, problem: "it was trained on other measurements than this release takes" };
  let offset = LENGTH_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (bytes.length !== offset + knownBytes + buckets * (1 + header.tasks.length))
    return { ok: false, problem: "its tables are cut off or too long" };
  // A copy: `slice` of the bytes that Node reads would be a view of a larger buffer.
  const take = (length: number): Uint8Array => new Uint8Array(bytes.subarray(offset, (offset += length)));
  const terms = { known: take(knownBytes), idf: take(buckets) };
  const tasks = header.tasks.map((head) => ({ ...head, weights: new Int8Array(take(buckets).buffer) }));
  return { ok: true, parts: { sha256, terms, measureMeans, measureDeviations, tasks } };
}

/** The bytes were checked against the hash that was released with them, so that a header that parses has its shape. */
function readHeader(bytes: Uint8Array): FileHeader | undefined {
  if (bytes.length < LENGTH_BYTES) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))) as FileHeader;
  } catch {
    return undefined;
  }
}
