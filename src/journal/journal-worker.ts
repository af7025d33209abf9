/** The writer's thread: owns the only writing connection of this process. Started by `openJournal` alone. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Database } from "better-sqlite3";
import { createBatchCommitter, type BatchCommitter, type BatchOutcome } from "./commit-batch.ts";
import { openWriter } from "./connection.ts";
import type { CommitRequest, WriterData, WriterReply, WriterRequest } from "./journal-messages.ts";
import { migrate } from "./migrate.ts";
import type { OperationModule } from "./operation.ts";

/** Requests that one flush makes durable: more would delay the first of them for little gain. */
const BATCH_REQUESTS_MAX = 64;

if (parentPort === null) throw new Error("The journal's writer runs as a worker thread.");
const port = parentPort;
const reply = (message: WriterReply): void => port.postMessage(message);

/** Natural group commit: whatever arrived while the last flush was in progress shares the next one. */
function serve(database: Database, commitBatch: BatchCommitter): void {
  port.on("message", (first: WriterRequest) => {
    const waiting: CommitRequest[] = [];
    let isClosing = false;
    let next: WriterRequest | undefined = first;
    do {
      for (; next !== undefined; next = takeWaiting()) {
        if (next.kind === "commit") waiting.push(...next.requests);
        else isClosing = true;
      }
      const batch = waiting.splice(0, BATCH_REQUESTS_MAX);
      if (batch.length > 0 && !commitAndAnswer(batch, commitBatch)) return port.close();
      next = takeWaiting();
    } while (waiting.length > 0 || next !== undefined);
    if (!isClosing) return undefined;
    database.close();
    return port.close();
  });
}

function takeWaiting(): WriterRequest | undefined {
  return receiveMessageOnPort(port)?.message as WriterRequest | undefined;
}

/** False when the disk failed: the writer ends there, so that nothing can be written after it. */
function commitAndAnswer(batch: readonly CommitRequest[], commitBatch: BatchCommitter): boolean {
  const outcome = commitBatch(batch.map((request) => request.operations));
  if (outcome.kind === "failed") {
    reply({ kind: "failed", message: outcome.message });
    return false;
  }
  reply({
    kind: "committed",
    answers: batch.map((request, index) => ({ id: request.id, outcome: answerOf(outcome, index) })),
  });
  return true;
}

function answerOf(batch: Exclude<BatchOutcome, { kind: "failed" }>, index: number) {
  const busyMessage = "Another process has kept the database busy for too long; try again.";
  if (batch.kind === "busy") return { kind: "refused", code: "audit_unavailable", message: busyMessage } as const;
  return (
    batch.outcomes[index] ??
    ({ kind: "refused", code: "internal_error", message: "The request has no outcome." } as const)
  );
}

async function start(data: WriterData): Promise<void> {
  const loaded = await Promise.all(
    data.operationModules.map((url) => import(url) as Promise<{ operationModule: OperationModule }>),
  );
  const modules = loaded.map((module) => module.operationModule);
  const database = openWriter(data.file);
  try {
    migrate(
      database,
      modules.map((module) => module.schema),
    );
    serve(database, createBatchCommitter(database, modules));
  } catch (error) {
    database.close();
    throw error;
  }
}

try {
  await start(workerData as WriterData);
  reply({ kind: "ready" });
} catch (error) {
  reply({ kind: "not-opened", message: error instanceof Error ? error.message : String(error) });
}
