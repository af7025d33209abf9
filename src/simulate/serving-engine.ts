import type { PendingWork } from "../core/endpoint.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import { PREFILL_STEP_MS, stepMsAt } from "../routing/simulate-queue.ts";
import type { WorkloadClass } from "../core/workload.ts";

/** One request inside an engine. It is what a snapshot lists of it too. */
export class ServedWork implements PendingWork {
  readonly promptTokens: number;
  readonly expectedOutputTokens: number;
  readonly workloadClass: WorkloadClass;
  /** Present once its answer has begun; brought up to date by `ServingEngine.listWork`. */
  declare outputTokensSoFar?: number;
  /** Which request of the simulation it is. */
  readonly index: number;
  readonly outputTokens: number;
  /** When it was taken in. */
  beganAtMs = 0;
  /** What it fails with in place of its first content; absent for an attempt that does not fail. */
  readonly failsWith: ErrorCode | undefined;
  /** Where its answer began and ends, on the engine's count of rounds. */
  beginsAtRound = 0;
  endsAtRound = 0;

  constructor(work: PendingWork, index: number, outputTokens: number, failsWith?: ErrorCode) {
    this.promptTokens = work.promptTokens;
    this.expectedOutputTokens = work.expectedOutputTokens;
    this.workloadClass = work.workloadClass;
    this.index = index;
    this.outputTokens = outputTokens;
    this.failsWith = failsWith;
  }
}

/** How fast an engine writes. */
export type EngineRates = Parameters<typeof stepMsAt>[0];

/** What happened to one request inside an engine. */
export interface EngineEvent {
  readonly kind: "first-content" | "finished" | "failed";
  readonly work: ServedWork;
}

interface Reading {
  readonly work: ServedWork;
  /** Of one engine that reads one prompt after the other: what is left. Of one that reads all at once: when it is done. */
  ms: number;
}

/**
 * An engine as `simulateQueue` of the router takes it to be, played over time: answers are written in rounds of one token
 * for all, prompts are read in the order of their slots, and while one is read each round waits for one part of it. So a
 * simulation holds the router to its own model of an engine, whose error on real engines is measured elsewhere.
 */
export class ServingEngine {
  readonly #rates: EngineRates;
  /** Time of one token by the number of answers, worked out once for each. */
  readonly #stepMs: number[] = [0];
  /** Whether prompts are read one after the other. */
  readonly #readsInTurn: boolean;
  readonly #reading: Reading[] = [];
  readonly #writing: ServedWork[] = [];
  #nowMs = 0;
  /** Rounds of tokens written since the start. */
  #rounds = 0;
  /** The end of the answer that ends first, in rounds. */
  #nextEnd = Infinity;
  /** Time in which prompts were read or answers written. */
  busyMs = 0;
  /** Answers being written or prompts being read, times milliseconds: over the slots it is their utilisation. */
  slotMs = 0;

  constructor(rates: EngineRates, readsInTurn: boolean) {
    this.#rates = rates;
    this.#readsInTurn = readsInTurn;
  }

  get running(): number {
    return this.#reading.length + this.#writing.length;
  }

