import { MAX_LISTED_WORK, type DecodeRate, type EndpointState, type PendingWork } from "../core/endpoint.ts";
import { NumberHeap } from "./number-heap.ts";

/** Output of a request about which nothing is known but that it is there, in tokens. */
const TYPICAL_OUTPUT_TOKENS = 250;

/** Of an answer that is longer than was expected: what is still to come, as a share of what came. A guess. */
const OVERDUE_SHARE = 0.25;

/** How long engines read a prompt before other answers get their next token; local workers take steps of this length. */
export const PREFILL_STEP_MS = 250;

/** Slots, and queued requests, that are simulated one by one; where there are more, each stands for several. */
const MAX_SIMULATED = MAX_LISTED_WORK;

/** One endpoint as an engine that reads prompts one after the other and writes answers together. */
export interface SimulatedEngine {
  readonly slots: number;
  readonly load: Pick<
    EndpointState,
    "running" | "queued" | "queuedPromptTokens" | "runningWork" | "queuedWork" | "decodeRates"
  >;
  /** Rate of one sequence where `decodeRates` say nothing. */
  readonly tokensPerSecond: number;
  /** Absent: reading a prompt takes no time that this can tell. */
  readonly prefillTokensPerSecond: number | undefined;
}

/** What a request meets that everything queued goes before. */
export interface SimulatedWait {
  /** Until it has a slot. */
  readonly queueMs: number;
  /** From then until its prompt is read, which gives the first token; 0 where the rate of reading is unknown. */
  readonly readMs: number;
  /** Time of one token of its answer, among the answers that it is written with. */
  readonly stepMs: number;
}

/**
 * Plays what the engine will do until a new request, which everything queued goes before, has its first token. Answers
 * are written in rounds of one token for all; while a prompt is read, each round waits for one part of it, and prompts are
 * read in the order in which slots were given. So it takes at most `2 * (running + queued) + 2` events, both at most 64.
 *
 * After the way that engines batch: continuous batching with chunked prefill (Sarathi-Serve, arXiv 2403.02310).
 */
export function simulateQueue(engine: SimulatedEngine, promptTokens: number): SimulatedWait {
  simulation.start(engine);
  simulation.run(engine.slots, promptTokens);
  return { queueMs: simulation.queueMs, readMs: simulation.readMs, stepMs: simulation.stepMs };
}

const NOTHING: SimulatedEngine["load"] = { running: 0, queued: 0, queuedPromptTokens: 0 };

/**
 * A simulation with memory of its own. Times are fields rather than results, and numbers are stored before others deal with
 * them, because a number with a fraction that is handed from function to function leaves a copy of itself behind each time.
 */
class Simulation implements SimulatedWait {
  queueMs = 0;
  readMs = 0;
  stepMs = 0;
  load: SimulatedEngine["load"] = NOTHING;
  tokensPerSecond = 0;
  /** Requests that each simulated one stands for. */
  #scale = 1;
  #msPerPromptToken = 0;
  /** When answers end, in tokens since the start: all advance together, so that one count serves them all. */
  readonly #ends = new NumberHeap(MAX_SIMULATED + 1);
  /** The prompts being read or to be read, in order, and the answer that follows each. */
  readonly #promptTokens = new Float64Array(2 * MAX_SIMULATED + 1);
  readonly #outputTokens = new Float64Array(2 * MAX_SIMULATED + 1);
  #firstPrompt = 0;
  #promptsEnd = 0;
  #written = 0;
  #nowMs = 0;

  start({ slots, load, tokensPerSecond, prefillTokensPerSecond }: SimulatedEngine): void {
    this.load = load;
    this.tokensPerSecond = tokensPerSecond;
    this.#scale = Math.max(1, slots / MAX_SIMULATED);
    this.#msPerPromptToken = prefillTokensPerSecond === undefined ? 0 : 1_000 / prefillTokensPerSecond;
    this.#ends.size = 0;
    this.#firstPrompt = 0;
    this.#promptsEnd = 0;
    this.#written = 0;
    this.#nowMs = 0;
  }

