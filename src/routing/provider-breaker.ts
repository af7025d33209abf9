import type { EndpointFacts, EndpointState } from "../core/endpoint.ts";
import { ERROR_FACTS, type ErrorCode } from "../core/error-facts.ts";
import type { EndpointId } from "../core/ids.ts";
import { breakerFacts, CLOSED_BREAKER, isEndpointFault, stepBreaker, type BreakerState } from "./breaker.ts";
import { hasRecovered, trustedRequests } from "./slow-start.ts";

type BreakerFacts = Pick<EndpointState, "breaker" | "breakerRetryInMs" | "errorRate">;

/**
 * One breaker over all endpoints of a provider. What is the provider's own fault (no connection, a refused credential)
 * counts at whichever endpoint it shows, so that the others are not each found out in turn; anything that the provider
 * answers shows that it is there. What an endpoint does wrong is its own breaker's business. When it works again all
 * endpoints together are given their load back little by little: together they have the capacity that has failed. It has no
 * clock: every time is on one that never goes back, in milliseconds.
 */
export class ProviderBreaker {
  #state: BreakerState = CLOSED_BREAKER;
  /** When a probe found it working again. */
  #recoveredAtMs = -Infinity;
  /** Attempts under way at any of its endpoints. */
  #running = 0;
  /** Of each endpoint that was ever asked. */
  readonly #slots = new Map<EndpointId, number>();

  /** To be called before each attempt at any of its endpoints. */
  attemptStarted({ id, slots }: Pick<EndpointFacts, "id" | "slots">, nowMs: number): void {
    this.#running += 1;
    this.#slots.set(id, slots);
    this.#state = stepBreaker(this.#state, { kind: "attempt-started", nowMs });
  }

  /** To be called after each, with the time at which it started. */
  attemptEnded(startedAtMs: number, errorCode: ErrorCode | undefined, nowMs: number): void {
    this.#running = Math.max(0, this.#running - 1);
    const said = saysAboutProvider(errorCode);
    const before = this.#state;
    if (said === "nothing" && before.kind !== "half-open") return;
    this.#state = stepBreaker(before, {
      kind: "attempt-ended",
      startedAtMs,
      nowMs,
      ...(said === "it is there" || errorCode === undefined
        ? {}
        : { errorCode: said === "nothing" ? NEUTRAL : errorCode }),
    });
    if (hasRecovered(before, this.#state)) this.#recoveredAtMs = nowMs;
  }

  /** Whether its endpoints have as many requests together as they may have so soon after it came back. */
  isTrustedNoFurther(nowMs: number): boolean {
    const sinceMs = nowMs - this.#recoveredAtMs;
    // Asked for every endpoint of every decision, and nearly always long after.
    if (trustedRequests(sinceMs, 1) === Infinity) return false;
    const slots = this.#slots.values().reduce((sum, one) => sum + one, 0);
    return this.#running >= trustedRequests(sinceMs, slots);
  }

  /** The facts of an endpoint's own breaker, or this one's where it keeps the endpoint from being asked for longer. */
  over(own: BreakerFacts, nowMs: number): BreakerFacts & Pick<EndpointState, "breakerIsProviders"> {
    if (this.#state.kind === "closed") return own;
    const { errorRate: _, ...provider } = breakerFacts(this.#state, nowMs);
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
  if (
    code === undefined ||
    code === "upstream_rejected" ||
    code === "upstream_rate_limited" ||
    code === "invalid_answer"
  )
    return "it is there";
  if (ERROR_FACTS[code].retry === "other-provider") return "it is at fault";
  return isEndpointFault(code) && code !== "upstream_timeout" ? "it is there" : "nothing";
}
