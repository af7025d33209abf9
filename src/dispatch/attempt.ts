import type { InferenceCall } from "../core/inference-endpoint.ts";
import type { InferenceEvent } from "../core/inference-event.ts";
import { writesText } from "../core/inference-request.ts";
import type { AttemptSummary, InferenceJob } from "../core/inference-service.ts";
import type { Clock } from "../core/clock.ts";
import type { Decision, RankedCandidate } from "../core/decision.ts";
import { priceOf, type EndpointFacts } from "../core/endpoint.ts";
import { SignalboxError } from "../core/errors.ts";
import type { EndpointId } from "../core/ids.ts";
import type { PredictionMetrics } from "../core/prediction-metrics.ts";
import type { Principal } from "../core/principal.ts";
import type { AttemptRecord, DecisionJournal } from "../core/records.ts";
import type { Usage } from "../core/usage.ts";
import type { Entry } from "./admission/admission-gate.ts";
import { tierOf } from "./admission/ticket.ts";
import { AnswerStream, type AnswerEnd } from "./answer-stream.ts";
import type { Deadline } from "./deadline.ts";
import type { Confidence } from "./cascade/confidence.ts";
import { DribbleGuard } from "./dribble-guard.ts";
import type { LiveEndpoint } from "./live-endpoint.ts";
import type { DispatchLog } from "./log.ts";
import type { LearnedLengths } from "./learn/learned-lengths.ts";
import type { SessionMemory } from "./session-memory.ts";
import { billOf, settleAttempt, type AttemptProgress } from "./settle-attempt.ts";
import { UsageMeter } from "./usage-meter.ts";

/** Chunks that may come before the first content (a role, an empty delta); an endpoint that sends more is not answering. */
const MAX_CHUNKS_BEFORE_CONTENT = 64;

/** How long after the caller's deadline an endpoint's own limits end: what runs into the deadline is not the endpoint's fault. */
const AFTER_DEADLINE_MS = 1_000;

/** What one attempt needs to know. */
export interface AttemptPlan {
  readonly job: InferenceJob;
  readonly decision: Decision;
  readonly candidate: RankedCandidate;
  readonly live: LiveEndpoint;
  readonly attemptNumber: number;
  /** The caller's share of a queue against other keys' shares. */
  readonly keyWeight: number;
  readonly fallbackOf?: AttemptSummary;
  /** The endpoint beside which this one is asked, because that is late. */
  readonly hedgeOf?: EndpointId;
  /** The attempt whose answer broke off and is gone on with. */
  readonly continuationOf?: AttemptRecord["continuationOf"];
  readonly firstContentTimeoutMs: number;
  readonly maxQueueMs: number;
  readonly totalTimeoutMs: number;
  readonly deadline: Deadline;
  /** Present where the answer is held back and judged by its own confidence. */
  readonly confidence?: Confidence;
}

/** What an attempt reaches the rest of the box through. */
export interface AttemptPorts {
  readonly clock: Clock;
  readonly journal: DecisionJournal;
  readonly log: DispatchLog;
  /** Absent: nothing is learned beyond each endpoint's own speed. */
  readonly lengths?: LearnedLengths | undefined;
  readonly predictionMetrics?: PredictionMetrics | undefined;
  /** Hears of whole answers; absent where nobody remembers sessions. */
  readonly sessions?: SessionMemory;
}

/** An endpoint that has begun to answer, or the reason why it did not. */
export type AttemptResult =
  | Answering
  /** `auditIndex` is absent where the endpoint was full, so that nothing was recorded and nothing sent. */
  | {
      readonly kind: "failed";
      readonly error: SignalboxError;
      readonly durationMs: number;
      readonly auditIndex?: number;
      /** What is billed for it all the same, in micro-USD; absent while unknown. */
      readonly costMicroUsd?: number;
    };

/** An answer that has begun. */
export interface Answering {
  readonly kind: "answering";
  readonly auditIndex: number;
  readonly events: AnswerStream;
  /** In micro-USD; absent while unknown. */
  readonly costMicroUsd: () => number | undefined;
  readonly usage: () => Usage | undefined;
  readonly durationMs: number;
}