  /** Takes a request in whose prompt takes `readMs` to read; one that fails at once waits for no other prompt. */
  start(work: ServedWork, readMs: number, nowMs: number): void {
    this.advance(nowMs);
    work.beganAtMs = nowMs;
    const reading = { work, ms: this.#readsInTurn ? readMs : nowMs + readMs };
    if (work.failsWith !== undefined && readMs === 0) this.#reading.unshift(reading);
    else this.#reading.push(reading);
  }

  /** When the next prompt is read or the next answer ends, if nothing else is taken in; infinite for an idle engine. */
  nextEventMs(): number {
    const toEnd = this.#nextEnd === Infinity ? Infinity : (this.#nextEnd - this.#rounds) * this.#roundMs();
    return this.#nowMs + Math.max(0, Math.min(toEnd, this.#msUntilRead()));
  }

  /** Lets time pass, at most until the next event. */
  advance(nowMs: number): void {
    const passedMs = nowMs - this.#nowMs;
    if (passedMs <= 0) return;
    this.#nowMs = nowMs;
    const running = this.running;
    if (running === 0) return;
    this.busyMs += passedMs;
    this.slotMs += passedMs * running;
    const roundMs = this.#roundMs();
    const head = this.#readsInTurn ? this.#reading[0] : undefined;
    if (head !== undefined) head.ms -= (passedMs * PREFILL_STEP_MS) / roundMs;
    if (this.#writing.length > 0) this.#rounds += passedMs / roundMs;
  }

  /** Lets the event at `nextEventMs` happen. */
  takeEvent(): EngineEvent | undefined {
    const untilRead = this.#msUntilRead();
    const untilEnd = this.#nextEnd === Infinity ? Infinity : (this.#nextEnd - this.#rounds) * this.#roundMs();
    if (untilRead === Infinity && untilEnd === Infinity) return undefined;
    this.advance(this.#nowMs + Math.max(0, Math.min(untilRead, untilEnd)));
    return untilRead <= untilEnd ? this.#endReading() : this.#endAnswer();
  }

  /** Lets go of a request before its end; answers with the tokens of its answer by then. */
  cancel(work: ServedWork, nowMs: number): number {
    this.advance(nowMs);
    const reading = this.#reading.findIndex((one) => one.work === work);
    if (reading >= 0) {
      this.#reading.splice(reading, 1);
      return 0;
    }
    const writing = this.#writing.indexOf(work);
    if (writing < 0) throw new Error(`Request ${work.index} is not in this engine.`);
    this.#writing.splice(writing, 1);
    this.#findNextEnd();
    return Math.min(work.outputTokens, Math.floor(this.#rounds - work.beginsAtRound));
  }

  /** The first `max` requests, those with a slot for longest first by kind: writing, then reading. */
  listWork(max: number, into: PendingWork[]): void {
    let count = 0;
    for (const work of this.#writing) {
      if (count === max) break;
      work.outputTokensSoFar = Math.max(1, Math.floor(this.#rounds - work.beginsAtRound));
      into[count++] = work;
    }
    for (const { work } of this.#reading) {
      if (count === max) break;
      into[count++] = work;
    }
    into.length = count;
  }

  /** Time of one round: a token of every answer, and a part of a prompt while one is read. */
  #roundMs(): number {
    const stepMs = (this.#stepMs[this.#writing.length] ??= stepMsAt(this.#rates, this.#writing.length));
    return this.#readsInTurn && this.#reading.length > 0 ? PREFILL_STEP_MS + stepMs : stepMs;
  }

  #msUntilRead(): number {
    if (!this.#readsInTurn) {
      let first = Infinity;
      for (const { ms } of this.#reading) if (ms < first) first = ms;
      return first - this.#nowMs;
    }
    const head = this.#reading[0];
    return head === undefined ? Infinity : (Math.max(0, head.ms) * this.#roundMs()) / PREFILL_STEP_MS;
  }

  #endReading(): EngineEvent | undefined {
    let index = 0;
    if (!this.#readsInTurn)
      for (const [other, { ms }] of this.#reading.entries())
        if (ms < (this.#reading[index]?.ms ?? Infinity)) index = other;
    const [read] = this.#reading.splice(index, 1);
    if (read === undefined) return undefined;
    const { work } = read;
    if (work.failsWith !== undefined) return { kind: "failed", work };
    work.beginsAtRound = this.#rounds;
    work.endsAtRound = this.#rounds + work.outputTokens;
    this.#writing.push(work);
    this.#nextEnd = Math.min(this.#nextEnd, work.endsAtRound);
    return { kind: "first-content", work };
  }

  #endAnswer(): EngineEvent | undefined {
    this.#rounds = this.#nextEnd;
    const index = this.#writing.findIndex(({ endsAtRound }) => endsAtRound === this.#nextEnd);
    const [work] = this.#writing.splice(index, 1);
    this.#findNextEnd();
    return work === undefined ? undefined : { kind: "finished", work };
  }

  #findNextEnd(): void {
    this.#nextEnd = Infinity;
    for (const { endsAtRound } of this.#writing) if (endsAtRound < this.#nextEnd) this.#nextEnd = endsAtRound;
  }
}
