import type { AttemptSummary, InferenceJob } from "../core/inference-service.ts";
import type { Decision } from "../core/decision.ts";
import { SignalboxError } from "../core/errors.ts";
import type { AttemptRecord, DecisionJournal } from "../core/records.ts";
import type { FailedAttempt, NextAttempt } from "../routing/failover.ts";
import { refusalOf, rejectionMetadata } from "../routing/refusal.ts";
import type { Answering, AttemptPlan } from "./attempt.ts";
import type { Deadline } from "./deadline.ts";

/** A whole answer that was not sent. */
export interface Held {
  readonly plan: AttemptPlan;
  readonly answering: Answering;
}

/** A request that has not been answered yet: who was asked so far, and what went wrong last. */
export interface Journey {
  readonly job: InferenceJob;
  readonly deadline: Deadline;
  readonly attempts: (AttemptSummary & FailedAttempt)[];
  /** Waits for an endpoint that asked to be left alone. */
  restCount: number;
  /** An answer that was held back as too unsure: better than none where nobody else gives one. */
  held: Held | undefined;
  /** What the first decision says of going direct. */
  direct?: Decision["direct"];
  /** Present for the rest of a request whose answer broke off: the attempt that did, and the tokens that the caller has. */
  readonly continuationOf?: AttemptRecord["continuationOf"];
  lastFailure: { readonly error: SignalboxError; readonly auditIndex?: number } | undefined;
}

type GiveUpReason = Extract<NextAttempt, { kind: "give-up" }>["reason"];

/** The error for the caller. Where no attempt was recorded, the refusal is, before the caller hears of it. */
export async function giveUp(
  journal: DecisionJournal,
  journey: Journey,
  decision: Decision,
  reason: GiveUpReason,
): Promise<SignalboxError> {
  const { job, lastFailure } = journey;
  const error =
    lastFailure === undefined
      ? refusalError(journey, decision, reason)
      : failureError(journey, lastFailure.error, decision, reason);
  const auditIndex = lastFailure?.auditIndex ?? (await recordRefusal(journal, job, decision, error));
  return new SignalboxError(error.code, error.message, {
    ...error.details,
    metadata: { ...error.details.metadata, audit_index: auditIndex },
  });
}

async function recordRefusal(
  journal: DecisionJournal,
  job: InferenceJob,
  decision: Decision,
  error: SignalboxError,
): Promise<number> {
  const { auditIndex } = await journal.recordRefusal({
    requestId: job.requestId,
    principal: job.billedTo ?? job.principal,
    decision,
    errorCode: error.code,
    httpStatus: error.status,
    message: error.message,
    ...(job.partOf === undefined ? {} : { partOf: job.partOf }),
    ...(job.clientIp === undefined ? {} : { clientIp: job.clientIp }),
  });
  return auditIndex;
}

/** Why there was no endpoint to try, or no time for the first. */
function refusalError({ deadline }: Journey, decision: Decision, reason: GiveUpReason): SignalboxError {
  if (reason === "deadline") {
    const message = `The request's ${deadline.totalMs} ms leave no time to ask an endpoint.`;
    return new SignalboxError("deadline_exceeded", message, { metadata: rejectionMetadata(decision) });
  }
  const { errorCode, message, ...details } = refusalOf(decision);
  return new SignalboxError(errorCode, message, details);
}

/** The last endpoint's failure, with all attempts and the rules that excluded the other endpoints. */
function failureError(
  journey: Journey,
  last: SignalboxError,
  decision: Decision,
  reason: GiveUpReason,
): SignalboxError {
  const { attempts, deadline } = journey;
  const outOfTime = reason === "deadline" && last.code !== "deadline_exceeded";
  const tried =
    attempts.length === 1 ? "" : ` Tried in vain: ${attempts.map(({ endpointId }) => endpointId).join(", ")}.`;
  return new SignalboxError(
    outOfTime ? "deadline_exceeded" : last.code,
    `${last.message}${outOfTime ? ` The request's ${deadline.totalMs} ms leave no time for another endpoint.` : ""}${tried}`,
    {
      ...last.details,
      cause: last,
      metadata: {
        ...last.details.metadata,
        ...rejectionMetadata(decision),
        attempts: attempts.map(({ endpointId, errorCode }) => ({ endpoint: endpointId, error: errorCode })),
      },
    },
  );
}
