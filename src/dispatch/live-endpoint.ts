import type { InferenceEndpoint } from "../core/inference-endpoint.ts";
import type { Clock } from "../core/clock.ts";
import type { EndpointFacts, EndpointSnapshot } from "../core/endpoint.ts";
import type { ErrorCode } from "../core/errors.ts";
import { breakerFacts, CLOSED_BREAKER, stepBreaker, type BreakerState } from "../routing/breaker.ts";
import { AdmissionGate } from "./admission-gate.ts";
import { RollingWindow } from "./rolling-window.ts";

/** What an endpoint says about itself at this instant; what it does not know is absent. */
export interface EndpointReadings {
  readonly loaded: boolean;
  readonly unavailableBecause?: string;
  readonly unavailableForMs?: number;
  readonly restarting?: boolean;
  readonly loadMs?: number;
  readonly prefillTokensPerSecond?: number;
  readonly decodeTokensPerSecond?: number;
}

/** What one attempt showed about its endpoint. */
export interface Observation {
  /** Absent for an attempt that did not fail. */
  readonly errorCode?: ErrorCode;
  /** On the monotonic clock. */
  readonly startedAtMs: number;
  /** Without the wait for a place. Absent where nothing came, or where only the whole answer came. */
  readonly firstContentMs?: number;
  /** The time in which `completionTokens` were written. */
  readonly decodeMs?: number;
  readonly completionTokens?: number;
}

/** Answers shorter than this say more about overhead than about speed. */
const MIN_TOKENS_FOR_SPEED = 4;

/** An endpoint together with everything that this process has learned about it: its door, its breaker, its speed. */
export class LiveEndpoint {
  readonly endpoint: InferenceEndpoint;
  readonly gate: AdmissionGate;
  readonly #clock: Clock;
  readonly #readings: () => EndpointReadings;
  readonly #firstContentMs: RollingWindow;
  readonly #tokensPerSecond: RollingWindow;
  readonly #unusedWaiters = new Set<() => void>();
  #breaker: BreakerState = CLOSED_BREAKER;
  #users = 0;

  constructor(options: {
    readonly endpoint: InferenceEndpoint;
    readonly queueLimit: number;
    readonly readings: () => EndpointReadings;
    readonly clock: Clock;
    /** An endpoint of the same server and the same limits whose place it takes: its queue and what it has learned go on. */
    readonly replaces?: LiveEndpoint;
  }) {
    const { endpoint, clock, queueLimit, replaces } = options;
    this.endpoint = endpoint;
    this.gate = replaces?.gate ?? new AdmissionGate({ slots: endpoint.facts.slots, queueLimit, clock });
    this.#clock = clock;
    this.#readings = options.readings;
    this.#firstContentMs = replaces === undefined ? new RollingWindow(clock) : replaces.#firstContentMs;
    this.#tokensPerSecond = replaces === undefined ? new RollingWindow(clock) : replaces.#tokensPerSecond;
    if (replaces !== undefined) this.#breaker = replaces.#breaker;
  }

  get facts(): EndpointFacts {
    return this.endpoint.facts;
  }

  /** Whether its model is in memory at this instant. */
  isLoaded(): boolean {
    return this.#readings().loaded;
  }

  /** Everything that routing may know about the endpoint at this instant. */
  snapshot(): EndpointSnapshot {
    const ttftMs = this.#firstContentMs.percentiles();
    const tokensPerSecond = this.#tokensPerSecond.percentiles();
    const readings = this.#readings();
    const decodeTokensPerSecond = readings.decodeTokensPerSecond ?? tokensPerSecond?.p50;
    return {
      facts: this.facts,
      state: {
        ...breakerFacts(this.#breaker, this.#clock.monotonicMs()),
        ...readings,
        ...(decodeTokensPerSecond === undefined ? {} : { decodeTokensPerSecond }),
        ...this.gate.load(),
        ...(ttftMs === undefined ? {} : { ttftMs }),
        ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
      },
    };
  }

  /** Counts one more attempt that may ask the endpoint, until the returned function is called. Calling it again does nothing. */
  use(): () => void {
    let using = true;
    this.#users += 1;
    return () => {
      if (!using) return;
      using = false;
      this.#users -= 1;
      if (this.#users > 0) return;
      for (const resolve of this.#unusedWaiters) resolve();
      this.#unusedWaiters.clear();
    };
  }

  /** Resolves when no attempt may ask it any more; of use once no new decision can name it. */
  whenUnused(): Promise<void> {
    if (this.#users === 0) return Promise.resolve();
    return new Promise((resolve) => this.#unusedWaiters.add(resolve));
  }

  /** To be called before each attempt: a breaker that is open counts the first as its probe. */
  attemptStarted(): void {
    this.#breaker = stepBreaker(this.#breaker, { kind: "attempt-started", nowMs: this.#clock.monotonicMs() });
  }

  /** Learns from an attempt that has ended, well or not. */
  attemptEnded(observation: Observation): void {
    const { errorCode, startedAtMs, firstContentMs, decodeMs, completionTokens } = observation;
    const nowMs = this.#clock.monotonicMs();
    this.#breaker = stepBreaker(this.#breaker, {
      kind: "attempt-ended",
      startedAtMs,
      nowMs,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    if (firstContentMs !== undefined) this.#firstContentMs.add(firstContentMs);
    if (completionTokens === undefined || decodeMs === undefined || decodeMs <= 0) return;
    if (completionTokens >= MIN_TOKENS_FOR_SPEED) this.#tokensPerSecond.add((completionTokens * 1_000) / decodeMs);
  }
}
