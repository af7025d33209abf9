import type { EndpointState } from "../core/endpoint.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import { breakerFacts, CLOSED_BREAKER, isEndpointFault, stepBreaker, type BreakerState } from "../routing/breaker.ts";
import type { ProviderBreaker } from "../routing/provider-breaker.ts";
import { hasRecovered, trustedRequests } from "../routing/slow-start.ts";
import type { EndpointProfile, EndpointSpec } from "./endpoint-profile.ts";
import { seededRandom } from "./seeded-random.ts";

/** The facts of an endpoint that depend on how its attempts have gone. */
type Health = Pick<EndpointState, HealthFact | "recovering">;

const BREAKER_FACTS = ["breakerRetryInMs", "errorRate", "breakerIsProviders"] as const;

type HealthFact = "breaker" | (typeof BREAKER_FACTS)[number];

/** An attempt that is going to fail: with what, and whether at once. */
export interface PlannedFailure {
  readonly code: ErrorCode;
  readonly isImmediate: boolean;
}

/**
 * How an endpoint fails, by chance and in outages, and what the box learns from that: its breaker, its provider's and their
 * slow starts, by the router's own functions. The endpoint's failures do not depend on those of others.
 */
export class Failing {
  readonly #facts: EndpointSpec["facts"];
  /** Shared with the provider's other endpoints; absent for this box, whose models fail each on its own. */
  readonly #provider: ProviderBreaker | undefined;
  readonly #share: number;
  readonly #outages: NonNullable<EndpointProfile["outages"]>;
  readonly #random: () => number;
  #breaker: BreakerState = CLOSED_BREAKER;
  #recoveredAtMs = -Infinity;
  /** Attempts that failed, and how often the breaker opened. */
  failures = 0;
  openings = 0;

  /** Undefined for an endpoint that never fails, and whose provider's others don't either. */
  static of(spec: EndpointSpec, seed: number, provider?: ProviderBreaker): Failing | undefined {
    return provider === undefined && !mayFail(spec) ? undefined : new Failing(spec, seed, provider);
  }

  private constructor({ facts, profile }: EndpointSpec, seed: number, provider?: ProviderBreaker) {
    const { failureShare = 0, outages = [] } = profile;
    this.#facts = facts;
    this.#provider = provider;
    this.#share = failureShare;
    this.#outages = outages;
    this.#random = seededRandom(seed);
  }

  /** An attempt begins; says whether it is going to fail. */
  begin(nowMs: number): PlannedFailure | undefined {
    this.#step({ kind: "attempt-started", nowMs });
    this.#provider?.attemptStarted(this.#facts, nowMs);
    if (this.#outages.some(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs))
      return { code: "upstream_unreachable", isImmediate: true };
    return this.#random() < this.#share ? { code: "upstream_failed", isImmediate: false } : undefined;
  }

  /** An attempt has ended: with its answer, or with an error. */
  end(startedAtMs: number, errorCode: ErrorCode | undefined, nowMs: number): void {
    if (errorCode !== undefined && isEndpointFault(errorCode)) this.failures += 1;
    this.#provider?.attemptEnded(startedAtMs, errorCode, nowMs);
    this.#step({ kind: "attempt-ended", startedAtMs, nowMs, ...(errorCode === undefined ? {} : { errorCode }) });
  }

  /** Writes what the router may know into `state`. */
  describe(state: { -readonly [Name in keyof Health]: Health[Name] }, running: number, nowMs: number): void {
    const own = breakerFacts(this.#breaker, nowMs);
    const facts = this.#provider?.over(own, nowMs) ?? own;
    for (const name of BREAKER_FACTS) delete state[name];
    Object.assign(state, facts);
    const trusted = trustedRequests(nowMs - this.#recoveredAtMs, this.#facts.slots);
    if (running >= trusted || this.#provider?.isTrustedNoFurther(nowMs) === true) state.recovering = true;
    else delete state.recovering;
  }

  #step(event: Parameters<typeof stepBreaker>[1]): void {
    const before = this.#breaker;
    this.#breaker = stepBreaker(before, event);
    if (hasRecovered(before, this.#breaker)) this.#recoveredAtMs = event.nowMs;
    if (before.kind !== "open" && this.#breaker.kind === "open") this.openings += 1;
  }
}

/** Whether anything is stated that makes its attempts fail. */
export function mayFail({ profile: { failureShare = 0, outages = [] } }: EndpointSpec): boolean {
  return failureShare > 0 || outages.length > 0;
}
