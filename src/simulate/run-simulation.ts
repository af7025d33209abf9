import { priceOf } from "../core/endpoint.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import { costMicroUsd } from "../core/usage.ts";
import { nextAttempt } from "../routing/failover.ts";
import { nowFactsOf, type NowFacts } from "../routing/now-facts.ts";
import { shapeOf } from "../routing/output-length.ts";
import { route } from "../routing/route.ts";
import { orderOf, type ChooseOrder } from "./choose-order.ts";
import type { DoorEntry } from "./door.ts";
import { Failing } from "./failing.ts";
import { conversationOf, entryOf, type Journey } from "./journey.ts";
import { OpenPanels } from "./open-panels.ts";
import { Outcomes } from "./outcomes.ts";
import { seededRandom } from "./seeded-random.ts";
import type { ServedWork } from "./serving-engine.ts";
import { SimulatedEndpoint } from "./simulated-endpoint.ts";
import type { CascadeCounts, SimulationInput, SimulationRun } from "./simulation-input.ts";
import { WindowCounter } from "./timeline.ts";
import { callerOf, requestOfTrace } from "./traced-job.ts";
import type { TracedRequest } from "./traced-request.ts";

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

class Simulation {
  readonly #input: SimulationInput;
  readonly #endpoints: readonly SimulatedEndpoint[];
  readonly #byId: ReadonlyMap<string, SimulatedEndpoint>;
  readonly #chooseOrder: ChooseOrder;
  readonly #outcomes: Outcomes;
  readonly #windows: WindowCounter;
  readonly #chance: () => number;
  readonly #sureness: () => number;
  readonly #cascades: CascadeCounts = { held: 0, unsure: 0, givenBack: 0 };
  readonly #panels: OpenPanels;
  readonly #open = new Map<number, Journey>();
  #now: NowFacts;
  #nowSecond: number;
  #nowMs = 0;

