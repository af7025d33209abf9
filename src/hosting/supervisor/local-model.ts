import { fileURLToPath } from "node:url";
import type { EndpointFacts } from "../../core/endpoint.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { ModelId } from "../../core/ids.ts";
import type { LoadedModelFacts, LocalModelPhase, LocalModelState } from "../../core/local-model.ts";
import type { FromWorker, Giveable, WorkerHeartbeat } from "../worker-protocol.ts";
import { describeExit, type ChildExit } from "./describe-exit.ts";
import { boundsOfModel, fencedStart, removeWorkerFolder } from "./fenced-start.ts";
import { GivenBack } from "./given-back.ts";
import type { HostedModel, LiveNumbers, LocalModelSetup, StartProfile } from "./hosted-model.ts";
import { WaitingList } from "./waiting-list.ts";
import { findTaskset } from "./worker-command.ts";
import { forkWorker, type WorkerChild, type WorkerChildSetup } from "./worker-child.ts";
import {
  INITIAL_STATE,
  wakeAtMs,
  type Refusal,
  type WorkerEffect,
  type WorkerEvent,
  type WorkerState,
} from "./worker-life.ts";
import { step } from "./worker-state.ts";

/** How often a worker gives a sign of life. */
const HEARTBEAT_INTERVAL_MS = 1_000;

const WORKER_ENTRY_FILE = fileURLToPath(new URL("../worker-main.ts", import.meta.url));

const PHASES: Readonly<Record<WorkerState["kind"], LocalModelPhase>> = {
  stopped: "stopped",
  starting: "starting",
  ready: "ready",
  stopping: "stopping",
  killing: "backing-off",
  "backing-off": "backing-off",
  failed: "failed",
  "shut-down": "stopped",
};

/** Supervises one model: a process is started when it is wanted, watched while it runs, and restarted with patience. */
export function createLocalModel(setup: LocalModelSetup): HostedModel {
  return new SupervisedModel(setup);
}

/** Performs the effects of the worker's state machine; every decision is in `worker-state.ts`. */
class SupervisedModel implements HostedModel {
  readonly modelId: ModelId;
  readonly facts: EndpointFacts;
  readonly #setup: LocalModelSetup;
  readonly #bounds: ReturnType<typeof boundsOfModel>;
  readonly #tasksetPath: string | undefined;
  readonly #waiters: WaitingList;
  readonly #listeners = new Set<(state: LocalModelState) => void>();
  readonly #stopWaiters = new Set<() => void>();
  readonly #givenBack: GivenBack;
  #state: WorkerState = INITIAL_STATE;
  #child: WorkerChild | undefined;
  #socketPath = "";
  #loaded: LoadedModelFacts | undefined;
  #heartbeat: WorkerHeartbeat | undefined;
  #profile: StartProfile = {};
  #cancelTimer = (): void => {};

  constructor(setup: LocalModelSetup) {
    this.#setup = setup;
    this.facts = setup.facts;
    this.modelId = setup.facts.modelId;
    this.#bounds = boundsOfModel(setup);
    this.#waiters = new WaitingList(this.modelId);
    this.#givenBack = new GivenBack(setup.clock);
    this.#tasksetPath = findTaskset(process.env["PATH"] ?? "");
  }

