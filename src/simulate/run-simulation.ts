import type { Decision, RankedCandidate } from "../core/decision.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import { priceOf } from "../core/endpoint.ts";
import { costMicroUsd } from "../core/usage.ts";
import type { FailedAttempt } from "../routing/failover.ts";
import { nextAttempt } from "../routing/failover.ts";
import { nowFactsOf, type NowFacts } from "../routing/now-facts.ts";
import type { LearnedExpectations } from "../routing/output-length.ts";
import { shapeOf } from "../routing/output-length.ts";
import { route } from "../routing/route.ts";
import type { RoutingInput } from "../routing/routing-input.ts";
import { orderOf, type ChooseOrder, type RouterName } from "./choose-order.ts";
import type { Door, DoorEntry } from "./door.ts";
import { PREFIX_BLOCK_TOKENS, type EndpointSpec } from "./endpoint-profile.ts";
import { Outcomes } from "./outcomes.ts";
import { seededRandom } from "./seeded-random.ts";
import type { ServedWork } from "./serving-engine.ts";
import { SimulatedEndpoint } from "./simulated-endpoint.ts";
import { callerOf, requestOfTrace } from "./traced-job.ts";
import type { TracedRequest } from "./traced-request.ts";
import { WindowCounter, type Timeline } from "./timeline.ts";

/** Blocks of a prompt that an endpoint must hold before the prompt counts as a conversation that it has served: one may be what all prompts begin with. */
const MIN_SESSION_BLOCKS = 2;

/** What answers teach: how long they are. A port, which `app` fills. */
export interface LengthLearner extends LearnedExpectations {
  add(keyId: string, shape: ReturnType<typeof shapeOf>, modelId: string, outputTokens: number): void;
}

/** Everything that a simulation depends on. The same input always gives the same outcomes. */
export interface SimulationInput {
  /** In order of arrival. */
  readonly requests: readonly TracedRequest[];
  readonly endpoints: readonly EndpointSpec[];
  readonly policy: CompiledPolicy;
  readonly dataClasses: readonly string[];
  readonly router: RouterName;
  readonly seed: number;
  /** The time of day at which the trace begins, in milliseconds since the Unix epoch: policies may ask for it. */
  readonly startsAtMs: number;
  readonly doorOf: (spec: EndpointSpec) => Door;
  readonly queueLimitOf: (spec: EndpointSpec) => number;
  readonly lengths: LengthLearner;
  /** How long one window of the timeline is. */
  readonly windowMs: number;
  /** Hears every decision, for tests. */
  readonly onDecision?: (decision: Decision, request: TracedRequest) => void;
  /** Hears now and then how many requests have arrived, for progress. */
  readonly onProgress?: (arrived: number) => void;
}

/** What happened. */
export interface SimulationRun {
  readonly outcomes: Outcomes;
  readonly endpoints: readonly SimulatedEndpoint[];
  readonly timeline: Timeline;
  /** When the last answer ended. */
  readonly endedMs: number;
}

/** Arrivals between two reports of progress. */
const PROGRESS_STEP = 10_000;

/**
 * Plays a trace against endpoints: each request is decided by `route` on what the endpoints are doing at that moment, asks
 * the endpoints in the order that the router gives, as `nextAttempt` says, and is decided anew where one refuses it. Events
 * happen in the order of their time; of equal times the endpoints' go first, in the order of the configuration.
 */
export function runSimulation(input: SimulationInput): SimulationRun {
  return new Simulation(input).run();
}

/** One request on its way. */
interface Journey {
  readonly index: number;
  readonly request: TracedRequest;
  readonly base: Omit<RoutingInput, "endpoints" | "now" | "alreadyTried">;
  readonly attempts: FailedAttempt[];
  shape?: ReturnType<typeof shapeOf>;
}

class Simulation {
  readonly #input: SimulationInput;
  readonly #endpoints: readonly SimulatedEndpoint[];
  readonly #byId: ReadonlyMap<string, SimulatedEndpoint>;
  readonly #chooseOrder: ChooseOrder;
  readonly #outcomes: Outcomes;
  readonly #windows: WindowCounter;
  readonly #chance: () => number;
  readonly #open = new Map<number, Journey>();
  #now: NowFacts;
  #nowSecond: number;
  #nowMs = 0;