  constructor(input: SimulationInput) {
    const { requests, endpoints, router, seed, startsAtMs } = input;
    const random = seededRandom(seed);
    this.#input = input;
    this.#endpoints = endpoints.map(
      (spec, position) =>
        new SimulatedEndpoint(
          spec,
          input.doorOf(spec),
          input.queueLimitOf(spec),
          random,
          Failing.of(spec.profile, seed + position),
        ),
    );
    this.#byId = new Map(this.#endpoints.map((endpoint) => [endpoint.spec.facts.id, endpoint]));
    this.#chooseOrder = orderOf(router, this.#byId);
    this.#outcomes = new Outcomes(requests.length);
    this.#panels = new OpenPanels(this.#outcomes);
    // Also those that will never be asked.
    for (let index = requests.length - 1; requests[index]?.partOf !== undefined; index--)
      this.#outcomes.isPart[index] = 1;
    this.#windows = new WindowCounter(this.#endpoints, input.windowMs);
    this.#chance = seededRandom(seed ^ 0x5b_d1_e9_95);
    this.#sureness = seededRandom(seed ^ 0x1b_87_35_93);
    this.#now = nowFactsOf(startsAtMs);
    this.#nowSecond = Math.floor(startsAtMs / 1_000);
  }

  run(): SimulationRun {
    const { requests, onProgress } = this.#input;
    for (const [index, request] of requests.entries()) {
      if (request.partOf !== undefined) break;
      this.#playUntil(request.atMs);
      this.#moveTo(request.atMs);
      this.#arrive(index, request);
      if (index % PROGRESS_STEP === 0) onProgress?.(index);
    }
    this.#playUntil(Infinity);
    for (const endpoint of this.#endpoints) endpoint.engine.advance(this.#nowMs);
    const [outcomes, endpoints, endedMs] = [this.#outcomes, this.#endpoints, this.#nowMs];
    return { outcomes, endpoints, timeline: this.#windows.timeline(outcomes), endedMs, cascades: this.#cascades };
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
    const { index, failsWith } = event.work;
    const sinceArrivalMs = this.#nowMs - (this.#outcomes.arrivedMs[index] ?? 0);
    if (event.kind === "finished") return this.#finish(event.work, endpoint, sinceArrivalMs);
    const journey = this.#journey(index);
    if (event.kind === "first-content") {
      if (journey.heldAt === undefined) this.#outcomes.ttftMs[index] = sinceArrivalMs;
    } else if (failsWith !== undefined) this.#failedAt(journey, endpoint, failsWith);
  }

  /** A request arrives; in place of one that a panel answers, its members do. */
  #arrive(index: number, request: TracedRequest): void {
    const whole = this.#input.wholes?.get(index);
    if (whole === undefined) return this.#begin(index, request);
    this.#outcomes.arrived(index, request.atMs);
    this.#panels.begin(index, whole);
    for (const member of whole.members) this.#beginPart(member);
  }

  #beginPart(index: number): void {
    const request = this.#input.requests[index];
    if (request === undefined) throw new Error(`No request has the number ${index}.`);
    const { deadlineMs, atMs } = request;
    // A judge has what its members have left of the caller's time.
    const left = deadlineMs === undefined ? {} : { deadlineMs: Math.max(1, deadlineMs - (this.#nowMs - atMs)) };
    this.#begin(index, { ...request, atMs: this.#nowMs, ...left });
  }

  #begin(index: number, request: TracedRequest): void {
    const { policy, dataClasses, lengths } = this.#input;
    const { recorded } = request;
    this.#outcomes.arrived(index, request.atMs);
    const sticky = conversationOf(request, this.#endpoints);
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
      if (request.partOf !== undefined) this.#outcomes.decided(request.partOf, decision.workload.class);
      journey.shape ??= shapeOf(base.request, decision.workload);
      const ordered = { ...decision, candidates: this.#chooseOrder(decision.candidates) };
      const deadline = request.deadlineMs === undefined ? {} : { deadlineMs: request.deadlineMs };
      const next = nextAttempt({ decision: ordered, attempts, elapsedMs, streaming: true, ...deadline });
      if (next.kind !== "attempt") return this.#giveUp(journey, next.kind === "give-up" && next.reason === "deadline");
      const { endpointId, maxQueueMs: patienceMs, totalTimeoutMs: timeLeftMs } = next;
      const candidate = ordered.candidates.find((one) => one.endpointId === endpointId);
      const endpoint = this.#byId.get(endpointId);
      if (candidate === undefined || endpoint === undefined) throw new Error(`${endpointId} is no candidate.`);
      this.#outcomes.asked(index);
      if (decision.cascade?.endpointId === endpointId && journey.unsure === undefined) journey.heldAt = endpoint;
      else delete journey.heldAt;
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

  /** Nobody is left to ask: the answer that was held back is given where there is one. */
  #giveUp(journey: Journey, isTooLate: boolean): void {
    const { unsure, request, attempts } = journey;
    if (unsure !== undefined) {
      this.#cascades.givenBack += 1;
      return this.#give(journey, unsure.endpoint, unsure.costMicroUsd, this.#nowMs - request.atMs);
    }
    if (isTooLate) return this.#end(journey, "cancelled");
    const last = attempts.at(-1)?.errorCode;
    this.#end(journey, last === undefined || last === "queue_full" ? "refused" : "failed");
  }

  #displaced(index: number, endpointId: string): void {
    const journey = this.#journey(index);
    journey.attempts.push({ endpointId, errorCode: "queue_full" });
    this.#goOn(journey);
  }

  #waitedInVain(entry: DoorEntry, endpoint: SimulatedEndpoint): void {
    const journey = this.#journey(entry.index);
    const { deadlineMs = Infinity, atMs } = journey.request;
    if (this.#nowMs - atMs >= deadlineMs) return this.#giveUp(journey, true);
    this.#failedAt(journey, endpoint, "queue_full");
  }

  #failedAt(journey: Journey, { spec }: SimulatedEndpoint, errorCode: ErrorCode): void {
    journey.attempts.push({ endpointId: spec.facts.id, errorCode });
    this.#goOn(journey);
  }

  #finish({ index, promptTokens: readTokens }: ServedWork, endpoint: SimulatedEndpoint, sinceArrivalMs: number): void {
    const journey = this.#journey(index);
    const { request, base, shape, heldAt } = journey;
    const { facts, profile } = endpoint.spec;
    const price = priceOf(facts);
    const { promptTokens, outputTokens: completionTokens } = request;
    const cachedPromptTokens = promptTokens - readTokens;
    const tokens = { promptTokens, completionTokens, cachedPromptTokens };
    this.#outcomes.cachedPromptTokens[index] = cachedPromptTokens;
    const cost = price === undefined ? NaN : costMicroUsd(price, tokens);
    if (shape !== undefined) this.#input.lengths.add(base.principal.keyId, shape, facts.modelId, completionTokens);
    if (heldAt === endpoint) {
      this.#cascades.held += 1;
      if (request.isUnsure ?? this.#sureness() < (profile.unsureShare ?? 0)) {
        this.#cascades.unsure += 1;
        journey.unsure = { endpoint, costMicroUsd: cost };
        journey.attempts.push({
          endpointId: facts.id,
          errorCode: "cascade",
          ...(Number.isNaN(cost) ? {} : { costMicroUsd: cost }),
        });
        return this.#goOn(journey);
      }
    }
    this.#give(journey, endpoint, cost + (journey.unsure?.costMicroUsd ?? 0), sinceArrivalMs);
  }

  /** The request has its answer; one that was held back begins with its end. */
  #give(journey: Journey, { spec }: SimulatedEndpoint, cost: number, sinceArrivalMs: number): void {
    const { index } = journey;
    if (Number.isNaN(this.#outcomes.ttftMs[index] ?? NaN)) this.#outcomes.ttftMs[index] = sinceArrivalMs;
    this.#outcomes.totalMs[index] = sinceArrivalMs;
    this.#outcomes.endpoint[index] = this.#input.endpoints.indexOf(spec);
    this.#outcomes.viaCloud[index] = spec.facts.location === "cloud" ? 1 : 0;
    this.#outcomes.costMicroUsd[index] = cost;
    this.#end(journey, "finished");
  }

  #end(journey: Journey, outcome: "finished" | "refused" | "cancelled" | "failed"): void {
    const { index, request } = journey;
    this.#outcomes.ended(index, outcome);
    this.#open.delete(index);
    if (request.partOf === undefined) return;
    const judge = this.#panels.partEnded(request.partOf, index, outcome, this.#nowMs);
    if (judge !== undefined) this.#beginPart(judge);
  }

  #journey(index: number): Journey {
    const journey = this.#open.get(index);
    if (journey === undefined) throw new Error(`Request ${index} is not under way.`);
    return journey;
  }
}
