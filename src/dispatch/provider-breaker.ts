import type { Clock } from "../core/clock.ts";
import type { EndpointState } from "../core/endpoint.ts";
import { ERROR_FACTS, type ErrorCode } from "../core/error-facts.ts";
import { breakerFacts, CLOSED_BREAKER, isEndpointFault, stepBreaker, type BreakerState } from "../routing/breaker.ts";

type BreakerFacts = Pick<EndpointState, "breaker" | "breakerRetryInMs" | "errorRate">;

/**
 * One breaker over all endpoints of a provider. What is the provider's own fault (no connection, a refused credential)
 * counts at whichever endpoint it shows, so that the others are not each found out in turn; anything that the provider
 * answers shows that it is there. What an endpoint does wrong is its own breaker's business.
 */
export class ProviderBreaker {
  readonly #clock: Clock;
  #state: BreakerState = CLOSED_BREAKER;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** To be called before each attempt at any of its endpoints. */
  attemptStarted(): void {
    this.#state = stepBreaker(this.#state, { kind: "attempt-started", nowMs: this.#clock.monotonicMs() });
  }

  /** To be called after each, with the time at which it started on the monotonic clock. */
  attemptEnded(startedAtMs: number, errorCode: ErrorCode | undefined): void {
    const said = saysAboutProvider(errorCode);
    if (said === "nothing" && this.#state.kind !== "half-open") return;
    this.#state = stepBreaker(this.#state, {
      kind: "attempt-ended",
      startedAtMs,
      nowMs: this.#clock.monotonicMs(),
      ...(said === "it is there" || errorCode === undefined
        ? {}
        : { errorCode: said === "nothing" ? NEUTRAL : errorCode }),
    });
  }

  /** The facts of an endpoint's own breaker, or this one's where it keeps the endpoint from being asked for longer. */
  over(own: BreakerFacts): BreakerFacts & Pick<EndpointState, "breakerIsProviders"> {
    if (this.#state.kind === "closed") return own;
    const { errorRate: _, ...provider } = breakerFacts(this.#state, this.#clock.monotonicMs());
    const isWorse =
      own.breaker === "closed" ||
      (provider.breaker === "open" && (provider.breakerRetryInMs ?? Infinity) >= (own.breakerRetryInMs ?? Infinity)) ||
      (provider.breaker === "open" && own.breaker === "half-open");
    if (!isWorse) return own;
    const { breaker: _own, breakerRetryInMs: _retry, ...others } = own;
    return { ...others, ...provider, breakerIsProviders: true };
  }
}

/** An error that says nothing about anybody, for the probe that ends with one. */
const NEUTRAL: ErrorCode = "client_closed_request";

function saysAboutProvider(code: ErrorCode | undefined): "it is there" | "it is at fault" | "nothing" {
  if (code === undefined || code === "upstream_rejected" || code === "upstream_rate_limited") return "it is there";
  if (ERROR_FACTS[code].retry === "other-provider") return "it is at fault";
  return isEndpointFault(code) && code !== "upstream_timeout" ? "it is there" : "nothing";
}