  constructor(input: SimulationInput) {
    const { requests, endpoints, router, seed, startsAtMs } = input;
    const random = seededRandom(seed);
    this.#input = input;
    this.#endpoints = endpoints.map(
      (spec) => new SimulatedEndpoint(spec, input.doorOf(spec), input.queueLimitOf(spec), random),
    );
    this.#byId = new Map(this.#endpoints.map((endpoint) => [endpoint.spec.facts.id, endpoint]));
    this.#chooseOrder = orderOf(router, this.#byId);
    this.#outcomes = new Outcomes(requests.length);
    this.#windows = new WindowCounter(this.#endpoints, input.windowMs);
    this.#chance = seededRandom(seed ^ 0x5b_d1_e9_95);
    this.#now = nowFactsOf(startsAtMs);
    this.#nowSecond = Math.floor(startsAtMs / 1_000);
  }

  run(): SimulationRun {
    const { requests, onProgress } = this.#input;
    for (const [index, request] of requests.entries()) {
      this.#playUntil(request.atMs);
      this.#moveTo(request.atMs);
      this.#arrive(index, request);
      if (index % PROGRESS_STEP === 0) onProgress?.(index);
    }
    this.#playUntil(Infinity);
    for (const endpoint of this.#endpoints) endpoint.engine.advance(this.#nowMs);
    const [outcomes, endpoints, endedMs] = [this.#outcomes, this.#endpoints, this.#nowMs];
    return { outcomes, endpoints, timeline: this.#windows.timeline(outcomes), endedMs };
  }

  /** Lets everything happen at the endpoints that happens before or at `untilMs`. */
  #playUntil(untilMs: number): void {
    for (;;) {
      let first: SimulatedEndpoint | undefined;
      let firstMs = Infinity;
      for (const endpoint of this.#endpoints) {
        const eventMs = endpoint.nextEventMs();
        if (eventMs < firstMs) [first, firstMs] = [endpoint, eventMs];
      }
      if (first === undefined || firstMs > untilMs) return;
      this.#moveTo(firstMs);
      this.#happen(first);
    }
  }

  #moveTo(nowMs: number): void {
    this.#windows.passed(this.#nowMs, nowMs);
    this.#nowMs = Math.max(this.#nowMs, nowMs);
    const wallMs = this.#input.startsAtMs + this.#nowMs;
    const second = Math.floor(wallMs / 1_000);
    if (second === this.#nowSecond) return;
    this.#nowSecond = second;
    this.#now = nowFactsOf(wallMs);
  }

  #happen(endpoint: SimulatedEndpoint): void {
    const timedOut = endpoint.takeTimeout(this.#nowMs);
    if (timedOut !== undefined) return this.#waitedInVain(timedOut, endpoint);
    const event = endpoint.takeEngineEvent(this.#input.requests, this.#nowMs);
    if (event === undefined) return;
    const { index } = event.work;
    const sinceArrivalMs = this.#nowMs - (this.#outcomes.arrivedMs[index] ?? 0);
    if (event.kind === "first-content") this.#outcomes.ttftMs[index] = sinceArrivalMs;
    else this.#finish(event.work, endpoint, sinceArrivalMs);
  }

  #arrive(index: number, request: TracedRequest): void {
    const { policy, dataClasses, lengths } = this.#input;
    const { recorded } = request;
    this.#outcomes.arrived(index, request.atMs);
    const sticky = this.#stickyOf(request);
    const journey: Journey = {
      index,
      request,
      attempts: [],
      base: {
        requestId: `req_${index}`,
        request: requestOfTrace(request),
        principal: callerOf(request),
        policy,
        dataClasses,
        learned: lengths,
        chance: this.#chance(),
        ...(recorded === undefined ? {} : { recorded: { workload: recorded.workload, predictions: new Map() } }),
        ...(sticky === undefined ? {} : { sticky }),
      },
    };
    this.#open.set(index, journey);
    this.#goOn(journey);
  }

  /** Decides and asks, until some endpoint takes the request or lets it wait, or there is nobody left to ask. */
  #goOn(journey: Journey): void {
    const { index, request, base, attempts } = journey;
    const elapsedMs = this.#nowMs - request.atMs;
    for (;;) {
      const endpoints = this.#endpoints.map((endpoint) => endpoint.snapshot(this.#nowMs));
      const decision = route({ ...base, endpoints, now: this.#now, alreadyTried: attempts });
      this.#input.onDecision?.(decision, request);
      this.#outcomes.decided(index, decision.workload.class);
      journey.shape ??= shapeOf(base.request, decision.workload);
      const ordered = { ...decision, candidates: this.#chooseOrder(decision.candidates) };
      const deadline = request.deadlineMs === undefined ? {} : { deadlineMs: request.deadlineMs };
      const next = nextAttempt({ decision: ordered, attempts, elapsedMs, streaming: true, ...deadline });
      if (next.kind !== "attempt")
        return this.#end(journey, next.kind === "give-up" && next.reason === "deadline" ? "cancelled" : "refused");
      const { endpointId, maxQueueMs: patienceMs, totalTimeoutMs: timeLeftMs } = next;
      const candidate = ordered.candidates.find((one) => one.endpointId === endpointId);
      const endpoint = this.#byId.get(endpointId);
      if (candidate === undefined || endpoint === undefined) throw new Error(`${endpointId} is no candidate.`);
      this.#outcomes.asked(index);
      const answer = endpoint.enter(
        entryOf(journey, decision, candidate, patienceMs, timeLeftMs),
        request,
        this.#nowMs,
      );
      if (answer.kind === "granted") return;
      if (answer.kind === "refused") {
        attempts.push({ endpointId, errorCode: "queue_full" });
        continue;
      }
      for (const { index: displaced } of answer.displaced) this.#displaced(displaced, endpointId);
      return;
    }
  }

  #displaced(index: number, endpointId: string): void {
    const journey = this.#journey(index);
    journey.attempts.push({ endpointId, errorCode: "queue_full" });
    this.#goOn(journey);
  }

  #waitedInVain(entry: DoorEntry, endpoint: SimulatedEndpoint): void {
    const journey = this.#journey(entry.index);
    const { deadlineMs = Infinity, atMs } = journey.request;
    if (this.#nowMs - atMs >= deadlineMs) return this.#end(journey, "cancelled");
    journey.attempts.push({ endpointId: endpoint.spec.facts.id, errorCode: "queue_full" });
    this.#goOn(journey);
  }

  #finish({ index, promptTokens: readTokens }: ServedWork, { spec }: SimulatedEndpoint, sinceArrivalMs: number): void {
    const journey = this.#journey(index);
    const { request, base, shape } = journey;
    const price = priceOf(spec.facts);
    const { promptTokens, outputTokens: completionTokens } = request;
    const cachedPromptTokens = promptTokens - readTokens;
    const tokens = { promptTokens, completionTokens, cachedPromptTokens };
    this.#outcomes.cachedPromptTokens[index] = cachedPromptTokens;
    this.#outcomes.totalMs[index] = sinceArrivalMs;
    this.#outcomes.endpoint[index] = this.#input.endpoints.indexOf(spec);
    this.#outcomes.costMicroUsd[index] = price === undefined ? NaN : costMicroUsd(price, tokens);
    if (shape !== undefined)
      this.#input.lengths.add(base.principal.keyId, shape, spec.facts.modelId, request.outputTokens);
    this.#end(journey, "finished");
  }

  #end(journey: Journey, outcome: "finished" | "refused" | "cancelled"): void {
    this.#outcomes.ended(journey.index, outcome);
    this.#open.delete(journey.index);
  }

  #journey(index: number): Journey {
    const journey = this.#open.get(index);
    if (journey === undefined) throw new Error(`Request ${index} is not under way.`);
    return journey;
  }

  #stickyOf(request: TracedRequest): RoutingInput["sticky"] {
    if (request.prefixIds === undefined) return undefined;
    let best: SimulatedEndpoint | undefined;
    let cachedPromptTokens = MIN_SESSION_BLOCKS * PREFIX_BLOCK_TOKENS - 1;
    for (const endpoint of this.#endpoints) {
      const held = endpoint.heldTokens(request);
      if (held > cachedPromptTokens) [best, cachedPromptTokens] = [endpoint, held];
    }
    return best === undefined ? undefined : { endpointId: best.spec.facts.id, cachedPromptTokens };
  }
}

function entryOf(
  { index, request, base }: Journey,
  { workload }: Decision,
  { prediction }: RankedCandidate,
  patienceMs: number,
  timeLeftMs: number,
): DoorEntry {
  const { serviceTier } = request;
  return {
    index,
    keyId: base.principal.keyId,
    workloadClass: workload.class,
    promptTokens: base.request.estimatedPromptTokens,
    expectedOutputTokens: prediction.outputTokens ?? workload.expectedOutputTokens,
    patienceMs,
    timeLeftMs,
    ...(serviceTier === undefined ? {} : { serviceTier }),
  };
}
