import type { InferenceEndpoint } from "../core/inference-endpoint.ts";
import type { Clock } from "../core/clock.ts";
import type { DecodeRate, EndpointFacts, EndpointSnapshot, EndpointState, ServerLoad } from "../core/endpoint.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import type { SignalboxError } from "../core/errors.ts";
import type { QueueMetrics } from "../core/queue-policy.ts";
import { breakerFacts, CLOSED_BREAKER, stepBreaker, type BreakerState } from "../routing/breaker.ts";
import type { ProviderBreaker } from "../routing/provider-breaker.ts";
import { hasRecovered, trustedRequests } from "../routing/slow-start.ts";
import { AdmissionGate, type Entry, type GateOptions, type Lease } from "./admission/admission-gate.ts";
import type { QueueLimits } from "./admission/admit.ts";
import { LearnedSpeed, type AnswerSpeed, type SavedSpeed } from "./learn/learned-speed.ts";
import { withServerLoad } from "./server-load.ts";

/** What an endpoint says about itself at this instant; what it does not know is absent. */
export interface EndpointReadings {
  readonly loaded: boolean;
  readonly unavailableBecause?: string;
  readonly unavailableForMs?: number;
  readonly restarting?: boolean;
  readonly loadMs?: number;
  readonly heldUpBecause?: string;
  readonly prefillTokensPerSecond?: number;
  readonly decodeTokensPerSecond?: number;
  /** As it was measured, until answers have shown it. */
  readonly decodeRates?: readonly DecodeRate[];
  readonly server?: ServerLoad;
}

/** What one attempt showed about its endpoint. */
export interface Observation extends AnswerSpeed {
  /** Absent for an attempt that did not fail. */
  readonly errorCode?: ErrorCode;
  /** How long it asked to be left alone. */
  readonly retryAfterMs?: number;
  /** On the monotonic clock. */
  readonly startedAtMs: number;
  /** Time to the first content where the model had to be loaded for it, without the wait for a place. */
  readonly coldStartMs?: number;
}

/** What an endpoint has learned of its speed, for a file. */
export interface SavedLearning extends SavedSpeed {
  /** What its newest load took. */
  readonly coldStartMs?: number | undefined;
}

/** The longest that an endpoint is left alone because it asked for it: a mistaken `Retry-After` must not take it away. */
const MAX_REST_MS = 5 * 60_000;

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** An endpoint together with everything that this process has learned about it: its door, its breaker, its speed. */
export class LiveEndpoint {
  readonly endpoint: InferenceEndpoint;
  readonly gate: AdmissionGate;
  /** What this endpoint tells the gate, which it may have from the endpoint before it. */
  readonly #gateTerms: Pick<GateOptions, "limits" | "serviceMsOf">;
  /** Shared with the provider's other endpoints; absent for this box, whose models fail each on its own. */
  readonly provider: ProviderBreaker | undefined;
  readonly #clock: Clock;
  readonly #readings: () => EndpointReadings;
  readonly #speed: LearnedSpeed;
  readonly #unusedWaiters = new Set<() => void>();
  #breaker: BreakerState = CLOSED_BREAKER;
  /** Until when it has asked to be left alone, on the monotonic clock. */
  #restsUntilMs = -Infinity;
  /** When a probe found it working again, on the monotonic clock. */
  #recoveredAtMs = -Infinity;
  #users = 0;
  /** What the newest load took, for a server that does not say. */
  #coldStartMs: number | undefined;

  constructor(options: {
    readonly endpoint: InferenceEndpoint;
    readonly queue: QueueLimits;
    readonly readings: () => EndpointReadings;
    readonly clock: Clock;
    /** Absent: nobody counts. */
    readonly queueMetrics?: QueueMetrics | undefined;
    readonly provider?: ProviderBreaker | undefined;
    /** An endpoint of the same server and as many slots whose place it takes: its queue and what it has learned go on. */
    readonly replaces?: LiveEndpoint;
  }) {
    const { endpoint, clock, queue: limits, readings, queueMetrics: metrics, replaces } = options;
    const { id: endpointId, slots } = endpoint.facts;
    const speed = replaces === undefined ? new LearnedSpeed(clock) : replaces.#speed;
    const serviceMsOf: GateOptions["serviceMsOf"] = (work) => speed.serviceMsOf(work, readings());
    this.endpoint = endpoint;
    this.provider = options.provider;
    this.#clock = clock;
    this.#readings = readings;
    this.#speed = speed;
    this.#gateTerms = { limits, serviceMsOf };
    this.gate =
      replaces === undefined
        ? new AdmissionGate({ endpointId, slots, limits, clock, serviceMsOf, metrics })
        : replaces.gate;
    if (replaces === undefined) return;
    this.#breaker = replaces.#breaker;
    this.#restsUntilMs = replaces.#restsUntilMs;
    this.#recoveredAtMs = replaces.#recoveredAtMs;
    this.#coldStartMs = replaces.#coldStartMs;
  }

