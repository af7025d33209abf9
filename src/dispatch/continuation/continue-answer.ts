import type { Clock } from "../../core/clock.ts";
import type { Continuation, ContinuationVerdict } from "../../core/continuation.ts";
import { ERROR_FACTS, type RetryScope } from "../../core/error-facts.ts";
import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import type { EndpointId } from "../../core/ids.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { addUsage } from "../../core/usage.ts";
import type { Answering, AttemptPlan } from "../attempt.ts";
import { startDeadline } from "../deadline.ts";
import { executionOf } from "../execution-of.ts";
import type { Journey } from "../give-up.ts";
import { ContinuedAnswer } from "./continued-answer.ts";
import { continuingRequest } from "./continuing-request.ts";

/** What going on reaches the rest of the box through. */
export interface ContinuationPorts {
  readonly clock: Clock;
  /** Counts what followed where an answer of the endpoint broke off. */
  readonly onContinuation?: ((endpointId: EndpointId, verdict: ContinuationVerdict) => void) | undefined;
}

/** An answer that has begun, and whose it is. */
export interface Begun {
  readonly plan: AttemptPlan;
  readonly answering: Answering;
}

/**
 * The answer as the caller has it. Where the decision lets it be gone on with and it breaks off, the request is decided on
 * again with the text so far, as for a fallback: on fresh facts, under the same policy, budget, deadline and limit of
 * attempts, but with endpoints of the same model alone. `ask` makes that happen. Whoever goes on may break off, too.
 */
export function continuable(
  ports: ContinuationPorts,
  journey: Journey,
  { plan, answering }: Begun,
  ask: (rest: Journey) => Promise<InferenceExecution>,
): InferenceExecution {
  const execution = executionOf(journey, plan, answering);
  const { decision, live } = plan;
  // An answer that was held back is whole.
  if (decision.continuation === undefined || decision.cascade?.endpointId === live.facts.id) return execution;
  const startedMs = ports.clock.monotonicMs() - answering.durationMs;
  const broken: Continuation[] = [];
  const answer = new ContinuedAnswer(execution.events, journey.job.request, async (thrown, text) => {
    const durationMs = ports.clock.monotonicMs() - startedMs;
    const next = whatIsLeft(ports, journey, { plan, answering }, { error: toSignalboxError(thrown), text, durationMs });
    if (next === undefined) throw thrown;
    return await goOn(ports, journey, next, ask, broken);
  });
  const rest = (): InferenceExecution | undefined => answer.rest;
  return {
    ...execution,
    events: answer,
    costMicroUsd: () => sum(execution.costMicroUsd(), rest(), (other) => other.costMicroUsd()),
    usage: () => addUsage(execution.usage?.(), rest()?.usage?.()),
    continuations: () => [...broken, ...(rest()?.continuations?.() ?? [])],
    answering: () => rest()?.answering?.() ?? rest()?.endpoint ?? execution.endpoint,
  };
}

/** Where an error may be tried again that no endpoint of the same model can mend. */
const ENDS_IT: ReadonlySet<RetryScope> = new Set(["nowhere", "other-model"]);

/** The request's further way, with the attempt that broke off behind it; nothing where nobody could go on. */
function whatIsLeft(
  ports: ContinuationPorts,
  journey: Journey,
  { plan, answering }: Begun,
  broken: { readonly error: SignalboxError; readonly text: string; readonly durationMs: number },
): Journey | undefined {
  const { job, deadline } = journey;
  const error = deadline.reasonFor(broken.error);
  if (job.signal.aborted || ENDS_IT.has(ERROR_FACTS[error.code].retry)) return undefined;
  const { id: endpointId, modelId } = plan.live.facts;
  const completionTokens = answering.usage()?.completionTokens ?? 0;
  const request = continuingRequest(job.request, { text: broken.text, completionTokens, modelId, endpointId });
  if (request === undefined) return undefined;
  const { durationMs } = broken;
  return {
    ...journey,
    job: { ...job, request },
    deadline: startDeadline(ports.clock, job.signal, deadline.totalMs, deadline.elapsedMs()),
    attempts: [...journey.attempts, { endpointId, errorCode: error.code, durationMs, brokeOff: true }],
    held: undefined,
    lastFailure: { error, auditIndex: answering.auditIndex },
    continuationOf: { attemptNumber: plan.attemptNumber, afterTokens: request.continues.completionTokens },
  };
}

/** Asks for the rest. Throws why the answer broke off where nobody gives it. */
async function goOn(
  ports: ContinuationPorts,
  { attempts: before }: Journey,
  next: Journey,
  ask: (rest: Journey) => Promise<InferenceExecution>,
  broken: Continuation[],
): Promise<InferenceExecution> {
  const [last] = next.attempts.slice(-1);
  const { afterTokens = 0 } = next.continuationOf ?? {};
  const { endpointId: brokenEndpointId = "", errorCode = "internal_error" } = last ?? {};
  const happened = { brokenEndpointId, errorCode, afterTokens };
  const because = next.lastFailure?.error;
  try {
    const rest = await ask(next);
    broken.push({ ...happened, attempts: rest.attempts.slice(before.length + 1), auditIndex: rest.auditIndex });
    ports.onContinuation?.(brokenEndpointId, "went-on");
    return rest;
  } catch (thrown) {
    next.deadline.clear();
    broken.push({ ...happened, attempts: next.attempts.slice(before.length + 1) });
    ports.onContinuation?.(brokenEndpointId, "gave-up");
    throw withoutRest(because, next.deadline.reasonFor(thrown));
  }
}

/** Ends of a request that say all there is to say. */
const OWN_REASONS: ReadonlySet<string> = new Set(["client_closed_request", "deadline_exceeded"]);

/** The error for the caller: why the answer broke off, and why nobody went on with it. */
function withoutRest(first: SignalboxError | undefined, second: SignalboxError): SignalboxError {
  if (first === undefined || second.details.cause === first || OWN_REASONS.has(second.code)) return second;
  const both = (one: string, other: string): string => `${one} Nobody could go on with it: ${other}`;
  return new SignalboxError(first.code, both(first.message, second.message), {
    ...first.details,
    logMessage: both(first.details.logMessage ?? first.message, second.details.logMessage ?? second.message),
    metadata: { ...first.details.metadata, ...second.details.metadata },
    cause: second,
  });
}

/** What an answer costs with its rest; absent while one of the two is unknown. */
function sum(
  own: number | undefined,
  rest: InferenceExecution | undefined,
  costOf: (rest: InferenceExecution) => number | undefined,
): number | undefined {
  const other = rest === undefined ? 0 : costOf(rest);
  return own === undefined || other === undefined ? undefined : own + other;
}
