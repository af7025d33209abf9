import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { describeGguf } from "./gguf-header.ts";
import type { GgufHeader } from "./gguf-header.ts";
import type { GgufProblem } from "./gguf-problem.ts";
import { parseGguf } from "./parse-gguf.ts";
import type { GgufContent } from "./parse-gguf.ts";

/** The longest header that is read: vocabularies of 260,000 tokens with their merges take about 20 MiB. */
export const MAX_HEADER_BYTES = 128 * 1024 * 1024;
/** What is read at first: the whole header of a small model. */
const FIRST_READ_BYTES = 1024 * 1024;
/** How much longer each further read is; the work of all reads together stays within 4/3 of the last. */
const READ_GROWTH = 4;

/**
 * Reads what a model file says about itself, without native code and without reading the weights.
 * Every way in which the file can be wrong is a value: missing, unreadable, malformed, truncated.
 * Rejects only when `signal` aborts.
 */
export async function readGgufHeader(file: string, signal?: AbortSignal): Promise<GgufHeader | GgufProblem> {
  const read = await readGguf(file, signal);
  return read.kind === "problem" ? read : describeGguf(read.content, read.fileBytes);
}

/** A parsed header together with the size of the file that it was read from. */
export interface GgufFile {
  readonly kind: "file";
  readonly content: GgufContent;
  readonly fileBytes: number;
}

/** Like `readGgufHeader`, for files that need not describe a whole model, as the later parts of a split one. */
export async function readGguf(file: string, signal?: AbortSignal): Promise<GgufFile | GgufProblem> {
  signal?.throwIfAborted();
  try {
    // Looked at before it is opened: opening a pipe would wait for its writer.
    const facts = await stat(file);
    if (!facts.isFile()) return { kind: "problem", problem: "unreadable", message: "It is not a regular file." };
    const handle = await open(file);
    try {
      return await readContent(handle, facts.size, signal);
    } finally {
      await handle.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: "problem", problem: "unreadable", message: error instanceof Error ? error.message : String(error) };
  }
}

async function readContent(
  handle: FileHandle,
  fileBytes: number,
  signal?: AbortSignal,
): Promise<GgufFile | GgufProblem> {
  for (let readBytes = FIRST_READ_BYTES; ; readBytes = Math.min(readBytes * READ_GROWTH, MAX_HEADER_BYTES)) {
    signal?.throwIfAborted();
    const prefix = await readPrefix(handle, Math.min(readBytes, fileBytes));
    const parsed = parseGguf(prefix, fileBytes);
    if (parsed.kind === "content") return { kind: "file", content: parsed, fileBytes };
    if (parsed.kind === "problem") return parsed;
    if (prefix.byteLength < Math.min(readBytes, fileBytes)) {
      return { kind: "problem", problem: "truncated", message: "The file became shorter while it was read." };
    }
    if (readBytes >= MAX_HEADER_BYTES) {
      return { kind: "problem", problem: "header-too-large", message: `The header is over ${MAX_HEADER_BYTES} bytes.` };
    }
  }
}

async function readPrefix(handle: FileHandle, byteCount: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(byteCount);
  let filled = 0;
  while (filled < byteCount) {
    const { bytesRead } = await handle.read(buffer, filled, byteCount - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
