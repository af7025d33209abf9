import type { FailedTest } from "../core/answer-test.ts";
import { SignalboxError, toSignalboxError } from "../core/errors.ts";
import type { ModelId } from "../core/ids.ts";
import type { InferenceAnswer } from "../core/inference-event.ts";
import type { AttemptSummary, InferenceExecution, InferenceJob, InferenceService } from "../core/inference-service.ts";
import type { PartRole, PartSummary } from "../core/joint-request.ts";
import { textOfAnswer } from "./answer-events.ts";
import type { Purse } from "./purse.ts";

/** One request that is made for a joint one. */
export interface Part {
  readonly role: PartRole;
  readonly modelId: ModelId;
  readonly job: Omit<InferenceJob, "signal" | "allowance">;
  readonly purse: Purse;
}

/** How a part ended: with an answer in text, or with an error. */
export interface EndedPart {
  readonly part: Part;
  readonly execution?: InferenceExecution;
  readonly answer?: InferenceAnswer;
  /** Of the answer; absent where there is none that can be used. */
  readonly text?: string;
  readonly error?: SignalboxError;
  /** Tests that its answer has not passed; absent where there are none. */
  readonly failedTests?: readonly FailedTest[];
}

/** A part that has answered. */
export type AnsweredPart = EndedPart & Required<Pick<EndedPart, "execution" | "answer" | "text">>;

/** Whether it has answered in text. */
export function hasAnswered(end: EndedPart): end is AnsweredPart {
  return end.text !== undefined;
}

/** Asks for one part's whole answer, as for any request. Never rejects: what keeps it from answering is its end. */
export async function askPart(service: InferenceService, part: Part, signal: AbortSignal): Promise<EndedPart> {
  let execution: InferenceExecution | undefined;
  try {
    execution = await service.execute({ ...part.job, allowance: part.purse, signal });
    let answer: InferenceAnswer | undefined;
    for await (const event of execution.events) if (event.kind === "answer") answer = event;
    const text = answer === undefined ? undefined : textOfAnswer(answer);
    if (answer === undefined || text === undefined) return { part, execution, error: noText() };
    return { part, execution, answer, text };
  } catch (thrown) {
    return { part, error: toSignalboxError(thrown), ...(execution === undefined ? {} : { execution }) };
  }
}

function noText(): SignalboxError {
  return new SignalboxError("upstream_invalid_response", "The answer has no text, or was cut short by its limit.");
}

/** What is said of a part in records and to the client; of its answer nothing but whether it agreed and which tests it failed. */
export function describePart({ part, execution, error, failedTests }: EndedPart, agreed?: boolean): PartSummary {
  const { costMicroUsd } = part.purse;
  return {
    role: part.role,
    modelId: execution?.endpoint.modelId ?? part.modelId,
    requestId: part.job.requestId,
    ...(execution === undefined ? {} : { endpointId: execution.endpoint.id, auditIndex: execution.auditIndex }),
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
    ...(error === undefined ? {} : { errorCode: error.code }),
    ...(failedTests === undefined ? {} : { failedTests }),
    ...(agreed === undefined ? {} : { agreed }),
  };
}

/** Every attempt of a part, those in vain too. */
export function attemptsOf({ execution, error }: EndedPart): readonly AttemptSummary[] {
  if (execution !== undefined) return execution.attempts;
  const listed: unknown = error?.details.metadata?.["attempts"];
  if (!Array.isArray(listed)) return [];
  return (listed as readonly { readonly endpoint: string; readonly error: string }[]).map(
    ({ endpoint: endpointId, error: errorCode }) => ({ endpointId, errorCode, durationMs: 0 }),
  );
}
