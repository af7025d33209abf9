import type { EndpointState } from "../core/endpoint.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import { breakerFacts, CLOSED_BREAKER, stepBreaker, type BreakerState } from "../routing/breaker.ts";
import { hasRecovered, trustedRequests } from "../routing/slow-start.ts";
import type { EndpointProfile } from "./endpoint-profile.ts";
import { seededRandom } from "./seeded-random.ts";

/** The facts of an endpoint that depend on how its attempts have gone. */
type Health = Pick<EndpointState, "breaker" | "breakerRetryInMs" | "errorRate" | "recovering">;

/** An attempt that is going to fail: with what, and whether at once. */
export interface PlannedFailure {
  readonly code: ErrorCode;
  readonly isImmediate: boolean;
}

/**
 * How an endpoint fails, by chance and in outages, and what the box learns from that: its breaker and its slow start, by the
 * router's own functions. The endpoint's failures do not depend on those of others.
 */
export class Failing {
  readonly #share: number;
  readonly #outages: NonNullable<EndpointProfile["outages"]>;
  readonly #random: () => number;
  #breaker: BreakerState = CLOSED_BREAKER;
  #recoveredAtMs = -Infinity;
  /** Attempts that failed, and how often the breaker opened. */
  failures = 0;
  openings = 0;

  /** Undefined for an endpoint that never fails. */
  static of({ failureShare = 0, outages = [] }: EndpointProfile, seed: number): Failing | undefined {
    return failureShare === 0 && outages.length === 0 ? undefined : new Failing(failureShare, outages, seed);
  }

  private constructor(share: number, outages: NonNullable<EndpointProfile["outages"]>, seed: number) {
    this.#share = share;
    this.#outages = outages;
    this.#random = seededRandom(seed);
  }

  /** An attempt begins; says whether it is going to fail. */
  begin(nowMs: number): PlannedFailure | undefined {
    this.#step({ kind: "attempt-started", nowMs });
    if (this.#outages.some(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs))
      return { code: "upstream_unreachable", isImmediate: true };
    return this.#random() < this.#share ? { code: "upstream_failed", isImmediate: false } : undefined;
  }

  /** An attempt has ended: with its answer, or with an error. */
  end(startedAtMs: number, errorCode: ErrorCode | undefined, nowMs: number): void {
    if (errorCode !== undefined) this.failures += 1;
    this.#step({ kind: "attempt-ended", startedAtMs, nowMs, ...(errorCode === undefined ? {} : { errorCode }) });
  }

  /** Writes what the router may know into `state`. */
  describe(
    state: { -readonly [Name in keyof Health]: Health[Name] },
    running: number,
    slots: number,
    nowMs: number,
  ): void {
    const { breaker, breakerRetryInMs, errorRate } = breakerFacts(this.#breaker, nowMs);
    state.breaker = breaker;
    if (breakerRetryInMs === undefined) delete state.breakerRetryInMs;
    else state.breakerRetryInMs = breakerRetryInMs;
    if (errorRate === undefined) delete state.errorRate;
    else state.errorRate = errorRate;
    if (running >= trustedRequests(nowMs - this.#recoveredAtMs, slots)) state.recovering = true;
    else delete state.recovering;
  }

  #step(event: Parameters<typeof stepBreaker>[1]): void {
    const before = this.#breaker;
    this.#breaker = stepBreaker(before, event);
    if (hasRecovered(before, this.#breaker)) this.#recoveredAtMs = event.nowMs;
    if (before.kind !== "open" && this.#breaker.kind === "open") this.openings += 1;
  }
}
