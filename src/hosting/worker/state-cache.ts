import { createHash, randomUUID } from "node:crypto";
import { createReadStream, rmSync } from "node:fs";
import { chmod, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { LlamaContextSequence } from "node-llama-cpp";
import { makePrivateFolder } from "../private-folder.ts";
import { SavedStates } from "./saved-states.ts";
import type { StateRates } from "./state-worth.ts";

/** A file system in memory; what is written there is on no disk and gone with the machine's power. */
const MEMORY_FOLDER = "/dev/shm";
/** @see https://man7.org/linux/man-pages/man2/statfs.2.html (TMPFS_MAGIC) */
const TMPFS_MAGIC = 0x01021994;
const FOLDER_KIND = "signalbox-state";
/** Of the free space of the file system, at most this share is for one state. */
const MAX_FREE_SHARE = 0.5;
/** Weight of the newest measurement in the average. */
const AVERAGE_WEIGHT = 0.3;
/** Of writing or reading in memory with the hash of it; until it is measured. */
const INITIAL_BYTES_PER_MS = 500_000;
/** Smaller states say more about the file system's calls than about bytes. */
const MIN_MEASURED_BYTES = 1024 * 1024;

interface StateFile {
  readonly scope: string;
  readonly tokens: readonly number[];
  readonly bytes: number;
  readonly path: string;
  readonly sha256: string;
}

/** A saved state that fits a prompt. */
export type FoundState = NonNullable<ReturnType<SavedStates<StateFile>["find"]>>;

/**
 * States of slots that were overwritten, as files in memory, so that a conversation that comes back need not be read
 * again. A state tells what was said, so the files are in a folder that only this user can enter, on a file system in
 * memory, never on a disk; they end with the process. Only files that this process wrote are restored, for the scope
 * that they were saved for, and only if they are still, bit by bit, what was written: the engine trusts what it loads.
 */
export class StateCache {
  readonly #folder: string;
  readonly #states: SavedStates<StateFile>;
  /** One file operation at a time, so that nothing is removed while it is read. */
  #last: Promise<unknown> = Promise.resolve();
  #rates: Omit<StateRates, "prefillTokensPerSecond"> | undefined;

  private constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#states = new SavedStates(maxBytes);
  }

  /** Undefined where this machine has no file system in memory. The folder is removed when the process exits. */
  static async open(maxBytes: number): Promise<StateCache | undefined> {
    const fileSystem = await statfs(MEMORY_FOLDER).catch(() => undefined);
    if (fileSystem?.type !== TMPFS_MAGIC || maxBytes <= 0) return undefined;
    const folder = await makePrivateFolder(MEMORY_FOLDER, FOLDER_KIND);
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return new StateCache(folder, maxBytes);
  }

  /** Undefined until the size of a state is known. */
  get rates(): Omit<StateRates, "prefillTokensPerSecond"> | undefined {
    return this.#rates;
  }

  get count(): number {
    return this.#states.count;
  }

  get bytes(): number {
    return this.#states.bytes;
  }

  find(tokens: readonly number[], scope: string): FoundState | undefined {
    return this.#states.find(tokens, scope);
  }

  /** Saves what the sequence holds, unless that is saved already or there is no room for it. Never throws. */
  async save(sequence: LlamaContextSequence, scope: string): Promise<void> {
    const tokens = sequence.contextTokens;
    const saved = this.#inTurn(async () => {
      if (tokens.length === 0 || this.#states.covers(tokens, scope)) return;
      const expectedBytes = tokens.length * (this.#rates?.bytesPerToken ?? 0);
      const gone = (await this.#hasSpace(expectedBytes)) ? this.#states.makeRoom(expectedBytes) : undefined;
      if (gone === undefined) return;
      await this.#delete(gone);
      const state = await this.#write(sequence, tokens, scope);
      // Its true size is known only now.
      const more = this.#states.makeRoom(state.bytes);
      await this.#delete(more === undefined ? [state] : [...more, ...this.#states.add(state)]);
    });
    await saved.catch((error: unknown) => {
      process.stderr.write(`A state could not be saved: ${String(error)}\n`);
    });
  }

  /** Puts a saved state in the place of what the sequence holds. False when it is damaged or gone; then nothing is held. */
  async restore({ state }: FoundState, sequence: LlamaContextSequence): Promise<boolean> {
    return await this.#inTurn(async () => {
      await sequence.clearHistory();
      const startedAtMs = performance.now();
      try {
        if ((await hashOf(state.path)) !== state.sha256) throw new Error("The saved state was changed.");
        await sequence.loadStateFromFile(state.path, { acceptRisk: true });
      } catch (error) {
        process.stderr.write(`A saved state cannot be used: ${String(error)}\n`);
        this.#states.remove(state);
        await this.#delete([state]);
        return false;
      }
      this.#learn("restoreBytesPerMs", state.bytes, performance.now() - startedAtMs);
      this.#states.touch(state);
      return true;
    });
  }

  /** Forgets every state. */
  clear(): Promise<void> {
    return this.#inTurn(async () => await this.#delete(this.#states.clear()));
  }

  /** Learns from what the sequence holds how large states are. Nothing stays saved. */
  async measure(sequence: LlamaContextSequence): Promise<void> {
    const tokens = sequence.contextTokens;
    const state = await this.#write(sequence, tokens, "");
    const bytesPerMs = INITIAL_BYTES_PER_MS;
    const bytesPerToken = state.bytes / tokens.length;
    this.#rates = { bytesPerToken, saveBytesPerMs: bytesPerMs, restoreBytesPerMs: bytesPerMs };
    await this.#delete([state]);
  }

  async #write(sequence: LlamaContextSequence, tokens: readonly number[], scope: string): Promise<StateFile> {
    const path = join(this.#folder, `${randomUUID()}.state`);
    const startedAtMs = performance.now();
    try {
      const { fileSize: bytes } = await sequence.saveStateToFile(path);
      await chmod(path, 0o600);
      const sha256 = await hashOf(path);
      this.#learn("saveBytesPerMs", bytes, performance.now() - startedAtMs);
      return { scope, tokens, bytes, path, sha256 };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async #hasSpace(bytes: number): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#folder);
    return bytes <= bavail * bsize * MAX_FREE_SHARE;
  }

  async #delete(states: readonly StateFile[]): Promise<void> {
    for (const { path } of states) await rm(path, { force: true });
  }

  #learn(rate: "saveBytesPerMs" | "restoreBytesPerMs", bytes: number, durationMs: number): void {
    if (this.#rates === undefined || bytes < MIN_MEASURED_BYTES || durationMs <= 0) return;
    const known = this.#rates[rate];
    this.#rates = { ...this.#rates, [rate]: known + AVERAGE_WEIGHT * (bytes / durationMs - known) };
  }

  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation);
    this.#last = result.catch(() => {
      // Whoever asked for it is told.
    });
    return result;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest("hex");
}
