import { createHash, hash, type Hash } from "node:crypto";
import { constants, open, readFile, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { toAbortError } from "../../core/errors.ts";
import { syncFolder } from "../../files/sync-folder.ts";
import { writeWhole } from "../../files/write-whole.ts";

/** A crash of the machine costs at most this much of a download, in bytes. */
const KEEP_EVERY_BYTES = 256 * 1024 ** 2;
/** What is read at once when a download goes on and the first part is hashed again. */
const CHUNK_BYTES = 1024 * 1024;

const notesSchema = z.object({
  /** SHA-256 of the address: an address may carry a credential in its query. */
  source: z.string(),
  /** `ETag`, or `Last-Modified` without one. Absent: this source can't be resumed. */
  validator: z.string().optional(),
  statedSha256: z.string().optional(),
  totalBytes: z.int().min(0).optional(),
  /** Bytes that are certainly on the disk. */
  keptBytes: z.int().min(0),
});

/** What was known about the source when the partial file was begun. */
export type SourceNotes = Readonly<Omit<z.output<typeof notesSchema>, "keptBytes" | "source">>;

/**
 * The part of a file that has arrived, with notes beside it that allow going on with it after a break, a stop or a
 * crash. Hashes what it holds as it grows. Only one process may have it open.
 */
export class PartialFile {
  readonly #target: string;
  readonly #url: string;
  readonly #handle: FileHandle;
  #notes: SourceNotes = {};
  #hash: Hash = createHash("sha256");
  #bytes = 0;
  #keptBytes = 0;
  #isDiscarded = false;

  private constructor(target: string, url: string, handle: FileHandle) {
    this.#target = target;
    this.#url = url;
    this.#handle = handle;
  }

  /** Opens what an earlier run kept of `url` for `target`, or begins anew. Reads and hashes what is there. */
  static async open(target: string, url: string, signal: AbortSignal): Promise<PartialFile> {
    const kept = await readNotes(target, url);
    // A file that was complete is looked at again: the source may have changed since.
    if (kept !== undefined) await rename(target, `${target}.part`).catch(ignoreMissing);
    const startOver = kept === undefined ? constants.O_TRUNC : 0;
    const handle = await open(`${target}.part`, constants.O_RDWR | constants.O_CREAT | startOver, 0o640);
    const partial = new PartialFile(target, url, handle);
    try {
      if (kept !== undefined) await partial.#resume(kept, signal);
      return partial;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  get notes(): SourceNotes {
    return this.#notes;
  }

  /** Throws away what has arrived: the source is another one now, or can't be gone on with. */
  async restart(notes: SourceNotes): Promise<void> {
    await this.#handle.truncate(0);
    this.#hash = createHash("sha256");
    this.#bytes = 0;
    this.#notes = notes;
    await this.keep();
  }

  async append(chunk: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < chunk.byteLength) {
      const { bytesWritten } = await this.#handle.write(chunk, offset, chunk.byteLength - offset, this.#bytes + offset);
      offset += bytesWritten;
    }
    this.#hash.update(chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes - this.#keptBytes >= KEEP_EVERY_BYTES) await this.keep();
  }

  /** Makes sure that what has arrived is still there after a crash. */
  async keep(): Promise<void> {
    if (this.#isDiscarded) return;
    await this.#handle.sync();
    this.#keptBytes = this.#bytes;
    const notes = { source: digestOf(this.#url), ...this.#notes, keptBytes: this.#bytes };
    await writeWhole(notesFileOf(this.#target), `${JSON.stringify(notes)}\n`);
  }

  /** SHA-256 of everything that has arrived. */
  sha256(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Gives the complete file its name. The notes stay, so that a later run need not fetch it again. */
  async finish(): Promise<void> {
    await this.keep();
    await rename(`${this.#target}.part`, this.#target);
    syncFolder(dirname(this.#target));
  }

  /** Removes everything: what arrived is not what was asked for. */
  async discard(): Promise<void> {
    this.#isDiscarded = true;
    await rm(`${this.#target}.part`, { force: true });
    await rm(notesFileOf(this.#target), { force: true });
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #resume(kept: z.output<typeof notesSchema>, signal: AbortSignal): Promise<void> {
    const { keptBytes, source: _source, ...notes } = kept;
    const { size } = await this.#handle.stat();
    // Beyond what was kept, a crash may have left anything.
    const bytes = Math.min(size, keptBytes);
    await this.#handle.truncate(bytes);
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    while (this.#bytes < bytes) {
      if (signal.aborted) throw toAbortError(signal);
      const { bytesRead } = await this.#handle.read(chunk, 0, CHUNK_BYTES, this.#bytes);
      if (bytesRead === 0) break;
      this.#hash.update(chunk.subarray(0, bytesRead));
      this.#bytes += bytesRead;
    }
    this.#keptBytes = this.#bytes;
    this.#notes = notes;
  }
}

function digestOf(url: string): string {
  return hash("sha256", url, "hex");
}

function notesFileOf(target: string): string {
  return `${target}.part.json`;
}

async function readNotes(target: string, url: string): Promise<z.output<typeof notesSchema> | undefined> {
  try {
    const parsed = notesSchema.safeParse(JSON.parse(await readFile(notesFileOf(target), "utf8")));
    return parsed.success && parsed.data.source === digestOf(url) ? parsed.data : undefined;
  } catch {
    // Without readable notes nobody knows what the part is of: it is begun anew.
    return undefined;
  }
}

function ignoreMissing(error: unknown): void {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
  throw error;
}