  run(slots: number, promptTokens: number): void {
    const { load } = this;
    const scale = this.#scale;
    const simulatedSlots = Math.max(1, Math.floor(slots / scale));
    const running = Math.min(simulatedSlots, Math.ceil(load.running / scale));
    for (let index = 0; index < running; index++) this.#admitRunning(load.runningWork?.[index]);

    const queued = Math.min(MAX_SIMULATED, Math.ceil(load.queued / scale));
    for (let index = 0; index < queued; index++) {
      this.#untilSlotIsFree(simulatedSlots);
      this.#admitQueued(load.queuedWork?.[index]);
    }
    this.#untilSlotIsFree(simulatedSlots);
    this.queueMs = this.#nowMs * Math.max(1, load.queued / scale / MAX_SIMULATED);
    const arrivedMs = this.#nowMs;
    if (this.#msPerPromptToken > 0) this.#untilRead(promptTokens);
    this.readMs = this.#nowMs - arrivedMs;
    this.stepMs = stepMsAt(this, (this.#ends.size + 1) * scale);
  }

  #admitRunning(work: PendingWork | undefined): void {
    if (work === undefined) this.#admit(0, TYPICAL_OUTPUT_TOKENS / 2);
    else this.#admit(work.outputTokensSoFar === undefined ? work.promptTokens : 0, remainingOutput(work));
  }

  #admitQueued(work: PendingWork | undefined): void {
    const { load } = this;
    if (work === undefined) this.#admit(load.queuedPromptTokens / load.queued, TYPICAL_OUTPUT_TOKENS);
    else this.#admit(work.promptTokens, Math.max(1, work.expectedOutputTokens));
  }

  #admit(promptTokens: number, outputTokens: number): void {
    if (this.#msPerPromptToken === 0 || promptTokens <= 0) {
      this.#ends.push(this.#written + outputTokens);
      return;
    }
    this.#promptTokens[this.#promptsEnd] = promptTokens;
    this.#outputTokens[this.#promptsEnd] = outputTokens;
    this.#promptsEnd += 1;
  }

  #untilSlotIsFree(slots: number): void {
    while (this.#ends.size + this.#promptsEnd - this.#firstPrompt >= slots) this.#advance();
  }

  /** Until a prompt that comes last has been read. */
  #untilRead(promptTokens: number): void {
    const own = this.#promptsEnd;
    this.#admit(Math.max(promptTokens, Number.MIN_VALUE), 1);
    while (this.#firstPrompt <= own) this.#advance();
    // The request itself is counted apart from those that it is written with.
    this.#ends.pop();
  }

  /** Goes on to the next end of an answer or of a prompt. */
  #advance(): void {
    const ends = this.#ends;
    const stepMs = ends.size === 0 ? 0 : stepMsAt(this, ends.size * this.#scale);
    const tokensToNextEnd = ends.first() - this.#written;
    if (this.#firstPrompt === this.#promptsEnd) {
      this.#nowMs += tokensToNextEnd * stepMs;
      this.#endAnswer();
      return;
    }
    const index = this.#firstPrompt;
    const readMsLeft = (this.#promptTokens[index] ?? 0) * this.#msPerPromptToken;
    const rounds = readMsLeft / PREFILL_STEP_MS;
    if (tokensToNextEnd < rounds) {
      this.#nowMs += tokensToNextEnd * (PREFILL_STEP_MS + stepMs);
      this.#promptTokens[index] = (readMsLeft - tokensToNextEnd * PREFILL_STEP_MS) / this.#msPerPromptToken;
      this.#endAnswer();
      return;
    }
    this.#nowMs += readMsLeft + rounds * stepMs;
    this.#written += rounds;
    this.#firstPrompt += 1;
    ends.push(this.#written + (this.#outputTokens[index] ?? 0));
  }

  #endAnswer(): void {
    this.#written = this.#ends.first();
    this.#ends.pop();
  }
}

/** One for all: a simulation is synchronous and starts from nothing, and a decision over many endpoints needs many. */
const simulation = new Simulation();

/** Time of one token of each of `running` answers: as measured, in proportion between two measurements, else the rate of one. */
export function stepMsAt(
  { load, tokensPerSecond }: { readonly load: Pick<EndpointState, "decodeRates">; readonly tokensPerSecond: number },
  running: number,
): number {
  const rates: readonly DecodeRate[] = load.decodeRates ?? [];
  let below: DecodeRate | undefined;
  for (const above of rates) {
    if (above.running >= running) {
      const aboveMs = 1_000 / above.tokensPerSecond;
      if (below === undefined) return aboveMs;
      const belowMs = 1_000 / below.tokensPerSecond;
      return belowMs + ((aboveMs - belowMs) * (running - below.running)) / (above.running - below.running);
    }
    below = above;
  }
  // Beyond the largest load that was measured, one more answer is taken to slow none down.
  return 1_000 / (below?.tokensPerSecond ?? tokensPerSecond);
}

function remainingOutput({ expectedOutputTokens, outputTokensSoFar = 0 }: PendingWork): number {
  return Math.max(1, expectedOutputTokens - outputTokensSoFar, outputTokensSoFar * OVERDUE_SHARE);
}
