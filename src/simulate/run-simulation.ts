import type { ErrorCode } from "../core/error-facts.ts";
import { nextAttempt } from "../routing/failover.ts";
import { shapeOf } from "../routing/output-length.ts";
import { route } from "../routing/route.ts";
import { orderOf, type ChooseOrder } from "./choose-order.ts";
import type { DoorEntry } from "./door.ts";
import { billOf, conversationOf, entryOf, type Journey } from "./journey.ts";
import { OpenWholes, type Ended } from "./open-wholes.ts";
import { Outcomes } from "./outcomes.ts";
import { seededRandom } from "./seeded-random.ts";
import type { ServedWork } from "./serving-engine.ts";
import type { SimulatedEndpoint } from "./simulated-endpoint.ts";
import { SimulatedSite } from "./simulated-site.ts";
import type { CascadeCounts, SimulationInput, SimulationRun } from "./simulation-input.ts";
import { callerOf, requestOfTrace } from "./traced-job.ts";
import type { TracedRequest } from "./traced-request.ts";

/** Arrivals between two reports of progress. */
const PROGRESS_STEP = 10_000;

/**
 * Plays a trace against endpoints: each request is decided by `route` on what the endpoints are doing at that moment, asks
 * the endpoints in the order that the router gives, as `nextAttempt` says, and is decided anew where one refuses it.
 */
export function runSimulation(input: SimulationInput): SimulationRun {
  return new Simulation(input).run();
}

class Simulation {
  readonly #input: SimulationInput;
  /** Parts of joint requests stand here as they are asked. */
  readonly #requests: TracedRequest[];
  readonly #site: SimulatedSite;
  readonly #chooseOrder: ChooseOrder;
  readonly #outcomes: Outcomes;
  readonly #chance: () => number;
  readonly #sureness: () => number;
  readonly #cascades: CascadeCounts = { held: 0, unsure: 0, givenBack: 0 };
  readonly #wholes: OpenWholes;
  readonly #open = new Map<number, Journey>();

