import { once } from "node:events";
import { statSync } from "node:fs";
import type { Server } from "node:http";
import { basename } from "node:path";
import type { LoadedModelFacts } from "../core/local-model.ts";
import {
  type Engine,
  type EngineSlot,
  explainLoadFailure,
  isOutOfMemory,
  makeEngine,
  type OpenedModel,
  openModel,
} from "./worker/load-engine.ts";
import { giveBack } from "./worker/give-back.ts";
import { makeReader, type Reader, type ReaderKind, readerKindOf, type ReaderSlot } from "./worker/load-reader.ts";
import { measureSpeed } from "./worker/measure-speed.ts";
import { readingRoutes } from "./worker/reading-routes.ts";
import { Classifier } from "./worker/run-classification.ts";
import { CompletionRunner } from "./worker/run-completion.ts";
import { ReadingRunner } from "./worker/run-reading.ts";
import { TextRunner } from "./worker/run-text.ts";
import { type PooledSlot, SlotPool } from "./worker/slot-pool.ts";
import { textRoutes } from "./worker/text-routes.ts";
import { startWorkerServer, type WorkerRoute } from "./worker/worker-server.ts";
import { readProcessMemory } from "./process-memory.ts";
import type { FromWorker, Giveable, ToWorker, WorkerHeartbeat, WorkerOptions } from "./worker-protocol.ts";

/** Exit code after `load-failed`, to tell a bad model from a crash. */
const EXIT_LOAD_FAILED = 3;
/** Progress is reported in steps of at least this share. */
const MIN_PROGRESS_STEP = 0.01;

/** The child process that runs one local model; `worker-protocol.ts` says how it is spoken to. */
async function main(): Promise<void> {
  // Without its parent nobody can reach or stop this process.
  process.once("disconnect", () => process.exit(0));
  let isServing = false;
  const stopRequested = waitForStop();
  void stopRequested.then(() => {
    // Before the model is loaded there is nothing to finish.
    if (!isServing) process.exit(0);
  });
  const options = await waitForStart();
  process.title = `signalbox-worker ${options.modelId}`;
  const startedAtMs = performance.now();
  const { engine, pool, routes, giveBack: give } = await loadOrExit(options);
  // What loading left in the heap is most of it.
  engine.garbage.collectAll();
  const server = await startWorkerServer({ modelId: options.modelId, engine, pool, routes }, options.socketPath);
  isServing = true;
  giveUpRights();
  send({ kind: "ready", facts: factsOf(engine, performance.now() - startedAtMs) });

  process.on("message", (message: ToWorker) => {
    if (message.kind === "give-back") void answerGiveBack(message.what, give);
  });

  const heartbeat = setInterval(() => {
    const { prefillTokensPerSecond, decodeTokensPerSecond } = engine.speed;
    send({
      kind: "heartbeat",
      // Whoever watches takes `running` without progress for a hang, and a client that does not read is none.
      running: pool.evaluating,
      queued: pool.queued,
      evaluatedTokens: engine.evaluatedTokens(),
      ...memoryOf(engine),
      ...(prefillTokensPerSecond === undefined ? {} : { prefillTokensPerSecond }),
      ...(decodeTokensPerSecond === undefined ? {} : { decodeTokensPerSecond }),
    });
  }, options.heartbeatIntervalMs);

  await stopRequested;
  pool.close();
  await closeServer(server);
  clearInterval(heartbeat);
  process.exit(0);
}

/** What only the start needed. Under no permission model there is nothing to give up. @see https://nodejs.org/api/permissions.html */
function giveUpRights(): void {
  for (const scope of ["child", "addon", "worker", "net"]) process.permission?.drop(scope);
}

/** A loaded model, whatever it is made for: what is reported about it, who waits for it, and what can be asked of it. */
interface Loaded {
  readonly engine: Engine | Reader;
  readonly pool: SlotPool<EngineSlot> | SlotPool<ReaderSlot>;
  readonly routes: ReadonlyMap<string, WorkerRoute>;
  /** Absent for a model that has nothing that it can do without. */
  readonly giveBack?: (what: Giveable) => Promise<boolean>;
}

