import type { Clock, Random } from "../../core/clock.ts";
import type { Permit } from "../../core/permit.ts";
import type { SiteEngine } from "../../core/site-engine.ts";
import type { HttpTransport } from "../../core/transport.ts";
import { createAskServer } from "./ask-server.ts";
import { detectEngine, readerOf } from "./engine-readers.ts";
import type { AskServer, CounterMemory, EngineReader, EngineReading, ModelState } from "./engine-state.ts";

/** Time between two readings of a server that answers. */
const POLL_INTERVAL_MS = 3_000;

/** The longest time between two tries of one that does not; it doubles up to this. */
const MAX_POLL_INTERVAL_MS = 10_000;

/** Each interval is shortened or lengthened by up to this share, so that boxes do not ask in step. */
const JITTER_SHARE = 0.2;

/** An older reading says nothing about now. */
const READING_LIFETIME_MS = 12_000;

/** How long a server counts as away after a try: until after the next one, so that it does not come back unasked. */
const AWAY_LIFETIME_MS = 2 * MAX_POLL_INTERVAL_MS;

/** Tries in a row without a connection after which the server counts as away. */
const FAILURES_UNTIL_AWAY = 2;

/** How long a server that was recognized as nothing special stays so. */
const REDETECT_AFTER_MS = 10 * 60_000;

/** Models of one server that it is asked about by name. */
const MAX_MODEL_NAMES = 64;

/** A server on the site whose state is read again and again. */
export interface EngineWatch {
  /** What it is: as configured, or recognized. Absent: not known yet. */
  engine(): SiteEngine | undefined;
  /** What it said last of a model, by the name that it knows it by. Absent: nothing, or too long ago. */
  stateOf(modelName: string): WatchedState | undefined;
  /** Begins to ask, with leave to do so. Calling it again does nothing. */
  start(permit: Permit): void;
  /** Ends at once, with its connections. */
  stop(): Promise<void>;
}

/** What a server said of one model. */
export interface WatchedState extends ModelState {
  readonly engine: SiteEngine;
  readonly ageMs: number;
  /** Why it can't serve. */
  readonly notReadyBecause?: string;
}

/** The part of pino's logger that a watch uses. */
export interface WatchLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** What a watch is made of. */
export interface WatchOptions {
  readonly providerId: string;
  readonly engine: SiteEngine | "auto";
  readonly transport: HttpTransport;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WatchLog;
}

/** A watch that has not begun. */
export function createEngineWatch(options: WatchOptions): EngineWatch {
  return new PollingWatch(options);
}

class PollingWatch implements EngineWatch {
  readonly #options: WatchOptions;
  readonly #end = new AbortController();
  readonly #memory: CounterMemory = new Map();
  /** The models that somebody wants to know of. */
  readonly #modelNames = new Set<string>();
  #reader: EngineReader | undefined;
  #detectedAtMs = 0;
  #last: { readonly reading: EngineReading; readonly atMs: number; readonly lifetimeMs: number } | undefined;
  #failures = 0;
  #polling: Promise<void> | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    if (options.engine !== "auto") this.#reader = readerOf(options.engine);
  }

  engine(): SiteEngine | undefined {
    return this.#reader?.engine;
  }

  stateOf(modelName: string): WatchedState | undefined {
    if (this.#modelNames.size < MAX_MODEL_NAMES) this.#modelNames.add(modelName);
    if (this.#last === undefined) return undefined;
    const { reading, atMs, lifetimeMs } = this.#last;
    const ageMs = this.#options.clock.monotonicMs() - atMs;
    if (ageMs > lifetimeMs) return undefined;
    const { notReadyBecause, models, others } = reading;
    return {
      engine: this.engine() ?? "openai",
      ageMs,
      ...(notReadyBecause === undefined ? {} : { notReadyBecause }),
      ...(models?.get(modelName) ?? others),
    };
  }

  start(permit: Permit): void {
    if (this.#polling !== undefined) return;
    const { transport, headers, clock } = this.#options;
    const ask = createAskServer({ transport, permit, headers, clock, signal: this.#end.signal });
    this.#poll(ask);
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.#cancelTimer();
    await this.#polling;
    await this.#options.transport.close();
  }

  #poll(ask: AskServer): void {
    const { clock, random, log, providerId } = this.#options;
    this.#polling = this.#readOnce(ask)
      .catch((err: unknown) => {
        this.#failures += 1;
        log.error({ err, provider: providerId }, "the state of a server on the site could not be read");
      })
      .then(() => {
        if (this.#end.signal.aborted) return;
        const backOff = Math.min(POLL_INTERVAL_MS * 2 ** this.#failures, MAX_POLL_INTERVAL_MS);
        const delayMs = backOff * (1 - JITTER_SHARE + 2 * JITTER_SHARE * random.next());
        this.#cancelTimer = clock.after(delayMs, () => this.#poll(ask));
      });
  }

  async #readOnce(ask: AskServer): Promise<void> {
    let isUnreachable = false;
    const noticing: AskServer = async (path) => {
      const reply = await ask(path);
      isUnreachable ||= reply.kind === "unreachable";
      return reply;
    };
    const reader = await this.#recognize(noticing);
    const reading = await reader?.read(noticing, this.#memory, [...this.#modelNames]);
    if (this.#end.signal.aborted) return;
    if (reading !== undefined && !isUnreachable) {
      this.#failures = 0;
      return this.#keep(reading, READING_LIFETIME_MS);
    }
    this.#failures += 1;
    if (isUnreachable && this.#failures === FAILURES_UNTIL_AWAY)
      this.#options.log.info({ provider: this.#options.providerId }, "a server on the site can't be reached");
    if (isUnreachable && this.#failures >= FAILURES_UNTIL_AWAY)
      this.#keep({ notReadyBecause: "it can't be reached" }, AWAY_LIFETIME_MS);
  }

  async #recognize(ask: AskServer): Promise<EngineReader | undefined> {
    const { engine, clock, log, providerId } = this.#options;
    const nowMs = clock.monotonicMs();
    const isSettled = this.#reader?.engine !== "openai" || nowMs - this.#detectedAtMs < REDETECT_AFTER_MS;
    if (engine !== "auto" || (this.#reader !== undefined && isSettled)) return this.#reader;
    const found = await detectEngine(ask);
    if (found === undefined) return undefined;
    this.#detectedAtMs = nowMs;
    if (found.engine !== this.#reader?.engine)
      log.info({ provider: providerId, engine: found.engine }, "a server on the site was recognized");
    this.#reader = found;
    return found;
  }

  #keep(reading: EngineReading, lifetimeMs: number): void {
    this.#last = { reading, atMs: this.#options.clock.monotonicMs(), lifetimeMs };
  }
}