/**
 * Tries one endpoint once: records, waits for a place, asks, and reads up to the first content. Until then a failure
 * is a value and another endpoint may be tried; from then on the answer is this endpoint's, whatever happens.
 * Throws what no other endpoint can mend: an audit log that can't be written, a spent budget.
 */
export async function attempt(ports: AttemptPorts, plan: AttemptPlan): Promise<AttemptResult> {
  const startedMs = ports.clock.monotonicMs();
  const durationMs = (): number => ports.clock.monotonicMs() - startedMs;
  const { live, job } = plan;
  const refusal = live.refusalOf(entryOf(plan));
  if (refusal !== undefined) return { kind: "failed", error: refusal, durationMs: 0 };
  const payAllowance = job.allowance?.hold(plan.candidate.prediction.worstCostMicroUsd);
  // From the decision on, in the same turn: an endpoint that a reload takes out of use is kept until its last attempt ends.
  const leave = live.use();
  const committed = await ports.journal.recordAttempt(recordOf(plan)).catch((error: unknown) => {
    payAllowance?.({ costMicroUsd: 0 });
    leave();
    throw error;
  });
  live.attemptStarted();
  const { kind, estimatedPromptTokens, inputCount, choiceCount, imageCount = 0 } = job.request;
  const { contextTokens } = live.facts;
  const meter = new UsageMeter({
    estimatedPromptTokens,
    inputCount,
    writesText: writesText(kind),
    choiceCount,
    imageCount,
    ...(contextTokens === undefined ? {} : { contextTokens }),
  });
  const wasLoaded = live.isLoaded();
  const progress: AttemptProgress = {
    meter,
    startedMs,
    wasLoaded,
    lease: undefined,
    firstContentMs: undefined,
    runningAtFirst: 1,
    ...(payAllowance === undefined ? {} : { payAllowance }),
  };
  const settle = (end: AnswerEnd): Promise<void> => {
    leave();
    return settleAttempt(ports, plan, progress, end, durationMs());
  };
  try {
    progress.lease = await live.enter({ ...entryOf(plan), writtenTokens: () => meter.completionTokens });
    const events = observed(
      live.endpoint.infer(callOf(plan, committed.permit, progress.lease.queueMs)),
      progress,
      ports.clock,
      live.facts,
    );
    const begun = await readToFirstContent(events);
    progress.firstContentMs = durationMs();
    progress.runningAtFirst = live.gate.running;
    return {
      kind: "answering",
      auditIndex: committed.auditIndex,
      events: new AnswerStream(begun, events, settle),
      costMicroUsd: () => (meter.received ? meter.cost(priceOf(live.facts)) : undefined),
      usage: () => (meter.received ? meter.usage() : undefined),
      durationMs: durationMs(),
    };
  } catch (thrown) {
    const error = plan.deadline.reasonFor(thrown);
    await settle({ kind: "failed", error });
    const { costMicroUsd } = billOf(plan, progress, error);
    const billed = costMicroUsd === undefined ? {} : { costMicroUsd };
    return { kind: "failed", error, durationMs: durationMs(), auditIndex: committed.auditIndex, ...billed };
  }
}

/** The request as it stands at the endpoint's door. */
function entryOf({ job, decision, candidate, ...plan }: AttemptPlan): Entry {
  const { request, principal } = job;
  const { workload } = decision;
  return {
    keyId: principal.keyId,
    weight: plan.keyWeight,
    workloadClass: workload.class,
    tier: tierOf(request.serviceTier),
    promptTokens: request.estimatedPromptTokens,
    expectedOutputTokens: (candidate.prediction.outputTokens ?? workload.expectedOutputTokens) * request.choiceCount,
    signal: plan.deadline.signal,
    patienceMs: plan.maxQueueMs,
    timeLeftMs: plan.totalTimeoutMs,
    expectedWaitMs: candidate.prediction.queueMs,
  };
}