  constructor(input: SimulationInput) {
    const { requests, router, seed } = input;
    this.#input = input;
    this.#requests = [...requests];
    this.#site = new SimulatedSite(input);
    this.#chooseOrder = orderOf(router, this.#site.byId);
    this.#outcomes = new Outcomes(requests.length);
    this.#wholes = new OpenWholes(this.#outcomes, {
      nowMs: () => this.#site.nowMs,
      begin: (part, changes) => this.#beginPart(part, changes),
      cancel: (part) => this.#cancel(part),
      later: (atMs, act) => this.#site.later(atMs, act),
    });
    // Also those that will never be asked.
    for (let index = requests.length - 1; requests[index]?.partOf !== undefined; index--)
      this.#outcomes.isPart[index] = 1;
    this.#chance = seededRandom(seed ^ 0x5b_d1_e9_95);
    this.#sureness = seededRandom(seed ^ 0x1b_87_35_93);
  }

  run(): SimulationRun {
    const { requests, onProgress } = this.#input;
    const happenAt = (endpoint: SimulatedEndpoint): void => this.#happen(endpoint);
    for (const [index, request] of requests.entries()) {
      if (request.partOf !== undefined) break;
      this.#site.playUntil(request.atMs, happenAt);
      this.#arrive(index, request);
      if (index % PROGRESS_STEP === 0) onProgress?.(index);
    }
    this.#site.playUntil(Infinity, happenAt);
    this.#site.close();
    const [outcomes, endpoints, endedMs] = [this.#outcomes, this.#site.endpoints, this.#site.nowMs];
    return { outcomes, endpoints, timeline: this.#site.timeline(outcomes), endedMs, cascades: this.#cascades };
  }

  #happen(endpoint: SimulatedEndpoint): void {
    const { nowMs } = this.#site;
    const timedOut = endpoint.takeTimeout(nowMs);
    if (timedOut !== undefined) return this.#waitedInVain(timedOut, endpoint);
    const event = endpoint.takeEngineEvent(this.#requests, nowMs);
    if (event === undefined) return;
    const { index, failsWith } = event.work;
    const sinceArrivalMs = nowMs - (this.#outcomes.arrivedMs[index] ?? 0);
    if (event.kind === "finished") return this.#finish(event.work, endpoint, sinceArrivalMs);
    const journey = this.#journey(index);
    if (event.kind === "first-content") {
      if (journey.heldAt === undefined) this.#outcomes.ttftMs[index] = sinceArrivalMs;
    } else if (failsWith !== undefined) this.#failedAt(journey, endpoint, failsWith);
  }

  /** A request arrives; in place of one that a panel or a plan answers, its parts do. */
  #arrive(index: number, request: TracedRequest): void {
    const whole = this.#input.wholes?.get(index);
    if (whole === undefined) return this.#begin(index, request);
    this.#outcomes.arrived(index, request.atMs);
    this.#wholes.begin(index, whole, request);
  }

  #beginPart(index: number, changes: Partial<TracedRequest> = {}): void {
    const request = this.#requests[index];
    if (request === undefined) throw new Error(`No request has the number ${index}.`);
    const part = { ...request, ...changes, atMs: this.#site.nowMs };
    this.#requests[index] = part;
    this.#begin(index, part);
  }

  #begin(index: number, request: TracedRequest): void {
    const { policy, dataClasses, lengths } = this.#input;
    const { recorded } = request;
    this.#outcomes.arrived(index, request.atMs);
    const sticky = conversationOf(request, this.#site.endpoints);
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
    const { deadlineMs, partOf, atMs } = request;
    // The time of a part is that of its whole.
    if (deadlineMs !== undefined && partOf === undefined)
      this.#site.later(atMs + deadlineMs, () => this.#cancel(index));
    this.#goOn(journey);
  }

  /** Decides and asks, until some endpoint takes the request or lets it wait, or there is nobody left to ask. */
  #goOn(journey: Journey): void {
    const { index, request, base, attempts } = journey;
    const elapsedMs = this.#site.nowMs - request.atMs;
    for (;;) {
      const { now, nowMs } = this.#site;
      const decision = route({ ...base, endpoints: this.#site.snapshots(), now, alreadyTried: attempts });
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
      const endpoint = this.#site.byId.get(endpointId);
      if (candidate === undefined || endpoint === undefined) throw new Error(`${endpointId} is no candidate.`);
      this.#outcomes.asked(index);
      if (decision.cascade?.endpointId === endpointId && journey.unsure === undefined) journey.heldAt = endpoint;
      else delete journey.heldAt;
      journey.at = endpoint;
      const answer = endpoint.enter(entryOf(journey, decision, candidate, patienceMs, timeLeftMs), request, nowMs);
      if (answer.kind === "granted") return;
      if (answer.kind === "refused") {
        delete journey.at;
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
      return this.#give(journey, unsure.endpoint, unsure.costMicroUsd, this.#site.nowMs - request.atMs);
    }
    if (isTooLate) return this.#end(journey, "cancelled");
    const last = attempts.at(-1)?.errorCode;
    this.#end(journey, last === undefined || last === "queue_full" ? "refused" : "failed");
  }

  #displaced(index: number, endpointId: string): void {
    const journey = this.#journey(index);
    delete journey.at;
    journey.attempts.push({ endpointId, errorCode: "queue_full" });
    this.#goOn(journey);
  }

  /** The time of a request is over, or nobody wants its answer any more: what was begun of it is paid. */
  #cancel(index: number): void {
    const journey = this.#open.get(index);
    if (journey === undefined) return;
    const { at, request, unsure } = journey;
    const begun = at?.cancel(index, this.#requests, this.#site.nowMs);
    const cost = begun === undefined || at === undefined ? 0 : billOf(at, request, begun);
    if (unsure === undefined) this.#outcomes.costMicroUsd[index] = cost;
    else journey.unsure = { ...unsure, costMicroUsd: unsure.costMicroUsd + cost };
    this.#giveUp(journey, true);
  }

  #waitedInVain(entry: DoorEntry, endpoint: SimulatedEndpoint): void {
    const journey = this.#journey(entry.index);
    this.#failedAt(journey, endpoint, "queue_full");
  }

  #failedAt(journey: Journey, { spec }: SimulatedEndpoint, errorCode: ErrorCode): void {
    delete journey.at;
    journey.attempts.push({ endpointId: spec.facts.id, errorCode });
    this.#goOn(journey);
  }

  #finish(work: ServedWork, endpoint: SimulatedEndpoint, sinceArrivalMs: number): void {
    const journey = this.#journey(work.index);
    delete journey.at;
    const { request, base, shape, heldAt } = journey;
    const { facts, profile } = endpoint.spec;
    const cost = billOf(endpoint, request, work);
    this.#outcomes.cachedPromptTokens[work.index] = request.promptTokens - work.promptTokens;
    if (shape !== undefined) this.#input.lengths.add(base.principal.keyId, shape, facts.modelId, work.outputTokens);
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

  #end(journey: Journey, outcome: Ended): void {
    const { index, request } = journey;
    this.#outcomes.ended(index, outcome);
    this.#open.delete(index);
    if (request.partOf === undefined) return;
    this.#wholes.partEnded(request.partOf, index, outcome);
  }

  #journey(index: number): Journey {
    const journey = this.#open.get(index);
    if (journey === undefined) throw new Error(`Request ${index} is not under way.`);
    return journey;
  }
}
