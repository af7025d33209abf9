import { placeOn } from "../core/apply-policy.ts";
import type { InferenceRequest, PercentileThresholds, SortKey } from "../core/inference-request.ts";
import type { Objective, RankedCandidate } from "../core/decision.ts";
import type { EndpointSnapshot, Percentiles } from "../core/endpoint.ts";
import type { CompiledRoute, PolicyFacts } from "../core/policy-port.ts";
import type { Workload } from "../core/workload.ts";
import { sortOf } from "./caller-sort.ts";
import { explorationOrder, isUnexplored } from "./explore.ts";
import { unmetWishes } from "./fit.ts";
import { objectiveScore, sortScore } from "./objective-score.ts";
import { weightsOf, type CompleteWeights } from "./objective-weights.ts";
import { GUESS_SETS, namesOfGuesses, PRIOR_QUALITY } from "./priors.ts";
import type { Expectation } from "./predict.ts";
import { firstNaming } from "./provider-slugs.ts";
import type { ResolvedModels } from "./resolve-models.ts";
import type { StickyEndpoint } from "./routing-input.ts";
import { tierPosition } from "./service-tier.ts";

/** The longest wait for which a conversation stays where its prefix is: reading a prompt again seldom takes longer. */
const MAX_STICKY_WAIT_MS = 1_000;

/** An endpoint that nothing forbids. */
export interface Eligible {
  readonly endpoint: EndpointSnapshot;
  readonly expectation: Expectation;
  readonly facts: PolicyFacts;
}

/** What the order depends on beside the endpoints. */
export interface Ranking {
  readonly request: InferenceRequest;
  readonly workload: Workload;
  readonly models: ResolvedModels;
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
  readonly weights: CompleteWeights;
  /** Of a request that explores. */
  readonly chance: number | undefined;
}

interface Placed {
  readonly candidate: RankedCandidate;
  /** Compared one after the other; the first that differs decides. */
  readonly keys: readonly number[];
}

/**
 * Puts the eligible endpoints in order. Every key is worked out from one endpoint alone, so the order is total, the same
 * every time, and taking an endpoint away never changes how the others stand to each other. The keys, in order:
 *
 * 1. whether it has just failed and is being restarted: then it is waited for only where nothing else is left
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
    weights: weightsOf(objective, workload.class, route?.weights),
    chance: ranking.chance,
  };
  const placed = eligible.map((one) => place(one, ranking, order));
  return placed.sort(compare).map(({ candidate }) => candidate);
}

function place(one: Eligible, ranking: Ranking, { sort, sortText, weights, chance }: Order): Placed {
  const { request, workload, models, route } = ranking;
  const { facts, state } = one.endpoint;
  const { expectation } = one;
  const reasons: string[] = [];
  const note = (text: string): void => {
    reasons.push(text);
  };

  const isRestarting = state.restarting === true;
  if (isRestarting) note("it failed and is being restarted");
  const modelPosition = models.positionOf(facts.modelId) ?? 0;
  if (modelPosition > 0) note(`model number ${modelPosition + 1} of those asked for`);
  const unmet = unmetWishes(facts, request);
  unmet.forEach(note);
  const orderIndex = firstNaming(request.provider.order ?? [], facts);
  const orderPosition = orderIndex === -1 ? (request.provider.order?.length ?? 0) : orderIndex;
  if (orderIndex !== -1) note(`number ${orderIndex + 1} of provider.order`);
  const behindTier = tierPosition(facts, request);
  if (behindTier === 1) note("serves at the default tier, and priority was asked for");
  const thresholds = thresholdPosition(one.endpoint, request);
  if (thresholds === 2) note("misses a preferred throughput or latency");
  const { tier, bursts } = route === undefined ? { tier: 0, bursts: false } : placeOn(route, one.facts);
  const tierText = route?.prefer[tier]?.text;
  if (tierText !== undefined) note(`tier ${tier + 1}: ${tierText}`);
  if (bursts) note(`burst: ${route?.burstWhen?.text ?? ""}`);
  const isSticky = staysWith(one, ranking);
  if (isSticky) note("served this conversation before");
  if (state.breaker !== "closed") note("probe: it failed recently");
  if (!state.loaded && state.heldUpBecause !== undefined) note(`not in memory, and held up: ${state.heldUpBecause}`);
  if (expectation.guesses !== 0) note(GUESS_TEXTS[expectation.guesses] ?? "");
  const explored = chance !== undefined && isUnexplored(one.endpoint, expectation);
  if (explored) note("explored: its speed is not known yet, and a few requests find it out");
  note(sortText);

  const score =
    sort === undefined
      ? objectiveScore(one.endpoint, expectation, workload, weights, request.hints.deadlineMs)
      : undefined;
  const total = score?.total ?? (sort === undefined ? 0 : sortScore(sort, one.endpoint, expectation, workload));
  const partitioned = sort === undefined || request.provider.sortPartition === "model";
  const byRoute = sort === undefined;
  return {
    candidate: {
      endpointId: facts.id,
      modelId: facts.modelId,
      tier,
      prediction: expectation.prediction,
      score: total,
      ...(score === undefined ? {} : { scoreParts: score.parts }),
      reasons,
    },
    keys: [
      Number(isRestarting),
      partitioned ? modelPosition : 0,
      unmet.length,
      orderPosition,
      behindTier,
      thresholds,
      byRoute && bursts ? 1 : 0,
      byRoute ? tier : 0,
      byRoute && !isSticky ? 1 : 0,
      explored ? explorationOrder(facts.id, chance) : 1,
      total,
      expectation.totalMs + expectation.retryMs,
      expectation.costMicroUsd,
      -(facts.quality ?? PRIOR_QUALITY),
    ],
  };
}

/** What a reader is told about each set of guesses. */
const GUESS_TEXTS: readonly string[] = Array.from(
  { length: GUESS_SETS },
  (_, set) => `unknown, a prior stands in: ${namesOfGuesses(set).join(", ")}`,
);

function compare(a: Placed, b: Placed): number {
  for (let index = 0; index < a.keys.length; index++) {
    const left = a.keys[index] ?? 0;
    const right = b.keys[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.candidate.endpointId < b.candidate.endpointId ? -1 : 1;
}

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
