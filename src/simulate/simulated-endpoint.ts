import {
  MAX_LISTED_WORK,
  type EndpointSnapshot,
  type EndpointState,
  type WaitingLine,
  type PendingWork,
} from "../core/endpoint.ts";
import type { Door, DoorAnswer, DoorEntry } from "./door.ts";
import { PREFIX_BLOCK_TOKENS, type EndpointSpec } from "./endpoint-profile.ts";
import type { Failing } from "./failing.ts";
import { PrefixCache } from "./prefix-cache.ts";
import { logNormal } from "./seeded-random.ts";
import { ServedWork, ServingEngine, type EngineEvent } from "./serving-engine.ts";
import type { TracedRequest } from "./traced-request.ts";

/** Samples behind a measured time, so that the router believes it. */
const MEASURED_SAMPLES = 1_000;

type Mutable<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] };

/** One endpoint over time: its door, its engine, its model in memory or not, what it holds of prompts. */
export class SimulatedEndpoint {
  readonly spec: EndpointSpec;
  readonly engine: ServingEngine;
  readonly #door: Door;
  readonly #cache: PrefixCache | undefined;
  readonly #random: () => number;
  /** Absent where it never fails. */
  readonly failing: Failing | undefined;
  readonly #snapshot: {
    readonly facts: EndpointSpec["facts"];
    readonly state: Mutable<EndpointState>;
    line?: WaitingLine;
  };
  readonly #runningWork: PendingWork[] = [];
  /** Those that wait at the door, with the time until which they do. */
  readonly #waiting = new Map<DoorEntry, number>();
  readonly #entries = new Map<number, DoorEntry>();
  /** Those of them that the engine has. */
  readonly #served = new Map<number, ServedWork>();
  #firstTimeoutMs = Infinity;
  #loaded: boolean;
  #loadedAtMs = 0;
  #idleSinceMs = 0;

  constructor(spec: EndpointSpec, door: Door, queueLimit: number, random: () => number, failing?: Failing) {
    const { facts, profile } = spec;
    const { decodeRates, prefillTokensPerSecond, firstContentMs, loadMs, prefixCacheTokens } = profile;
    this.spec = spec;
    this.#door = door;
    this.#random = random;
    this.failing = failing;
    const tokensPerSecond = decodeRates[0]?.tokensPerSecond ?? 0;
    this.engine = new ServingEngine({ load: { decodeRates }, tokensPerSecond }, prefillTokensPerSecond !== undefined);
    this.#cache =
      prefixCacheTokens === undefined
        ? undefined
        : new PrefixCache(Math.floor(prefixCacheTokens / PREFIX_BLOCK_TOKENS));
    this.#loaded = profile.keepLoadedMs === undefined;
    this.#snapshot = {
      facts,
      state: {
        breaker: "closed",
        loaded: this.#loaded,
        running: 0,
        queued: 0,
        queuedPromptTokens: 0,
        queueLimit,
        runningWork: this.#runningWork,
        queuedWork: [],
        decodeTokensPerSecond: tokensPerSecond,
        decodeRates,
        ...(loadMs === undefined ? {} : { loadMs }),
        ...(prefillTokensPerSecond === undefined ? {} : { prefillTokensPerSecond }),
        ...(firstContentMs === undefined
          ? {}
          : { ttftMs: percentilesOf(firstContentMs, profile.firstContentSpread ?? 0) }),
      },
    };
  }

  /** Requests that wait at its door. */
  get queued(): number {
    return this.#door.queued;
  }

  /** What the router may know now. The same object every time: it counts until the next call. */
  snapshot(nowMs: number): EndpointSnapshot {
    const { state } = this.#snapshot;
    const { keepLoadedMs, loadMs } = this.spec.profile;
    this.engine.advance(nowMs);
    this.#unloadIfIdle(nowMs);
    state.running = this.engine.running;
    state.queued = this.#door.queued;
    if (state.queued > 0 || state.queuedPromptTokens > 0) {
      state.queuedPromptTokens = this.#door.queuedPromptTokens;
      state.queuedWork = this.#door.queuedWork(nowMs);
    }
    if (state.queued > 0) this.#snapshot.line = this.#door.line(nowMs);
    else delete this.#snapshot.line;
    this.engine.listWork(MAX_LISTED_WORK, this.#runningWork);
    this.failing?.describe(state, state.running, nowMs);
    if (keepLoadedMs !== undefined) {
      const isLoading = this.#loaded && this.#loadedAtMs > nowMs;
      state.loaded = this.#loaded && !isLoading;
      if (loadMs !== undefined) state.loadMs = isLoading ? this.#loadedAtMs - nowMs : loadMs;
    }
    return this.#snapshot;
  }

  /** Prompt tokens that it need not read again. */
  heldTokens({ prefixIds, promptTokens }: TracedRequest): number {
    if (prefixIds === undefined || this.#cache === undefined) return 0;
    return Math.min(promptTokens, this.#cache.heldOf(prefixIds) * PREFIX_BLOCK_TOKENS);
  }

  /** A request asks for a place, and begins at once where it gets one. */
  enter(entry: DoorEntry, request: TracedRequest, nowMs: number): DoorAnswer {
    const answer = this.#door.enter(entry, nowMs);
    if (answer.kind === "refused") return answer;
    this.#entries.set(entry.index, entry);
    if (answer.kind === "granted") this.#begin(entry, request, nowMs);
    else {
      for (const displaced of answer.displaced) this.#forget(displaced);
      this.#waiting.set(entry, answer.untilMs);
      this.#firstTimeoutMs = Math.min(this.#firstTimeoutMs, answer.untilMs);
    }
    return answer;
  }

  /** When something happens here next: a prompt is read, an answer ends, or a wait is over. */
  nextEventMs(): number {
    return Math.min(this.engine.nextEventMs(), this.#firstTimeoutMs);
  }

  /** The request whose wait is over at `nowMs`; it has left the door. */
  takeTimeout(nowMs: number): DoorEntry | undefined {
    if (this.#firstTimeoutMs > nowMs) return undefined;
    for (const [entry, untilMs] of this.#waiting) {
      if (untilMs > nowMs) continue;
      this.#door.leave(entry);
      this.#forget(entry);
      return entry;
    }
    return undefined;
  }

  /** The next event of the engine. An answer that ended gives its place to the next in line. */
  takeEngineEvent(requests: readonly TracedRequest[], nowMs: number): EngineEvent | undefined {
    const event = this.engine.takeEvent();
    if (event === undefined) return undefined;
    const { work } = event;
    if (event.kind === "first-content") {
      const ids = requests[work.index]?.prefixIds;
      if (ids !== undefined) this.#cache?.read(ids);
      return event;
    }
    this.failing?.end(work.beganAtMs, work.failsWith, nowMs);
    this.#giveWay(work, event.kind === "failed" ? 0 : work.outputTokens, requests, nowMs);
    return event;
  }

  /**
   * A request is given up. Answers with what was begun of it: the tokens that were to be read and those that were written;
   * undefined for one that waited.
   */
  cancel(
    index: number,
    requests: readonly TracedRequest[],
    nowMs: number,
  ): { readonly promptTokens: number; readonly outputTokens: number } | undefined {
    const entry = this.#entries.get(index);
    if (entry === undefined) throw new Error(`Request ${index} is not here.`);
    const work = this.#served.get(index);
    if (work === undefined) {
      this.#door.leave(entry);
      this.#forget(entry);
      return undefined;
    }
    const outputTokens = this.engine.cancel(work, nowMs);
    this.failing?.end(work.beganAtMs, "superseded", nowMs);
    this.#giveWay(work, outputTokens, requests, nowMs);
    return { promptTokens: work.promptTokens, outputTokens };
  }

  /** A request has ended; the next in line has its place. */
  #giveWay(work: ServedWork, outputTokens: number, requests: readonly TracedRequest[], nowMs: number): void {
    const entry = this.#entries.get(work.index);
    if (entry === undefined) throw new Error(`Request ${work.index} ended without having begun.`);
    this.#entries.delete(work.index);
    this.#served.delete(work.index);
    const next = this.#door.release(entry, { promptTokens: work.promptTokens, outputTokens }, nowMs);
    if (this.engine.running === 0 && next === undefined) this.#idleSinceMs = nowMs;
    if (next === undefined) return;
    this.#forget(next, true);
    const request = requests[next.index];
    if (request === undefined) throw new Error(`No request has the number ${next.index}.`);
    this.#begin(next, request, nowMs);
  }

  #begin(entry: DoorEntry, request: TracedRequest, nowMs: number): void {
    const { prefillTokensPerSecond, firstContentMs = 0, firstContentSpread = 0 } = this.spec.profile;
    const toRead = Math.max(0, request.promptTokens - this.heldTokens(request));
    const readMs =
      prefillTokensPerSecond === undefined
        ? firstContentMs * (firstContentSpread === 0 ? 1 : logNormal(this.#random, firstContentSpread))
        : (toRead * 1_000) / prefillTokensPerSecond;
    const { expectedOutputTokens, workloadClass } = entry;
    const failure = this.failing?.begin(nowMs);
    const work = new ServedWork(
      { promptTokens: toRead, expectedOutputTokens, workloadClass },
      entry.index,
      request.outputTokens,
      failure?.code,
    );
    this.#served.set(entry.index, work);
    this.engine.start(work, failure?.isImmediate === true ? 0 : readMs + this.#msUntilLoaded(nowMs), nowMs);
  }

  /** Loads the model if it is not in memory. */
  #msUntilLoaded(nowMs: number): number {
    if (this.spec.profile.keepLoadedMs === undefined) return 0;
    this.#unloadIfIdle(nowMs);
    if (!this.#loaded) {
      this.#loaded = true;
      this.#loadedAtMs = nowMs + (this.spec.profile.loadMs ?? 0);
    }
    // Whoever comes while it loads stands behind the one that waits for the load already.
    return this.engine.running === 0 ? Math.max(0, this.#loadedAtMs - nowMs) : 0;
  }

  #unloadIfIdle(nowMs: number): void {
    const { keepLoadedMs } = this.spec.profile;
    if (keepLoadedMs === undefined || !this.#loaded || this.engine.running > 0) return;
    if (nowMs < this.#loadedAtMs || nowMs - this.#idleSinceMs <= keepLoadedMs) return;
    this.#loaded = false;
    this.#cache?.clear();
  }

  #forget(entry: DoorEntry, keepsPlace = false): void {
    const untilMs = this.#waiting.get(entry);
    this.#waiting.delete(entry);
    if (!keepsPlace) this.#entries.delete(entry.index);
    if (untilMs !== this.#firstTimeoutMs) return;
    this.#firstTimeoutMs = Infinity;
    for (const other of this.#waiting.values()) if (other < this.#firstTimeoutMs) this.#firstTimeoutMs = other;
  }
}

/** Of a log-normal distribution: the normal quantiles 0.674, 1.282 and 2.326 deviations above the median. */
function percentilesOf(medianMs: number, spread: number): NonNullable<EndpointState["ttftMs"]> {
  const at = (deviations: number): number => medianMs * Math.exp(deviations * spread);
  return { p50: medianMs, p75: at(0.674), p90: at(1.282), p95: at(1.645), p99: at(2.326), count: MEASURED_SAMPLES };
}
