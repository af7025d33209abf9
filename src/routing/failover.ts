import type { Decision, RankedCandidate } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";
import { ERROR_FACTS, type ErrorCode } from "../core/error-facts.ts";
import { RESTING } from "./available.ts";
import { AUTO_MODEL } from "./resolve-models.ts";

/** Limits of the attempts of one request. */
export interface FailoverLimits {
  /** Endpoints that one request may try. */
  readonly maxAttempts: number;
  /** The longest wait for the first content of a stream, unless the endpoint is expected to need longer. */
  readonly firstContentTimeoutMs: number;
  /** Less time than this is not worth an attempt. */
  readonly minAttemptMs: number;
  /** The longest wait for an endpoint that asked to be left alone: a caller who must wait longer is better told so. */
  readonly maxRestMs: number;
  /** Waits of that kind that one request may have. */
  readonly maxRests: number;
}

/** The limits that every request has unless it is told others. */
export const DEFAULT_FAILOVER_LIMITS: FailoverLimits = {
  maxAttempts: 5,
  firstContentTimeoutMs: 60_000,
  minAttemptMs: 50,
  maxRestMs: 5_000,
  maxRests: 2,
};

/** An endpoint gets this many times its expected time before it counts as stalled. */
const PATIENCE = 3;

/** Of the time that is left, the least and the most that is kept back for the endpoints that come after. */
const MIN_KEPT_SHARE = 0.25;
const MAX_KEPT_SHARE = 0.5;

/** What to do next. Times are budgets in milliseconds from the start of the attempt, its wait for a slot included. */
export type NextAttempt =
  | {
      readonly kind: "attempt";
      readonly endpointId: EndpointId;
      /** When to leave it, so that the next endpoint can still answer within the deadline. */
      readonly firstContentTimeoutMs: number;
      /** The longest wait for a place that leaves as much of that time as the endpoint is expected to need. */
      readonly maxQueueMs: number;
      /** When the whole answer must be there. */
      readonly totalTimeoutMs: number;
    }
  /** Nothing else can serve, and an endpoint that asked to be left alone may be asked again after this time. */
  | { readonly kind: "wait"; readonly waitMs: number }
  | {
      readonly kind: "give-up";
      /**
       * `not-retryable`: the last error would happen anywhere, or with every model that was asked for. `no-candidates`: everything permitted was tried, or nothing
       * is permitted. `cost`: the attempts in vain have cost more than the answer may.
       */
      readonly reason: "not-retryable" | "no-candidates" | "attempts-exhausted" | "deadline" | "cost";
    };

/** One attempt that has failed. */
export interface FailedAttempt {
  readonly endpointId: EndpointId;
  readonly errorCode: ErrorCode;
  /** How long the endpoint asked to be left alone, where it did. */
  readonly retryAfterMs?: number;
  /** What is billed for it all the same, in micro-USD; absent while unknown. */
  readonly costMicroUsd?: number;
  /** Whether it had begun its answer, which is gone on with: it may be asked to do so itself, once. */
  readonly brokeOff?: boolean;
}

/**
 * The endpoints that a request has done with: those that it has tried, except one that said when to come back, or whose
 * answer is to be gone on with, and has been tried only once. Decisions are made without them, so that no request goes in a circle.
 */
export function spentEndpoints(attempts: readonly FailedAttempt[]): readonly FailedAttempt[] {
  const triesOf = Map.groupBy(attempts, ({ endpointId }) => endpointId);
  return attempts.filter(({ endpointId, errorCode, retryAfterMs, brokeOff = false }) => {
    const saidWhen = ERROR_FACTS[errorCode].retry === "same-endpoint" && retryAfterMs !== undefined;
    const mayReturn = brokeOff || saidWhen;
    return !mayReturn || (triesOf.get(endpointId)?.length ?? 0) > 1;
  });
}

/** The attempts so far, and the time. */
export interface FailoverInput {
  /** The newest decision: made with the endpoints that were tried, on fresh facts, so that a fallback obeys policy too. */
  readonly decision: Decision;
  readonly attempts: readonly FailedAttempt[];
  /** Waits that the request has had so far. */
  readonly restCount?: number;
  /** Since the request arrived. */
  readonly elapsedMs: number;
  /** Counted from the same moment; absent when there is none. */
  readonly deadlineMs?: number;
  /** Without a stream the first content is the whole answer. */
  readonly streaming: boolean;
  readonly limits?: FailoverLimits;
}

