import { SignalboxError } from "../core/errors.ts";
import type { Decision } from "../core/decision.ts";
import type { InferenceEvent } from "../core/inference-event.ts";
import type { InferenceExecution, InferenceJob } from "../core/inference-service.ts";
import type { PartSummary } from "../core/joint-request.ts";
import type { JointOutcomeRecord } from "../core/records.ts";
import { refusalOf } from "../routing/refusal.ts";
import { eventsOf } from "./answer-events.ts";
import type { WholeDecision } from "./decide-on-whole.ts";
import type { Foreseen } from "./foresee.ts";
import type { JointPorts } from "./joint-ports.ts";
import { askPart, attemptsOf, type AnsweredPart, type EndedPart, type Part } from "./part.ts";
import { Purse } from "./purse.ts";
import { startTimeLimit, type TimeLimit } from "./time-limit.ts";

/** A joint request that is on record, whose parts may be asked. */
export interface OpenJoint {
  readonly decision: WholeDecision;
  /** Of the leaf with the decision on the whole. */
  readonly auditIndex: number;
  readonly time: TimeLimit;
  readonly purse: Purse;
  /** Its part, with a purse of its own. */
  readonly partOf: (foreseen: Omit<Foreseen, "decision">) => Part;
  /** Asks for a part's whole answer within the time, and no longer than until `stopping` aborts; see `askPart`. */
  ask(this: void, part: Part, stopping?: AbortSignal): Promise<EndedPart>;
  /** Records that there is an answer. */
  answered(parts: readonly PartSummary[], chosen: Pick<EndedPart, "part">, verdict: string): Promise<void>;
  /** Records that there is none; resolves with the error for the caller. */
  failed(parts: readonly PartSummary[], error: SignalboxError): Promise<SignalboxError>;
}

/** Records the decision on a joint request, or its refusal, which it then throws. Its time and its money begin. */
export async function openJoint(
  ports: JointPorts,
  job: InferenceJob,
  decision: WholeDecision,
  { timeoutMs, maxCostMicroUsd }: { readonly timeoutMs: number; readonly maxCostMicroUsd?: number },
): Promise<OpenJoint> {
  const { requestId, principal, clientIp } = job;
  const { joint, dataClass, policySha256 } = decision;
  if (joint.refusal !== undefined) throw await refuse(ports, job, decision);
  const caller = { requestId, principal, ...(clientIp === undefined ? {} : { clientIp }) };
  const { auditIndex } = await ports.journal.recordJoint({ ...caller, joint, dataClass, policySha256 });
  const time = startTimeLimit(ports.clock, job.signal, timeoutMs, job.request.hints.deadlineMs);
  const purse = new Purse(maxCostMicroUsd);
  const end = async (outcome: Pick<JointOutcomeRecord, "result" | "parts" | "errorCode" | "chosen" | "verdict">) => {
    const { costMicroUsd, usage } = purse;
    await ports.journal.recordJointOutcome({
      requestId,
      keyId: principal.keyId,
      modelId: joint.modelId,
      ...outcome,
      totalMs: time.elapsedMs(),
      ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
      ...(usage === undefined ? {} : { usage }),
    });
  };
  return {
    decision,
    auditIndex,
    time,
    purse,
    partOf: ({ role, modelId, job: own }) => ({ role, modelId, job: own, purse: purse.forPart() }),
    ask: async (part, stopping) => {
      const startedMs = ports.clock.monotonicMs();
      const ended = await askPart(
        ports.service,
        part,
        stopping === undefined ? time.signal : AbortSignal.any([time.signal, stopping]),
      );
      const totalMs = ports.clock.monotonicMs() - startedMs;
      ports.onPartEnded?.(ended, { firstContentMs: totalMs, totalMs });
      return ended;
    },
    answered: (parts, { part }, verdict) => end({ result: "answered", parts, chosen: part.job.requestId, verdict }),
    failed: async (parts, error) => {
      const result = error.code === "client_closed_request" ? "cancelled" : "failed";
      await end({ result, parts, errorCode: error.code });
      // Each part's attempts were counted with it, and its own record has them.
      return withMetadata(error, { audit_index: auditIndex, attempts: undefined });
    },
  };
}

async function refuse(ports: JointPorts, job: InferenceJob, decision: Decision): Promise<SignalboxError> {
  const { errorCode, message, ...details } = refusalOf(decision);
  const error = new SignalboxError(errorCode, message, details);
  const { auditIndex } = await ports.journal.recordRefusal({
    requestId: job.requestId,
    principal: job.principal,
    ...(decision.joint === undefined ? {} : { joint: decision.joint }),
    errorCode,
    httpStatus: error.status,
    message,
    ...(job.clientIp === undefined ? {} : { clientIp: job.clientIp }),
  });
  return withMetadata(error, { audit_index: auditIndex });
}

/** The error of a joint request whose parts failed: their own where all failed alike, with what became of each. */
export function failureOfParts(needed: string, ended: readonly EndedPart[]): SignalboxError {
  const failed = ended.flatMap(({ part, error }) => (error === undefined ? [] : [{ part, error }]));
  const codes = new Set(failed.map(({ error }) => error.code));
  const [only] = codes;
  const each = failed.map(({ part, error }) => `${part.modelId} (${error.code}: ${error.message})`).join(" ");
  return new SignalboxError(
    codes.size === 1 && only !== undefined ? only : "too_few_answers",
    `${needed}, and there were ${ended.length - failed.length} of ${ended.length}. Failed: ${each}`,
    {
      metadata: {
        parts: ended.map(({ part, error, failedTests }) => ({
          model: part.modelId,
          request_id: part.job.requestId,
          error: error?.code,
          failed_tests: failedTests,
        })),
      },
    },
  );
}

function withMetadata(error: SignalboxError, more: Readonly<Record<string, unknown>>): SignalboxError {
  return new SignalboxError(error.code, error.message, {
    ...error.details,
    metadata: { ...error.details.metadata, ...more },
  });
}

/** The answer of a joint request that one of its parts has given: that part's text and endpoint, and what all have used. */
export function jointExecution(
  job: InferenceJob,
  { decision, auditIndex, purse }: OpenJoint,
  {
    chosen,
    ended,
    parts,
  }: {
    readonly chosen: AnsweredPart;
    readonly ended: readonly EndedPart[];
    readonly parts: readonly PartSummary[];
  },
): InferenceExecution {
  return {
    requestId: job.requestId,
    decision,
    endpoint: chosen.execution.endpoint,
    auditIndex,
    attempts: ended.flatMap(attemptsOf),
    events: oneAfterTheOther(eventsOf(chosen.answer, job.request.stream)),
    costMicroUsd: () => purse.costMicroUsd,
    usage: () => purse.usage,
    parts: () => parts,
  };
}

async function* oneAfterTheOther(events: readonly InferenceEvent[]): AsyncGenerator<InferenceEvent> {
  for (const event of events) yield await Promise.resolve(event);
}
