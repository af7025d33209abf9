import { burstsOn, tierOn } from "../core/apply-policy.ts";
import type { InferenceRequest, PercentileThresholds, SortKey } from "../core/inference-request.ts";
import type { Objective, RankedCandidate } from "../core/decision.ts";
import type { EndpointSnapshot, Percentiles } from "../core/endpoint.ts";
import type { CompiledRoute } from "../core/policy-port.ts";
import type { Workload } from "../core/workload.ts";
import { sortOf } from "./caller-sort.ts";
import { explorationOrder, isUnexplored } from "./explore.ts";
import { unmetWishes } from "./fit.ts";
import { objectiveScore, sortScore } from "./objective-score.ts";
import { weightsOf, type CompleteWeights } from "./objective-weights.ts";
import { GUESS_SETS, namesOfGuesses, PRIOR_QUALITY } from "./priors.ts";
import type { Expectation } from "./predict.ts";
import type { FactsOfEndpoints } from "./policy-facts.ts";
import { firstNaming } from "./provider-slugs.ts";
import type { ResolvedModels } from "./resolve-models.ts";
import type { StickyEndpoint } from "./routing-input.ts";
import { SortKeys } from "./sort-keys.ts";
import { tierPosition } from "./service-tier.ts";

/** The longest wait for which a conversation stays where its prefix is: reading a prompt again seldom takes longer. */
const MAX_STICKY_WAIT_MS = 1_000;

/** An endpoint that nothing forbids. */
export interface Eligible {
  readonly endpoint: EndpointSnapshot;
  readonly expectation: Expectation;
}

/** What the order depends on beside the endpoints. */
export interface Ranking {
  readonly request: InferenceRequest;
  readonly workload: Workload;
  readonly models: ResolvedModels;
  readonly facts: FactsOfEndpoints;
  readonly route: CompiledRoute | undefined;
  readonly objective: Objective;
  readonly sticky: StickyEndpoint | undefined;
  /** Present for a request that explores: a number from 0 up to 1. */
  readonly chance?: number | undefined;
}

/** What is the same for every endpoint of one decision. */
interface Order {
  readonly sort: SortKey | undefined;
  readonly sortText: string;
  /** What is said of an endpoint in a tier of the route, and of one that bursts. */
  readonly tierTexts: readonly string[];
  readonly burstText: string;
  readonly weights: CompleteWeights;
  /** Of a request that explores. */
  readonly chance: number | undefined;
}

/**
 * Puts the eligible endpoints in order. Every key is worked out from one endpoint alone, so the order is total, the same
 * every time, and taking an endpoint away never changes how the others stand to each other. The keys, in order:
 *
 * 1. whether it has just failed and is being restarted, or is being given its load back little by little: then it is
 *    asked only where nothing else is left
 * 2. the position of its model in `models` (not under `sort` with `partition: none`)
 * 3. how many wishes it does not promise to meet: tools, schema, images, room for the prompt
 * 4. its position in `provider.order`; endpoints that are not named come last
 * 5. whether it serves at the default tier although `priority` was asked for
 * 6. how it stands to `preferred_min_throughput` and `preferred_max_latency`: meets, unknown, misses
 * 7. whether the route's `burstWhen` holds
 * 8. the tier of the route's `prefer`
 * 9. whether it served this conversation before and is not busy (not with `provider.order`)
 * 10. for the few requests that explore: whether its speed is not known yet
 * 11. the objective's score, then the expected total time, price and quality
 * 12. its id
 *
 * The caller's `sort`, or the suffix that stands for it, takes the place of 7 to 11.
 */
export function rank(eligible: readonly Eligible[], ranking: Ranking): RankedCandidate[] {
  const { request, workload, route, objective } = ranking;
  const sort = sortOf(request);
  const order: Order = {
    sort,
    sortText: sort === undefined ? `objective: ${objective}` : `sort: ${sort}`,
    tierTexts: route?.prefer.map(({ text }, tier) => `tier ${tier + 1}: ${text}`) ?? [],
    burstText: `burst: ${route?.burstWhen?.text ?? ""}`,
    weights: weightsOf(objective, workload.class, route?.weights),
    chance: ranking.chance,
  };
  keys.start(eligible.length);
  const candidates: RankedCandidate[] = [];
  for (const one of eligible) candidates.push(place(one, ranking, order));
  return inOrder(candidates);
}

/** How many keys decide the order; the id comes after them. */
const KEY_COUNT = 14;

/** Of one decision at a time: ranking is synchronous. */
const keys = new SortKeys(KEY_COUNT);

/** The candidates by their keys, in which they have the same places as here; at the last by their ids. */
function inOrder(candidates: readonly RankedCandidate[]): RankedCandidate[] {
  const ids = candidates.map(({ endpointId }) => endpointId);
  const ordered: RankedCandidate[] = [];
  for (const row of keys.inOrder(ids)) {
    const candidate = candidates[row];
    if (candidate !== undefined) ordered.push(candidate);
  }
  return ordered;
}

