import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { findSourceFiles } from "../store/find-source-files.ts";

/** Of the beginning of each file, where the description of the model is. */
const HEAD_BYTES = 1024 ** 2;
/** Pieces of the rest, evenly spread up to the end. */
const SAMPLES = 32;
const SAMPLE_BYTES = 64 * 1024;

/**
 * Tells a model's content from every other for what is remembered about it: a SHA-256 of the size, the first mebibyte and
 * 32 samples of each of its files, because reading tens of gigabytes takes minutes. A copy has the same one wherever it
 * lies. Not a proof of anything: imports are hashed in full. Undefined when a file can't be read.
 */
export async function fingerprintOf(file: string): Promise<string | undefined> {
  const found = await findSourceFiles(file);
  if (found.kind === "problem") return undefined;
  const hash = createHash("sha256");
  try {
    for (const part of found.files) await addFile(hash, part);
  } catch {
    // A file that can't be read is reported where it is opened; there is nothing to remember about it.
    return undefined;
  }
  return hash.digest("hex");
}

async function addFile(hash: Hash, path: string): Promise<void> {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  hash.update(`${size};`);
  await addPiece(hash, file, 0, Math.min(size, HEAD_BYTES));
  const rest = size - HEAD_BYTES;
  if (rest <= 0) return;
  const bytes = Math.min(SAMPLE_BYTES, rest);
  for (let sample = 0; sample < SAMPLES; sample++)
    await addPiece(hash, file, HEAD_BYTES + Math.floor(((rest - bytes) * sample) / (SAMPLES - 1)), bytes);
}

async function addPiece(
  hash: Hash,
  file: Awaited<ReturnType<typeof open>>,
  position: number,
  bytes: number,
): Promise<void> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, position);
  hash.update(buffer.subarray(0, bytesRead));
}
