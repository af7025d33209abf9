import type { InferenceExecution, InferenceJob, InferenceService } from "../core/inference-service.ts";
import type { Clock, Random } from "../core/clock.ts";
import type { ContinuationVerdict } from "../core/continuation.ts";
import type { CascadeVerdict, DecisionChange } from "../core/decision.ts";
import type { FeedbackCorrections } from "../core/feedback.ts";
import type { EndpointId } from "../core/ids.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import type { PredictionMetrics } from "../core/prediction-metrics.ts";
import type { DecisionJournal, KeyDirectory } from "../core/records.ts";
import { nextAttempt } from "../routing/failover.ts";
import { hedgeAfterMs } from "../routing/hedge.ts";
import type { TextModel } from "../routing/text-model.ts";
import { attempt, type AttemptPlan, type AttemptResult } from "./attempt.ts";
import { pause, startDeadline } from "./deadline.ts";
import { decide, decideOnRecord } from "./decide.ts";
import { giveUp, type Journey } from "./give-up.ts";
import { attemptWhole, type Unsure } from "./cascade/attempt-whole.ts";
import { giveHeld, goOn, heldInsteadOf } from "./cascade/go-on.ts";
import { continuable } from "./continuation/continue-answer.ts";
import { HedgeBudget } from "./hedge-budget.ts";
import type { LearnedLengths } from "./learn/learned-lengths.ts";
import type { LiveEndpoint } from "./live-endpoint.ts";
import type { DispatchLog } from "./log.ts";
import { planAttempt } from "./plan-attempt.ts";
import { race } from "./race.ts";
import type { DirectSampling } from "./sample-direct.ts";
import { SessionMemory } from "./session-memory.ts";

/** What one configuration makes active; replaced as a whole when the configuration is reloaded. */
export interface ActiveRouting {
  readonly policy: CompiledPolicy;
  /** A policy that is tried: each first decision says what it would have changed. Nothing follows from it. */
  readonly shadow?: CompiledPolicy;
  readonly dataClasses: readonly string[];
  readonly endpoints: ReadonlyMap<string, LiveEndpoint>;
  /** Shares of the keys of a team in every queue; of a team that is not named, 1. A key's own weight goes first. */
  readonly teamWeights?: Readonly<Record<string, number>>;
  /** Absent: no request is compared with going direct. */
  readonly gain?: DirectSampling;
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
  /** What feedback on earlier answers has shown. Absent: nobody asks. */
  readonly feedback?: FeedbackCorrections;
  /** Absent: tasks and difficulty come from structure, rules and priors. */
  readonly textModel?: TextModel;
  /** Counts how cascades went. */
  readonly onCascade?: ((endpointId: EndpointId, verdict: CascadeVerdict) => void) | undefined;
  /** Counts what followed where answers broke off that could be gone on with. */
  readonly onContinuation?: ((endpointId: EndpointId, verdict: ContinuationVerdict) => void) | undefined;
  /** Counts what the policy that is tried would have changed. */
  readonly onShadowed?: ((change: DecisionChange) => void) | undefined;
  /** Read once per decision, so that each decision sees one whole configuration. */
  readonly active: () => ActiveRouting;
}

interface ServicePorts extends DispatchPorts {
  readonly hedges: HedgeBudget;
}

/** The one way from a parsed request to an answer: decide, record, ask, fall back, settle. */
export function createInferenceService(given: DispatchPorts): InferenceService {
  const sessions = given.sessions ?? new SessionMemory(given.clock);
  const ports: ServicePorts = { ...given, sessions, hedges: new HedgeBudget() };
  return {
    execute: (job) => executeRequest(ports, job),
    explain: (job) => decide(ports, ports.active(), job, []),
  };
}

async function executeRequest(ports: ServicePorts, job: InferenceJob): Promise<InferenceExecution> {
  const deadline = startDeadline(ports.clock, job.signal, job.request.hints.deadlineMs);
  const journey: Journey = { job, deadline, attempts: [], restCount: 0, held: undefined, lastFailure: undefined };
  try {
    return await untilAnswering(ports, journey);
  } catch (error) {
    const held = heldInsteadOf(error, journey);
    if (held !== undefined) return giveHeld(ports, journey, held);
    deadline.clear();
    throw error;
  }
}

/**
 * One request from decision to first content. Each round decides anew on fresh facts, so that a fallback obeys the
 * same policy as the first attempt, and the first endpoint that begins to answer ends it.
 */
async function untilAnswering(ports: ServicePorts, journey: Journey): Promise<InferenceExecution> {
  const { job, deadline, attempts } = journey;
  for (;;) {
    const active = ports.active();
    const decision = decideOnRecord(ports, active, job, attempts);
    const next = nextAttempt({
      decision,
      attempts,
      restCount: journey.restCount,
      elapsedMs: deadline.elapsedMs(),
      deadlineMs: deadline.totalMs,
      // What is held back begins when it is whole.
      streaming: job.request.stream && decision.cascade === undefined,
    });
    journey.direct ??= decision.direct;
    if (next.kind === "give-up" && journey.held !== undefined && !job.signal.aborted)
      return giveHeld(ports, journey, journey.held);
    if (next.kind === "give-up") throw await giveUp(ports.journal, journey, decision, next.reason);
    if (next.kind === "wait") {
      journey.restCount += 1;
      await pause(ports.clock, next.waitMs, deadline.signal);
      continue;
    }
    for (const { plan, result } of await run(ports, journey, planAttempt(journey, decision, active, next))) {
      if (result.kind === "answering")
        return continuable(ports, journey, { plan, answering: result }, (rest) => untilAnswering(ports, rest));
      if (result.kind === "unsure") goOn(ports, journey, { plan, answering: result.answering });
      else {
        attempts.push(failureOf(plan.live.facts.id, result));
        journey.lastFailure = result;
      }
    }
  }
}

/**
 * One attempt, held back whole where it begins a cascade; or two where the first is late and the decision lets a second
 * endpoint be asked beside it.
 */
async function run(
  ports: ServicePorts,
  journey: Journey,
  plan: AttemptPlan,
): Promise<readonly { readonly plan: AttemptPlan; readonly result: AttemptResult | Unsure }[]> {
  const { cascade } = plan.decision;
  if (cascade?.endpointId === plan.live.facts.id) return [{ plan, result: await attemptWhole(ports, plan, cascade) }];
  const { stream } = journey.job.request;
  const afterMs = hedgeAfterMs(plan.decision, stream, plan.live.snapshot().state.ttftMs);
  if (afterMs === undefined) return [{ plan, result: await attempt(ports, plan) }];
  ports.hedges.earn();
  return race(ports, plan, {
    afterMs: afterMs + plan.candidate.prediction.queueMs,
    plan: () => planHedge(ports, journey, plan),
  });
}

/** A second endpoint, decided on like a fallback: without the first, on fresh facts, under the same policy. */
function planHedge(ports: ServicePorts, journey: Journey, first: AttemptPlan): AttemptPlan | undefined {
  const { job, deadline, attempts } = journey;
  const endpointId = first.live.facts.id;
  const active = ports.active();
  const decision = decide(ports, active, job, [...attempts, { endpointId, errorCode: "superseded", durationMs: 0 }]);
  const elapsedMs = deadline.elapsedMs();
  const next = nextAttempt({ decision, attempts, elapsedMs, deadlineMs: deadline.totalMs, streaming: true });
  if (next.kind !== "attempt" || !ports.hedges.spend()) return undefined;
  const attemptNumber = first.attemptNumber + 1;
  return { ...planAttempt(journey, decision, active, next), attemptNumber, hedgeOf: endpointId };
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