  state(): LocalModelState {
    const state = this.#state;
    const pid = hasChild(state) ? this.#child?.pid : undefined;
    const problem = "problem" in state ? state.problem : "failure" in state ? state.failure.problem : undefined;
    return {
      phase: PHASES[state.kind],
      ...(state.kind === "ready" && this.#loaded !== undefined ? { loaded: this.#loaded } : {}),
      ...(pid === undefined ? {} : { pid }),
      ...(state.kind === "starting" ? { loadProgress: state.progress } : {}),
      ...(problem === undefined ? {} : { problem }),
      ...("outOfMemory" in state && state.outOfMemory === true ? { outOfMemory: true } : {}),
      ...("retryAtMs" in state ? { retryAtMs: state.retryAtMs } : {}),
      ...(state.kind === "backing-off" && state.startsSoon ? { startsSoon: true } : {}),
      restarts: state.history.restarts,
      ...(this.#bounds === undefined ? {} : { bounds: this.#bounds }),
    };
  }

  live(): LiveNumbers {
    if (this.#state.kind !== "ready" || this.#heartbeat === undefined) return { running: 0, queued: 0 };
    const { kind: _, evaluatedTokens: __, ...numbers } = this.#heartbeat;
    return numbers;
  }

  lastLines(): readonly string[] {
    return this.#child?.lastLines() ?? [];
  }

  ensureReady(signal: AbortSignal): Promise<{ readonly socketPath: string }> {
    if (this.#state.kind === "ready" && !signal.aborted) {
      // Between the end of its process and the report of it the state is still the old one.
      if (this.#child?.hasEnded() === true) return this.#waiters.wait(signal);
      return Promise.resolve({ socketPath: this.#socketPath });
    }
    const answer = this.#waiters.wait(signal);
    if (!signal.aborted) this.#dispatch({ kind: "ready-requested" });
    return answer;
  }

  reportTrouble(): void {
    this.#dispatch({ kind: "trouble-reported" });
  }

  start(profile: StartProfile = {}): void {
    this.#profile = profile;
    this.#dispatch({ kind: "start-requested" });
  }

  giveBack(what: Giveable): Promise<boolean> {
    if (this.#state.kind !== "ready" || this.#child === undefined) return Promise.resolve(false);
    this.#child.giveBack(what);
    return this.#givenBack.wait(what);
  }

  unload(): Promise<void> {
    return this.#stopWith({ kind: "unload-requested" });
  }

  stop(): Promise<void> {
    return this.#stopWith({ kind: "shutdown-requested" });
  }

  onChange(listener: (state: LocalModelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #stopWith(event: WorkerEvent): Promise<void> {
    this.#dispatch(event);
    if (!isWaitingForExit(this.#state)) return Promise.resolve();
    return new Promise((resolve) => this.#stopWaiters.add(resolve));
  }

  #dispatch(event: WorkerEvent): void {
    const { clock, random } = this.#setup;
    const before = this.#state;
    const { state, effects } = step(before, event, { nowMs: clock.monotonicMs(), chance: random.next() });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    this.#armTimer();
    if (!isWaitingForExit(state)) this.#answerStopWaiters();
    if (isVisibleChange(before, state)) this.#announce(before);
  }

  #perform(effect: WorkerEffect): void {
    switch (effect.kind) {
      case "spawn":
        return this.#spawn();
      case "terminate":
        return this.#child?.terminate();
      case "kill":
        return this.#child?.kill();
      case "grant-waiters":
        return this.#waiters.grantAll(this.#socketPath);
      case "refuse-waiters":
        return this.#waiters.refuseAll(this.#toError(effect.refusal));
    }
  }

  #spawn(): void {
    const { options, clock, runDirectory, entryFile = WORKER_ENTRY_FILE, spawn = forkWorker } = this.#setup;
    const { cpuList, ...workerOptions } = { ...options, ...this.#profile };
    const heldBackSlots = options.slots - workerOptions.slots;
    const socketPath = runDirectory.newSocketPath(this.modelId);
    const oomKillsBefore = this.#countOomKills();
    this.#socketPath = socketPath;
    this.#loaded = undefined;
    this.#heartbeat = undefined;
    const childSetup: WorkerChildSetup = {
      entryFile,
      options: {
        ...workerOptions,
        queueLimit: options.queueLimit + heldBackSlots,
        modelId: this.modelId,
        socketPath,
        heartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
      },
      clock,
      ...(cpuList === undefined ? {} : { cpuList }),
      ...fencedStart(this.#setup, entryFile, socketPath, { ...options, ...this.#profile }),
      ...(this.#tasksetPath === undefined ? {} : { tasksetPath: this.#tasksetPath }),
    };
    const onExit = (exit: ChildExit): void => void this.#afterExit(exit, socketPath, oomKillsBefore);
    try {
      this.#child = spawn(childSetup, {
        onMessage: (message) => this.#receive(message),
        onLine: (line) => this.#setup.log.warn({ modelId: this.modelId, pid: this.#child?.pid }, line),
        onExit,
      });
    } catch (error) {
      this.#child = undefined;
      onExit({ kind: "not-started", error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case "loading":
        return this.#dispatch({ kind: "load-progressed", progress: message.progress });
      case "ready":
        this.#loaded = message.facts;
        return this.#dispatch({ kind: "child-ready" });
      case "load-failed":
        return this.#dispatch(message);
      case "given-back":
        return this.#givenBack.answer(message.what, message.isGiven);
      case "heartbeat":
        this.#heartbeat = message;
        return this.#dispatch(message);
    }
  }

  async #afterExit(exit: ChildExit, socketPath: string, oomKillsBefore: Promise<number | undefined>): Promise<void> {
    const [before, after] = await Promise.all([oomKillsBefore, this.#countOomKills(), removeWorkerFolder(socketPath)]);
    const isKnown = exit.kind === "ended" && exit.outOfMemory !== undefined;
    const outOfMemory = isKnown
      ? exit.outOfMemory === true
      : before !== undefined && after !== undefined && after > before;
    const failure = describeExit(exit, { outOfMemory, lastLines: this.lastLines() });
    this.#givenBack.end();
    this.#dispatch({ kind: "child-exited", failure });
  }

  /** A count that can't be read explains nothing, and hinders nothing. */
  async #countOomKills(): Promise<number | undefined> {
    try {
      return await this.#setup.countOomKills?.();
    } catch (error) {
      this.#setup.log.debug({ modelId: this.modelId, error }, "the kernel's count of killed processes is unreadable");
      return undefined;
    }
  }

  #armTimer(): void {
    const { clock } = this.#setup;
    this.#cancelTimer();
    const dueMs = wakeAtMs(this.#state);
    this.#cancelTimer =
      dueMs === undefined
        ? () => {}
        : clock.after(Math.max(0, dueMs - clock.monotonicMs()), () => this.#dispatch({ kind: "time-passed" }));
  }

  #answerStopWaiters(): void {
    for (const resolve of [...this.#stopWaiters]) resolve();
    this.#stopWaiters.clear();
  }

  #announce(before: WorkerState): void {
    const state = this.state();
    const { bounds: _, ...changing } = state;
    if (before.kind !== this.#state.kind) {
      const level = state.problem === undefined ? "info" : "warn";
      this.#setup.log[level]({ modelId: this.modelId, ...changing }, `the model's worker is ${this.#state.kind}`);
    }
    for (const listener of [...this.#listeners]) listener(state);
  }

  #toError({ code, problem }: Refusal): SignalboxError {
    const state = this.#state;
    const retryAfterMs = "retryAtMs" in state ? Math.max(0, state.retryAtMs - this.#setup.clock.monotonicMs()) : 0;
    return new SignalboxError(
      code,
      `${this.modelId} is not available: ${problem.replace(/\.$/u, "")}.`,
      retryAfterMs > 0 ? { retryAfterMs } : {},
    );
  }
}

function hasChild({ kind }: WorkerState): boolean {
  return kind === "starting" || kind === "ready" || kind === "stopping" || kind === "killing";
}

/** A child is on its way out, and somebody may still wait for that. */
function isWaitingForExit(state: WorkerState): boolean {
  return state.kind === "stopping" && state.deadlineMs !== undefined;
}

function isVisibleChange(before: WorkerState, after: WorkerState): boolean {
  if (before.kind !== after.kind) return true;
  return before.kind === "starting" && after.kind === "starting" && before.progress !== after.progress;
}
