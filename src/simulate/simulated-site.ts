import { BOX_PROVIDER_ID } from "../core/ids.ts";
import type { EndpointSnapshot } from "../core/endpoint.ts";
import { nowFactsOf, type NowFacts } from "../routing/now-facts.ts";
import { ProviderBreaker } from "../routing/provider-breaker.ts";
import { Failing, mayFail } from "./failing.ts";
import type { Outcomes } from "./outcomes.ts";
import { seededRandom } from "./seeded-random.ts";
import { SimulatedEndpoint } from "./simulated-endpoint.ts";
import type { SimulationInput } from "./simulation-input.ts";
import { WindowCounter, type Timeline } from "./timeline.ts";
import { Timers } from "./timers.ts";

/**
 * The endpoints of a simulation, and its time. Events happen in the order of their time; of equal times the endpoints' go
 * first, in the order of the configuration, and timers last.
 */
export class SimulatedSite {
  readonly endpoints: readonly SimulatedEndpoint[];
  readonly byId: ReadonlyMap<string, SimulatedEndpoint>;
  readonly #windows: WindowCounter;
  readonly #timers = new Timers();
  readonly #startsAtMs: number;
  #now: NowFacts;
  #nowSecond: number;
  #nowMs = 0;

  constructor({ endpoints, seed, startsAtMs, windowMs, doorOf, queueLimitOf }: SimulationInput) {
    const random = seededRandom(seed);
    const breakers = breakersOf(endpoints);
    this.endpoints = endpoints.map((spec, position) => {
      const failing = Failing.of(spec, seed + position, breakers.get(spec.facts.providerId));
      return new SimulatedEndpoint(spec, doorOf(spec), queueLimitOf(spec), random, failing);
    });
    this.byId = new Map(this.endpoints.map((endpoint) => [endpoint.spec.facts.id, endpoint]));
    this.#windows = new WindowCounter(this.endpoints, windowMs);
    this.#startsAtMs = startsAtMs;
    this.#now = nowFactsOf(startsAtMs);
    this.#nowSecond = Math.floor(startsAtMs / 1_000);
  }

  /** Since the start of the trace. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** The time as policies may ask for it. */
  get now(): NowFacts {
    return this.#now;
  }

  /** What the router may know of every endpoint now; valid until the next call. */
  snapshots(): EndpointSnapshot[] {
    return this.endpoints.map((endpoint) => endpoint.snapshot(this.#nowMs));
  }

  /** Has something done at a time that is still to come. */
  later(atMs: number, act: () => void): void {
    this.#timers.add(atMs, act);
  }

  /** Lets everything happen that happens before or at `untilMs`, and makes it that time unless it is infinite. */
  playUntil(untilMs: number, happenAt: (endpoint: SimulatedEndpoint) => void): void {
    for (;;) {
      let first: SimulatedEndpoint | undefined;
      let firstMs = Infinity;
      for (const endpoint of this.endpoints) {
        const eventMs = endpoint.nextEventMs();
        if (eventMs < firstMs) [first, firstMs] = [endpoint, eventMs];
      }
      const timerMs = this.#timers.nextMs();
      // What is left of timers when nothing happens any more concerns nobody.
      if (first === undefined && untilMs === Infinity) return;
      if (Math.min(firstMs, timerMs) > untilMs) return this.#moveTo(untilMs);
      this.#moveTo(Math.min(firstMs, timerMs));
      if (first !== undefined && firstMs <= timerMs) happenAt(first);
      else this.#timers.take()?.();
    }
  }

  /** Brings every endpoint's counts up to now. */
  close(): void {
    for (const endpoint of this.endpoints) endpoint.engine.advance(this.#nowMs);
  }

  timeline(outcomes: Outcomes): Timeline {
    return this.#windows.timeline(outcomes);
  }

  #moveTo(nowMs: number): void {
    this.#windows.passed(this.#nowMs, nowMs);
    this.#nowMs = Math.max(this.#nowMs, nowMs);
    const wallMs = this.#startsAtMs + this.#nowMs;
    const second = Math.floor(wallMs / 1_000);
    if (second === this.#nowSecond) return;
    this.#nowSecond = second;
    this.#now = nowFactsOf(wallMs);
  }
}

/** One for each provider beyond this box of whose endpoints one may fail. */
function breakersOf(endpoints: SimulationInput["endpoints"]): ReadonlyMap<string, ProviderBreaker> {
  const failing = endpoints.filter(mayFail).map(({ facts }) => facts.providerId);
  return new Map(failing.filter((id) => id !== BOX_PROVIDER_ID).map((id) => [id, new ProviderBreaker()]));
}