async function loadOrExit(options: WorkerOptions): Promise<Loaded> {
  let reported = 0;
  try {
    const opened = await openModel(options, (progress) => {
      if (progress - reported < MIN_PROGRESS_STEP) return;
      reported = progress;
      send({ kind: "loading", progress });
    });
    const kind = readerKindOf(opened.model);
    return kind === undefined ? await loadText(opened, options) : await loadReader(opened, options, kind);
  } catch (error) {
    await sendAndWait({
      kind: "load-failed",
      reason: explainLoadFailure(error, options),
      ...(isOutOfMemory(error) ? { outOfMemory: true } : {}),
    });
    process.exit(EXIT_LOAD_FAILED);
  }
}

async function loadText(opened: OpenedModel, options: WorkerOptions): Promise<Loaded> {
  const engine = await makeEngine(opened, options);
  await measureSpeed(engine);
  const pool = poolOf(engine.slots, options);
  const runner = new CompletionRunner(engine, pool);
  const textRunner = new TextRunner(engine, pool);
  const classifier = new Classifier(engine, pool);
  const systemFingerprint = fingerprintOf(options, engine);
  return {
    engine,
    pool,
    giveBack: (what) => giveBack(what, engine, pool),
    routes: textRoutes({ modelId: options.modelId, systemFingerprint, runner, textRunner, classifier, pool }),
  };
}

async function loadReader(opened: OpenedModel, options: WorkerOptions, kind: ReaderKind): Promise<Loaded> {
  const engine = await makeReader(opened, options, kind);
  const pool = poolOf(engine.slots, options);
  return { engine, pool, routes: readingRoutes({ modelId: options.modelId, runner: new ReadingRunner(engine, pool) }) };
}

function poolOf<Slot extends PooledSlot>(slots: readonly Slot[], { queueLimit }: WorkerOptions): SlotPool<Slot> {
  return new SlotPool(slots, queueLimit, () => performance.now());
}

async function waitForStart(): Promise<WorkerOptions> {
  for (;;) {
    const [message] = (await once(process, "message")) as [ToWorker];
    if (message.kind === "start") return message.options;
  }
}

async function answerGiveBack(what: Giveable, give: Loaded["giveBack"]): Promise<void> {
  send({ kind: "given-back", what, isGiven: (await give?.(what)) ?? false });
}

/** Resolves at the first `stop` or SIGTERM. */
function waitForStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once("SIGTERM", resolve);
  process.on("message", (message: ToWorker) => {
    if (message.kind === "stop") resolve();
  });
  return promise;
}

/** Takes no further request and resolves when those that run have ended; the parent's patience is the limit. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  await closed;
}

function factsOf(engine: Engine | Reader, loadMs: number): LoadedModelFacts {
  const { prefillTokensPerSecond, decodeTokensPerSecond } = engine.speed;
  return {
    contextTokens: engine.contextTokens,
    slots: engine.slots.length,
    threads: engine.threads,
    device: engine.device,
    loadMs: Math.round(loadMs),
    weightBytes: engine.model.size,
    ...(prefillTokensPerSecond === undefined ? {} : { prefillTokensPerSecond }),
    ...(decodeTokensPerSecond === undefined ? {} : { decodeTokensPerSecond }),
  };
}

/** Changes when the file or the engine's settings do, and with them what a seed stands for. */
function fingerprintOf({ modelFile, slots, contextTokens }: WorkerOptions, { device, threads }: Engine): string {
  const { size, mtimeMs } = statSync(modelFile);
  const name = basename(modelFile).replace(/[^\w.-]/gu, "_");
  return `fp_${name}_${size.toString(36)}_${Math.floor(mtimeMs).toString(36)}_${device}_${threads}_${slots}x${contextTokens}`;
}

/** Of this process, with the states that were put aside in memory beside it. */
function memoryOf(
  engine: Engine | Reader,
): Pick<WorkerHeartbeat, "residentBytes" | "anonymousBytes" | "savedStateBytes"> {
  const memory = readProcessMemory("self");
  const savedStateBytes = "stateCache" in engine ? (engine.stateCache?.bytes ?? 0) : 0;
  return {
    residentBytes: memory?.residentBytes ?? process.memoryUsage.rss(),
    ...(memory === undefined ? {} : { anonymousBytes: memory.anonymousBytes + memory.sharedBytes }),
    ...(savedStateBytes === 0 ? {} : { savedStateBytes }),
  };
}

function send(message: FromWorker): void {
  // An error means that the parent is gone, and `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}

function sendAndWait(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

await main();
