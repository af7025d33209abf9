import { planRound } from "./plan-round.ts";
import type { PrefillLoad } from "./prefill-chunk.ts";
import { StepCosts } from "./step-costs.ts";

/** What a slot's evaluation is: a piece of its prompt, one token of its answer, or a draft of several. */
export type StepKind = "prefill" | "decode" | "verify";

interface Waiting {
  readonly slot: number;
  readonly kind: StepKind;
  /** Evaluates; resolves when it is over, whatever came of it. */
  readonly start: () => Promise<void>;
}

/**
 * Decides which slots evaluate together. The engine batches whatever happens to be queued when its last batch ends: then
 * the slot that was sampled last has not asked yet, and batches are neither whole nor in the order that the engine can
 * evaluate at once. Here a round begins one turn of the event loop after the last one ended, so that everybody who goes
 * on has asked; it gives each waiting slot one evaluation, decoding slots in the groups of `planRound`, pieces of prompts
 * and drafts one by one.
 */
export class StepGate {
  readonly costs = new StepCosts();
  readonly #now: () => number;
  readonly #afterPieces: (count: number) => void;
  #waiting: Waiting[] = [];
  #round: (readonly Waiting[])[] = [];
  #isRunning = false;
  #isScheduled = false;
  #roundSize = 0;
  #load = { decodeRoundMs: 0, prefillingSlots: 0 };

  /** `afterPieces` hears after a round how many pieces of prompts and drafts it evaluated, if any. */
  constructor(now: () => number, afterPieces: (count: number) => void = () => {}) {
    this.#now = now;
    this.#afterPieces = afterPieces;
  }

  /** Of the last round: how long its decoding slots took together, and how many slots read their prompts. */
  get load(): Pick<PrefillLoad, "decodeRoundMs" | "prefillingSlots"> {
    return this.#load;
  }

  /** Whether several slots evaluate now, or did in the last round. */
  get isShared(): boolean {
    return this.#waiting.length > 0 || this.#roundSize > 1;
  }

  /**
   * Runs `evaluate` when it is this slot's turn and resolves as it does. `evaluate` MUST queue its evaluation before it
   * waits for anything else. Rejects with the signal's reason as soon as it aborts while the slot still waits.
   */
  async run<T>(slot: number, kind: StepKind, signal: AbortSignal, evaluate: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const waiting: Waiting = { slot, kind, start: () => evaluate().then(resolve, reject) };
    const abandon = (): void => {
      if (this.#remove(waiting)) reject(signal.reason);
    };
    signal.addEventListener("abort", abandon, { once: true });
    this.#waiting.push(waiting);
    this.#schedule();
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", abandon);
    }
  }

  /** False when the slot evaluates already. */
  #remove(waiting: Waiting): boolean {
    const isQueued = this.#waiting.includes(waiting) || this.#round.some((group) => group.includes(waiting));
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    this.#round = this.#round.map((group) => group.filter((other) => other !== waiting));
    return isQueued;
  }

  #schedule(): void {
    if (this.#isRunning || this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#runRound();
    });
  }

  async #runRound(): Promise<void> {
    this.#isRunning = true;
    this.#roundSize = this.#waiting.length;
    this.#round = this.#plan(this.#waiting.splice(0));
    const load = { decodeRoundMs: 0, prefillingSlots: 0 };
    let pieces = 0;
    for (let group = this.#round.shift(); group !== undefined; group = this.#round.shift()) {
      const [first] = group;
      if (first === undefined) continue;
      const startedAtMs = this.#now();
      await Promise.all(group.map(({ start }) => start()));
      const durationMs = this.#now() - startedAtMs;
      if (first.kind === "prefill") load.prefillingSlots++;
      else load.decodeRoundMs += durationMs;
      if (first.kind === "decode") this.costs.record(group.length, durationMs);
      else pieces++;
    }
    this.#load = load;
    if (pieces > 0) this.#afterPieces(pieces);
    this.#isRunning = false;
    if (this.#waiting.length > 0) this.#schedule();
  }

  #plan(waiting: readonly Waiting[]): (readonly Waiting[])[] {
    const decoding = new Map(waiting.filter(({ kind }) => kind === "decode").map((one) => [one.slot, one]));
    const groups = planRound([...decoding.keys()], (size) => this.costs.stepMs(size));
    return [
      ...groups.map((group) => group.flatMap((slot) => decoding.get(slot) ?? [])),
      ...waiting.filter(({ kind }) => kind !== "decode").map((one) => [one]),
    ];
  }
}