function recordOf(plan: AttemptPlan): AttemptRecord {
  const { job, live, candidate, fallbackOf } = plan;
  const { destination } = live.endpoint;
  const reserveMicroUsd = candidate.prediction.worstCostMicroUsd;
  return {
    requestId: job.requestId,
    principal: job.billedTo ?? job.principal,
    decision: plan.decision,
    attemptNumber: plan.attemptNumber,
    endpointId: live.facts.id,
    ...(destination === undefined ? {} : { destination }),
    ...(fallbackOf === undefined
      ? {}
      : { fallbackOf: { endpointId: fallbackOf.endpointId, errorCode: fallbackOf.errorCode ?? "unknown" } }),
    ...(plan.hedgeOf === undefined ? {} : { hedgeOf: plan.hedgeOf }),
    ...(plan.continuationOf === undefined ? {} : { continuationOf: plan.continuationOf }),
    ...(reserveMicroUsd === undefined ? {} : { reserveMicroUsd }),
    ...(job.partOf === undefined ? {} : { partOf: job.partOf }),
    ...(job.comparisonOf === undefined ? {} : { comparisonOf: job.comparisonOf }),
    ...(job.clientIp === undefined ? {} : { clientIp: job.clientIp }),
  };
}

function callOf(plan: AttemptPlan, permit: InferenceCall["permit"], queueMs: number): InferenceCall {
  const isLast = plan.firstContentTimeoutMs >= plan.totalTimeoutMs;
  return {
    requestId: plan.job.requestId,
    request: plan.job.request,
    ...(permit === undefined ? {} : { permit }),
    firstContentTimeoutMs: plan.firstContentTimeoutMs - queueMs + (isLast ? AFTER_DEADLINE_MS : 0),
    totalTimeoutMs: plan.totalTimeoutMs - queueMs + AFTER_DEADLINE_MS,
    signal: plan.deadline.signal,
    cacheScope: cacheScopeOf(plan.job.principal),
    ...elsewhereOf(plan),
  };
}

/** A team's keys share what was evaluated for one of them; a key without a team has its own. How soon an answer begins would tell others what it begins with. */
function cacheScopeOf({ team, keyId }: Principal): string {
  return team === undefined ? `key:${keyId}` : `team:${team}`;
}

/** What is expected of the candidate after this one, beside what is expected here. */
function elsewhereOf({ decision, candidate }: AttemptPlan): Pick<InferenceCall, "elsewhere"> {
  const next = decision.candidates[decision.candidates.indexOf(candidate) + 1];
  if (next === undefined) return {};
  const { totalMs: thereMs } = next.prediction;
  const { totalMs: hereMs } = candidate.prediction;
  return {
    elsewhere: { ...(thereMs === undefined ? {} : { thereMs }), ...(hereMs === undefined ? {} : { hereMs }) },
  };
}

async function* observed(
  events: AsyncIterable<InferenceEvent>,
  progress: AttemptProgress,
  clock: Clock,
  { providerId, location }: EndpointFacts,
): AsyncGenerator<InferenceEvent> {
  // A model of this box is as slow as its owner's machine, and nobody else's would be asked in its place.
  const guard = location === "box" ? undefined : new DribbleGuard(providerId);
  let askedMs = clock.monotonicMs();
  for await (const event of events) {
    progress.meter.observe(event);
    guard?.observe(event, clock.monotonicMs() - askedMs);
    yield event;
    askedMs = clock.monotonicMs();
  }
}

/** The events up to and including the first content or the whole answer. */
async function readToFirstContent(events: AsyncIterator<InferenceEvent>): Promise<InferenceEvent[]> {
  const begun: InferenceEvent[] = [];
  while (begun.length < MAX_CHUNKS_BEFORE_CONTENT) {
    const { done, value } = await events.next();
    if (done === true) {
      if (begun.length > 0) return begun; // An answer without content, for example one stopped at its first token.
      throw new SignalboxError("upstream_invalid_response", "The endpoint ended its answer before it began.");
    }
    begun.push(value);
    if (value.kind === "answer" || value.hasContent || value.finishReason !== undefined) return begun;
  }
  await events.return?.();
  throw new SignalboxError("upstream_invalid_response", "The endpoint sent many chunks without any content.");
}
