import { Worker } from "node:worker_threads";
import { SignalboxError, type ErrorDetails } from "../core/errors.ts";
import type { RequestOutcome } from "./commit-batch.ts";
import { databaseFileOf, ensurePrivateFolder } from "./data-dir.ts";
import type { CommitRequest, WriterData, WriterReply, WriterRequest } from "./journal-messages.ts";
import type { Operation, ResultsOf } from "./operation.ts";

/** Requests that may wait for the disk: at 64 a flush about 64 flushes, below a second on a healthy disk. */
const WAITING_REQUESTS_MAX = 4_096;

/**
 * The durable writer. MUST NOT resolve a commit before its transaction is flushed to the disk; the caller MUST NOT
 * assume that anything was written before it resolves.
 */
export interface Journal {
  /** The database that it writes, for connections that read. */
  readonly databaseFile: string;
  /**
   * Does the operations in one transaction: all of them or none. Rejects with what an operation refused with, or with
   * `audit_unavailable` when the queue is full, after an I/O error (until the process restarts) and after `close`.
   */
  commit<const Operations extends readonly Operation[]>(operations: Operations): Promise<ResultsOf<Operations>>;
  isWritable(): boolean;
  /** Why it can't be written; absent while it can. */
  unwritableBecause(): string | undefined;
  /** Commits what waits, then closes the database. May be called again. */
  close(): Promise<void>;
}

/** How to open a journal. */
export interface JournalOptions {
  readonly dataDir: string;
  /** URLs of the modules that export an `operationModule`; the writer's thread imports them. */
  readonly operationModules: readonly string[];
}

/**
 * Opens the database of `dataDir`, brings its tables up to date and starts the writer's thread. Several processes may
 * have a journal on the same folder. Rejects with `audit_unavailable` when the database can't be opened for durable
 * writes, or was written by a newer program.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  ensurePrivateFolder(options.dataDir);
  const databaseFile = databaseFileOf(options.dataDir);
  const data: WriterData = { file: databaseFile, operationModules: options.operationModules };
  const worker = new Worker(new URL("./journal-worker.ts", import.meta.url), { workerData: data, name: "journal" });
  const writer = new JournalWriter(worker, databaseFile);
  await writer.ready;
  return writer;
}

interface WaitingRequest {
  readonly resolve: (results: never) => void;
  readonly reject: (error: SignalboxError) => void;
}

class JournalWriter implements Journal {
  readonly databaseFile: string;
  /** Settled once: when the thread has opened the database, or could not. */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #opening = Promise.withResolvers<void>();
  readonly #waiting = new Map<number, WaitingRequest>();
  readonly #outgoing: CommitRequest[] = [];
  #inFlight = false;
  #nextId = 0;
  #shutBecause: string | undefined;

  constructor(worker: Worker, databaseFile: string) {
    this.databaseFile = databaseFile;
    this.#worker = worker;
    this.ready = this.#opening.promise;
    const exited = Promise.withResolvers<void>();
    this.#exited = exited.promise;
    worker.on("message", (reply: WriterReply) => this.#receive(reply));
    worker.on("error", (error) => this.#shut(`the writer's thread failed: ${String(error)}`));
    worker.on("exit", () => {
      this.#shut("the writer's thread has ended");
      exited.resolve();
    });
  }

  commit<const Operations extends readonly Operation[]>(operations: Operations): Promise<ResultsOf<Operations>> {
    if (this.#shutBecause !== undefined) return Promise.reject(unavailable(this.#shutBecause));
    if (this.#waiting.size >= WAITING_REQUESTS_MAX) return Promise.reject(overloaded());
    const { promise, resolve, reject } = Promise.withResolvers<ResultsOf<Operations>>();
    const id = this.#nextId++;
    this.#waiting.set(id, { resolve, reject });
    if (this.#outgoing.push({ id, operations }) === 1 && !this.#inFlight) setImmediate(() => this.#sendOutgoing());
    return promise;
  }

  isWritable(): boolean {
    return this.#shutBecause === undefined;
  }

  unwritableBecause(): string | undefined {
    return this.#shutBecause;
  }

  async close(): Promise<void> {
    if (this.#shutBecause === undefined) {
      this.#shutBecause = CLOSED;
      this.#sendOutgoing();
      this.#send({ kind: "close" });
    }
    await this.#exited;
  }

  /**
   * Natural group commit: one batch is with the thread, and everything that is asked for meanwhile is the next one. The
   * busier this thread is, the larger the batches are, and the fewer flushes and wake-ups a request costs.
   */
  #sendOutgoing(): void {
    const requests = this.#outgoing.splice(0);
    if (requests.length === 0) return;
    this.#inFlight = true;
    try {
      this.#send({ kind: "commit", requests });
    } catch (cause) {
      this.#inFlight = false;
      const error = new SignalboxError("internal_error", "A record could not be handed to the journal.", { cause });
      for (const { id } of requests) this.#waiting.get(id)?.reject(error);
      for (const { id } of requests) this.#waiting.delete(id);
    }
  }

  #send(request: WriterRequest): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: WriterReply): void {
    switch (reply.kind) {
      case "ready":
        return this.#opening.resolve();
      case "committed":
        this.#inFlight = false;
        for (const { id, outcome } of reply.answers) this.#answer(id, outcome);
        if (this.#outgoing.length > 0) setImmediate(() => this.#sendOutgoing());
        return undefined;
      case "not-opened":
      case "failed":
        return this.#shut(reply.message);
    }
  }

  #answer(id: number, outcome: RequestOutcome): void {
    const request = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (outcome.kind === "committed") return request?.resolve(outcome.results as never);
    const details: ErrorDetails = outcome.metadata === undefined ? {} : { metadata: outcome.metadata };
    request?.reject(new SignalboxError(outcome.code, outcome.message, details));
  }

  /** For good: until the process restarts nobody knows what the disk has kept. The first reason stays. */
  #shut(reason: string): void {
    this.#shutBecause ??= reason;
    this.#opening.reject(unavailable(reason));
    for (const request of this.#waiting.values()) request.reject(unavailable(reason));
    this.#waiting.clear();
  }
}

const CLOSED = "it has been closed";

function unavailable(reason: string): SignalboxError {
  return new SignalboxError("audit_unavailable", `The audit log cannot be written: ${reason.replace(/\.?$/, ".")}`, {
    metadata: { reason },
  });
}

function overloaded(): SignalboxError {
  const reason = `${WAITING_REQUESTS_MAX} requests already wait for the disk`;
  return new SignalboxError("audit_unavailable", `The audit log cannot be written now: ${reason}.`, {
    retryAfterMs: 1_000,
    metadata: { reason },
  });
}
