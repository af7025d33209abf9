import type { InferenceExecution, InferenceJob, InferenceService } from "../core/inference-service.ts";
import type { Clock, Random } from "../core/clock.ts";
import type { Decision } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import type { PredictionMetrics } from "../core/prediction-metrics.ts";
import type { Principal } from "../core/principal.ts";
import type { DecisionJournal, KeyDirectory } from "../core/records.ts";
import { nextAttempt, spentEndpoints, type NextAttempt } from "../routing/failover.ts";
import { nowFactsOf } from "../routing/now-facts.ts";
import { route } from "../routing/route.ts";
import { attempt, type Answering, type AttemptPlan, type AttemptResult } from "./attempt.ts";
import { pause, startDeadline } from "./deadline.ts";
import { giveUp, type Journey } from "./give-up.ts";
import type { LearnedLengths } from "./learn/learned-lengths.ts";
import type { LiveEndpoint } from "./live-endpoint.ts";
import type { DispatchLog } from "./log.ts";
import { SessionMemory } from "./session-memory.ts";

/** What one configuration makes active; replaced as a whole when the configuration is reloaded. */
export interface ActiveRouting {
  readonly policy: CompiledPolicy;
  readonly dataClasses: readonly string[];
  readonly endpoints: ReadonlyMap<string, LiveEndpoint>;
  /** Shares of the keys of a team in every queue; of a team that is not named, 1. A key's own weight goes first. */
  readonly teamWeights?: Readonly<Record<string, number>>;
}

/** What dispatch reaches the rest of the box through. */
export interface DispatchPorts {
  readonly clock: Clock;
  readonly journal: DecisionJournal;
  readonly keys: Pick<KeyDirectory, "spendOf">;
  readonly log: DispatchLog;
  /** How long answers were, to expect the next ones as long. Absent: nobody learns. */
  readonly lengths?: LearnedLengths | undefined;
  readonly predictionMetrics?: PredictionMetrics | undefined;
  /** Chance for the few requests that explore. Absent: none does. */
  readonly random?: Random | undefined;
  /** Shared by all who decide on requests; absent: the service keeps its own. */
  readonly sessions?: SessionMemory;
  /** Read once per decision, so that each decision sees one whole configuration. */
  readonly active: () => ActiveRouting;
}

/** The one way from a parsed request to an answer: decide, record, ask, fall back, settle. */
export function createInferenceService(given: DispatchPorts): InferenceService {
  const ports = { ...given, sessions: given.sessions ?? new SessionMemory(given.clock) };
  return {
    execute: (job) => executeRequest(ports, job),
    explain: (job) => decide(ports, ports.active(), job, []),
  };
}

async function executeRequest(ports: DispatchPorts, job: InferenceJob): Promise<InferenceExecution> {
  const deadline = startDeadline(ports.clock, job.signal, job.request.hints.deadlineMs);
  try {
    return await untilAnswering(ports, { job, deadline, attempts: [], restCount: 0, lastFailure: undefined });
  } catch (error) {
    deadline.clear();
    throw error;
  }
}

/**
 * One request from decision to first content. Each round decides anew on fresh facts, so that a fallback obeys the
 * same policy as the first attempt, and the first endpoint that begins to answer ends it.
 */
async function untilAnswering(ports: DispatchPorts, journey: Journey): Promise<InferenceExecution> {
  const { job, deadline, attempts } = journey;
  for (;;) {
    const active = ports.active();
    const decision = decide(ports, active, job, attempts, ports.random?.next());
    const next = nextAttempt({
      decision,
      attempts,
      restCount: journey.restCount,
      elapsedMs: deadline.elapsedMs(),
      deadlineMs: deadline.totalMs,
      streaming: job.request.stream,
    });
    if (next.kind === "give-up") throw await giveUp(ports.journal, journey, decision, next.reason);
    if (next.kind === "wait") {
      journey.restCount += 1;
      await pause(ports.clock, next.waitMs, deadline.signal);
      continue;
    }
    const result = await attempt(ports, planOf(journey, decision, active, next));
    if (result.kind === "answering") return executionOf(journey, decision, active, next.endpointId, result);
    attempts.push(failureOf(next.endpointId, result));
    journey.lastFailure = result;
  }
}

function decide(
  ports: DispatchPorts,
  active: ActiveRouting,
  job: Omit<InferenceJob, "signal">,
  alreadyTried: Journey["attempts"],
  chance?: number,
): Decision {
  const sticky = ports.sessions?.find(job);
  return route({
    requestId: job.requestId,
    request: job.request,
    principal: job.principal,
    ...(job.preset === undefined ? {} : { preset: job.preset }),
    endpoints: [...active.endpoints.values()].map((live) => live.snapshot()),
    policy: active.policy,
    dataClasses: active.dataClasses,
    now: nowFactsOf(ports.clock.wallMs()),
    spend: ports.keys.spendOf(job.principal.keyId),
    ...(ports.lengths === undefined ? {} : { learned: ports.lengths }),
    ...(chance === undefined ? {} : { chance }),
    alreadyTried: spentEndpoints(alreadyTried),
    ...(sticky === undefined ? {} : { sticky }),
  });
}

function failureOf(
  endpointId: EndpointId,
  { error, durationMs, costMicroUsd }: Extract<AttemptResult, { kind: "failed" }>,
): Journey["attempts"][number] {
  const { retryAfterMs } = error.details;
  return {
    endpointId,
    errorCode: error.code,
    durationMs,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
  };
}

type NextEndpoint = Extract<NextAttempt, { kind: "attempt" }>;

function planOf(journey: Journey, decision: Decision, active: ActiveRouting, next: NextEndpoint): AttemptPlan {
  const candidate = decision.candidates.find(({ endpointId }) => endpointId === next.endpointId);
  if (candidate === undefined) throw new Error(`The next attempt names ${next.endpointId}, which is no candidate.`);
  const fallbackOf = journey.attempts.at(-1);
  return {
    job: journey.job,
    decision,
    candidate,
    live: liveEndpoint(active, next.endpointId),
    attemptNumber: journey.attempts.length + 1,
    keyWeight: weightOf(journey.job.principal, active),
    firstContentTimeoutMs: next.firstContentTimeoutMs,
    totalTimeoutMs: next.totalTimeoutMs,
    deadline: journey.deadline,
    ...(fallbackOf === undefined ? {} : { fallbackOf }),
  };
}

function weightOf({ weight, team }: Principal, { teamWeights = {} }: ActiveRouting): number {
  const ofTeam = team !== undefined && Object.hasOwn(teamWeights, team) ? teamWeights[team] : undefined;
  return weight ?? ofTeam ?? 1;
}

function liveEndpoint(active: ActiveRouting, endpointId: EndpointId): LiveEndpoint {
  const live = active.endpoints.get(endpointId);
  if (live === undefined) throw new Error(`The decision names ${endpointId}, which was not in its facts.`);
  return live;
}

function executionOf(
  journey: Journey,
  decision: Decision,
  active: ActiveRouting,
  endpointId: EndpointId,
  answering: Answering,
): InferenceExecution {
  return {
    requestId: journey.job.requestId,
    decision,
    endpoint: liveEndpoint(active, endpointId).facts,
    auditIndex: answering.auditIndex,
    attempts: [...journey.attempts, { endpointId, durationMs: answering.durationMs }],
    events: answering.events,
    costMicroUsd: answering.costMicroUsd,
    usage: answering.usage,
  };
}