/** The endpoint as a candidate; its keys become the next row of `keys`. */
function place(one: Eligible, ranking: Ranking, order: Order): RankedCandidate {
  const { request, models, route } = ranking;
  const { facts, state } = one.endpoint;
  const { expectation } = one;
  ranking.facts.lookAt(one.endpoint, expectation);
  const tier = route === undefined ? 0 : tierOn(route, ranking.facts);
  const bursts = route !== undefined && burstsOn(route, ranking.facts);
  const modelPosition = models.positionOf(facts.modelId) ?? 0;
  const unmet = unmetWishes(facts, request);
  const preferred = request.provider.order;
  const orderIndex = preferred === undefined ? -1 : firstNaming(preferred, facts);
  const behindTier = tierPosition(facts, request);
  const thresholds = thresholdPosition(one.endpoint, request);
  const isSticky = staysWith(one, ranking);
  const explored = order.chance !== undefined && isUnexplored(one.endpoint, expectation);

  let noted = 0;
  const note = (text: string | undefined): void => {
    if (text !== undefined) notes[noted++] = text;
  };
  if (state.restarting === true) note("it failed and is being restarted");
  if (state.recovering === true) note("it works again since moments and is given its load back little by little");
  if (modelPosition > 0) note(`model number ${modelPosition + 1} of those asked for`);
  for (const wish of unmet) note(wish);
  if (orderIndex !== -1) note(`number ${orderIndex + 1} of provider.order`);
  if (behindTier === 1) note("serves at the default tier, and priority was asked for");
  if (thresholds === 2) note("misses a preferred throughput or latency");
  note(order.tierTexts[tier]);
  if (bursts) note(order.burstText);
  if (isSticky) note(SERVED_BEFORE);
  if (state.breaker !== "closed") note("probe: it failed recently");
  if (!state.loaded && state.heldUpBecause !== undefined) note(`not in memory, and held up: ${state.heldUpBecause}`);
  if (expectation.guesses !== 0) note(GUESS_TEXTS[expectation.guesses]);
  if (explored) note("explored: its speed is not known yet, and a few requests find it out");
  note(order.sortText);

  const byRoute = order.sort === undefined;
  const candidate = candidateOf(one, ranking, order, tier, notes.slice(0, noted));
  keys.add(state.restarting === true || state.recovering === true ? 1 : 0);
  keys.add(byRoute || request.provider.sortPartition === "model" ? modelPosition : 0);
  keys.add(unmet.length);
  keys.add(orderIndex === -1 ? (preferred?.length ?? 0) : orderIndex);
  keys.add(behindTier);
  keys.add(thresholds);
  keys.add(byRoute && bursts ? 1 : 0);
  keys.add(byRoute ? tier : 0);
  keys.add(byRoute && !isSticky ? 1 : 0);
  keys.add(explored ? explorationOrder(facts.id, order.chance ?? 0) : 1);
  keys.add(candidate.score);
  keys.add(expectation.totalMs + expectation.retryMs);
  keys.add(expectation.costMicroUsd);
  keys.add(-(facts.quality ?? PRIOR_QUALITY));
  return candidate;
}

/** Reasons of the endpoint that is being placed: collected here, and copied once their number is known. */
const notes: string[] = [];

function candidateOf(
  { endpoint, expectation }: Eligible,
  { workload, request }: Ranking,
  { sort, weights }: Order,
  tier: number,
  reasons: readonly string[],
): RankedCandidate {
  const { id: endpointId, modelId } = endpoint.facts;
  const { prediction } = expectation;
  if (sort !== undefined) {
    const score = sortScore(sort, endpoint, expectation, workload);
    return { endpointId, modelId, tier, prediction, score, reasons };
  }
  const { total, parts } = objectiveScore(endpoint, expectation, workload, weights, request.hints.deadlineMs);
  return { endpointId, modelId, tier, prediction, score: total, scoreParts: parts, reasons };
}

/** What a reader is told about each set of guesses. */
const GUESS_TEXTS: readonly string[] = Array.from(
  { length: GUESS_SETS },
  (_, set) => `unknown, a prior stands in: ${namesOfGuesses(set).join(", ")}`,
);

/** What is said of an endpoint that is preferred because it has served the conversation. */
export const SERVED_BEFORE = "served this conversation before";

function staysWith(one: Eligible, { request, sticky }: Ranking): boolean {
  return (
    sticky?.endpointId === one.endpoint.facts.id &&
    request.provider.order === undefined &&
    one.expectation.prediction.queueMs <= MAX_STICKY_WAIT_MS
  );
}

/** 0 when every stated threshold is met, 2 when one is missed, 1 when what was measured does not tell. */
function thresholdPosition({ state }: EndpointSnapshot, request: InferenceRequest): 0 | 1 | 2 {
  const { preferredMinTokensPerSecond, preferredMaxLatencyMs } = request.provider;
  if (preferredMinTokensPerSecond === undefined && preferredMaxLatencyMs === undefined) return 0;
  const positions = [
    thresholdsMet(preferredMinTokensPerSecond, state.tokensPerSecond, (value, wanted) => value >= wanted),
    thresholdsMet(preferredMaxLatencyMs, state.ttftMs, (value, wanted) => value <= wanted),
  ];
  if (positions.includes(false)) return 2;
  return positions.includes(undefined) ? 1 : 0;
}

const PERCENTILE_NAMES = ["p50", "p75", "p90", "p99"] as const;

function thresholdsMet(
  wanted: PercentileThresholds | undefined,
  measured: Percentiles | undefined,
  meets: (value: number, threshold: number) => boolean,
): boolean | undefined {
  if (wanted === undefined) return true;
  if (measured === undefined) return undefined;
  return PERCENTILE_NAMES.every((name) => {
    const threshold = wanted[name];
    return threshold === undefined || meets(measured[name], threshold);
  });
}