/** The next endpoint to try, with its share of the time that is left, or why no other is tried. The first that holds decides. */
export function nextAttempt(input: FailoverInput): NextAttempt {
  const { decision, attempts, streaming, limits = DEFAULT_FAILOVER_LIMITS } = input;
  const last = attempts.at(-1);
  if (last !== undefined && ERROR_FACTS[last.errorCode].retry === "nowhere")
    return { kind: "give-up", reason: "not-retryable" };
  if (attempts.length >= limits.maxAttempts && decision.candidates.length > 0)
    return { kind: "give-up", reason: "attempts-exhausted" };
  const remainingMs = (input.deadlineMs ?? Infinity) - input.elapsedMs;
  const [next, afterNext] = inOrder(decision, attempts);
  if (next === undefined && last !== undefined && ERROR_FACTS[last.errorCode].retry === "other-model")
    return { kind: "give-up", reason: "not-retryable" };
  if (next === undefined) return restOrGiveUp(input, remainingMs, limits);
  if (remainingMs < limits.minAttemptMs) return { kind: "give-up", reason: "deadline" };
  if (costInVain(attempts) > (next.prediction.worstCostMicroUsd || Infinity))
    return { kind: "give-up", reason: "cost" };

  const mayGoOn = afterNext !== undefined && attempts.length + 1 < limits.maxAttempts;
  const keptMs = mayGoOn && remainingMs !== Infinity ? timeKeptFor(afterNext, remainingMs) : 0;
  const expectedMs = (streaming ? next.prediction.ttftMs : next.prediction.totalMs) ?? 0;
  const patienceMs = streaming ? Math.max(limits.firstContentTimeoutMs, expectedMs * PATIENCE) : Infinity;
  const firstContentTimeoutMs = Math.min(patienceMs, remainingMs - keptMs);
  return {
    kind: "attempt",
    endpointId: next.endpointId,
    firstContentTimeoutMs,
    maxQueueMs: Math.max(0, firstContentTimeoutMs - neededMs(next, decision, streaming)),
    totalTimeoutMs: remainingMs,
  };
}

/**
 * What an endpoint is expected to need once the request has its place, as far as that is known: of a whole answer at
 * least the writing, where nobody has seen how soon it begins.
 */
function neededMs({ prediction }: RankedCandidate, { workload }: Decision, streaming: boolean): number {
  const { ttftMs, totalMs, queueMs, tokensPerSecond } = prediction;
  const expectedMs = streaming ? ttftMs : totalMs;
  if (expectedMs !== undefined) return Math.max(0, expectedMs - queueMs);
  if (streaming || tokensPerSecond === undefined) return 0;
  return ((prediction.outputTokens ?? workload.expectedOutputTokens) * 1_000) / tokensPerSecond;
}

/**
 * The candidates that are left, those of a provider that was itself at fault behind the others, and last one that has
 * broken off. A model that can't take the request is not asked again, wherever it runs; where the choice was the router's,
 * no other model is, either. Whoever refuses to go on with an answer says that of itself, not of its model, which had begun.
 */
function inOrder(
  { candidates, requestedModel }: Decision,
  attempts: readonly FailedAttempt[],
): readonly RankedCandidate[] {
  const firstBreak = attempts.findIndex(({ brokeOff }) => brokeOff === true);
  const toBegin = firstBreak === -1 ? attempts : attempts.slice(0, firstBreak);
  const refusing = new Set(
    toBegin.flatMap(({ endpointId, errorCode }) =>
      ERROR_FACTS[errorCode].retry === "other-model" ? [modelOf(endpointId)] : [],
    ),
  );
  if (refusing.size > 0 && requestedModel === AUTO_MODEL) return [];
  const spent = new Set(spentEndpoints(attempts).map(({ endpointId }) => endpointId));
  const faulty = new Set(
    attempts.flatMap(({ endpointId, errorCode }) =>
      ERROR_FACTS[errorCode].retry === "other-provider" ? [providerOf(endpointId)] : [],
    ),
  );
  const brokenOff = new Set(attempts.flatMap(({ endpointId, brokeOff }) => (brokeOff === true ? [endpointId] : [])));
  const left = candidates.filter(({ endpointId, modelId }) => !spent.has(endpointId) && !refusing.has(modelId));
  if (faulty.size + brokenOff.size === 0) return left;
  const placeOf = ({ endpointId }: RankedCandidate): number =>
    2 * Number(brokenOff.has(endpointId)) + Number(faulty.has(providerOf(endpointId)));
  return left.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Nothing can be asked now: the soonest endpoint that asked to be left alone is waited for, if that is soon enough. */
function restOrGiveUp(
  { decision, attempts, restCount = 0 }: FailoverInput,
  remainingMs: number,
  limits: FailoverLimits,
): NextAttempt {
  const spent = new Set(spentEndpoints(attempts).map(({ endpointId }) => endpointId));
  const rests = decision.rejected.flatMap(({ endpointId, by, retryInMs }) =>
    by === RESTING && retryInMs !== undefined && !spent.has(endpointId) ? [retryInMs] : [],
  );
  const waitMs = Math.min(...rests);
  const isWorthIt = waitMs <= limits.maxRestMs && waitMs + limits.minAttemptMs <= remainingMs;
  if (!isWorthIt || restCount >= limits.maxRests || attempts.length >= limits.maxAttempts)
    return { kind: "give-up", reason: "no-candidates" };
  return { kind: "wait", waitMs };
}

function costInVain(attempts: readonly FailedAttempt[]): number {
  return attempts.reduce((sum, { costMicroUsd = 0 }) => sum + costMicroUsd, 0);
}

function modelOf(endpointId: EndpointId): string {
  return endpointId.slice(endpointId.indexOf("/") + 1);
}

function providerOf(endpointId: EndpointId): string {
  return endpointId.slice(0, endpointId.indexOf("/"));
}

/** What the endpoint after this one needs for its answer, within the shares above; the most where that is unknown. */
function timeKeptFor(candidate: RankedCandidate, remainingMs: number): number {
  const neededMs = candidate.prediction.totalMs ?? remainingMs;
  return Math.min(Math.max(neededMs, remainingMs * MIN_KEPT_SHARE), remainingMs * MAX_KEPT_SHARE);
}