  get facts(): EndpointFacts {
    return this.endpoint.facts;
  }

  /** What it has learned of its speed, for a file. */
  saveLearned(): SavedLearning {
    const loading = this.#coldStartMs === undefined ? {} : { coldStartMs: this.#coldStartMs };
    return { ...this.#speed.save(), ...loading };
  }

  /** Takes up what was saved `olderByMs` ago. */
  restoreLearned(saved: SavedLearning, olderByMs: number): void {
    this.#speed.restore(saved, olderByMs);
    this.#coldStartMs ??= saved.coldStartMs;
  }

  /** Whether its model is in memory at this instant. */
  isLoaded(): boolean {
    return this.#readings().loaded;
  }

  /**
   * Everything that routing may know about the endpoint at this instant. Each decision asks every endpoint, so what is not
   * known is left out by not setting it: a spread for each of the parts would take several times as long.
   */
  snapshot(): EndpointSnapshot {
    const { firstContentMs: ttftMs, tokensPerSecond, decodeRates, corrections } = this.#speed;
    const readings = this.#readings();
    const nowMs = this.#clock.monotonicMs();
    const { facts, load } = withServerLoad(this.facts, this.#ownGate().load(), readings.server);
    const decodeTokensPerSecond = readings.decodeTokensPerSecond ?? tokensPerSecond?.p50;
    const loadMs = readings.loadMs ?? this.#coldStartMs;
    const state: Writable<EndpointState> = { ...load, ...this.#breakerFacts(nowMs), ...readings };
    if (this.#restsUntilMs > nowMs) state.restsForMs = this.#restsUntilMs - nowMs;
    if (loadMs !== undefined) state.loadMs = loadMs;
    if (decodeTokensPerSecond !== undefined) state.decodeTokensPerSecond = decodeTokensPerSecond;
    if (decodeRates.length > 0) state.decodeRates = decodeRates;
    if (corrections !== undefined) state.corrections = corrections;
    if (this.#isTrustedNoFurther(nowMs)) state.recovering = true;
    if (ttftMs !== undefined) state.ttftMs = ttftMs;
    if (tokensPerSecond !== undefined) state.tokensPerSecond = tokensPerSecond;
    return this.gate.queued === 0 ? { facts, state } : { facts, state, line: this.gate };
  }

  /** The same with what only reports show. */
  report(): EndpointSnapshot {
    const { facts, state } = this.snapshot();
    return { facts, state: { ...state, classQueues: this.#ownGate().classQueues() } };
  }

  /** The refusal of a request that would ask for a place now, or nothing where it would get one or might wait. */
  refusalOf(entry: Entry): SignalboxError | undefined {
    return this.#ownGate().refusalOf(entry);
  }

  /** Resolves with a place; see `AdmissionGate.enter`. */
  enter(entry: Entry): Promise<Lease> {
    return this.#ownGate().enter(entry);
  }

  /** The terms of the endpoint that is asked count, and only from then on: one that was prepared in vain changes nothing. */
  #ownGate(): AdmissionGate {
    this.gate.change(this.#gateTerms);
    return this.gate;
  }

  /** Whether it, or its provider, has as many requests as it may have so soon after it came back. */
  #isTrustedNoFurther(nowMs: number): boolean {
    const own = trustedRequests(nowMs - this.#recoveredAtMs, this.facts.slots);
    return this.gate.running >= own || this.provider?.isTrustedNoFurther(nowMs) === true;
  }

  #breakerFacts(nowMs: number): ReturnType<ProviderBreaker["over"]> {
    const own = breakerFacts(this.#breaker, nowMs);
    return this.provider === undefined ? own : this.provider.over(own, nowMs);
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
    const nowMs = this.#clock.monotonicMs();
    this.#breaker = stepBreaker(this.#breaker, { kind: "attempt-started", nowMs });
    this.provider?.attemptStarted(this.facts, nowMs);
  }

  /** Learns from an attempt that has ended, well or not. */
  attemptEnded(observation: Observation): void {
    const { errorCode, startedAtMs, retryAfterMs } = observation;
    const nowMs = this.#clock.monotonicMs();
    if (retryAfterMs !== undefined) {
      this.#restsUntilMs = Math.max(this.#restsUntilMs, nowMs + Math.min(retryAfterMs, MAX_REST_MS));
    }
    const before = this.#breaker;
    this.#breaker = stepBreaker(this.#breaker, {
      kind: "attempt-ended",
      startedAtMs,
      nowMs,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    if (hasRecovered(before, this.#breaker)) this.#recoveredAtMs = nowMs;
    this.provider?.attemptEnded(startedAtMs, errorCode, nowMs);
    this.#speed.add(observation);
    this.#coldStartMs = observation.coldStartMs ?? this.#coldStartMs;
  }
}
