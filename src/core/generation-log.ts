import type { Decision } from "./decision.ts";
import type { EndpointId, KeyId, RequestId } from "./ids.ts";
import type { JointDecision } from "./joint-request.ts";
import type { JointOutcomeRecord, OutcomeRecord } from "./records.ts";

/** One attempt as it was recorded. */
export interface RecordedAttempt {
  readonly attemptNumber: number;
  readonly endpointId: EndpointId;
  /** Index of its leaf. */
  readonly auditIndex: number;
  /** For an attempt that went on with an answer: the attempt that broke off, and the tokens that the caller had by then. */
  readonly continuationOf?: { readonly attemptNumber: number; readonly afterTokens: number };
  /** Absent while it runs, or when it was lost in a crash. */
  readonly outcome?: OutcomeRecord;
}

/** Everything that was recorded about one request. */
export interface Generation {
  readonly requestId: RequestId;
  readonly keyId: KeyId;
  /** Of the key, when it asked. */
  readonly team?: string;
  /** Milliseconds since the Unix epoch. */
  readonly recordedAtMs: number;
  /** Of a joint request, that on the part whose answer was given. Absent for a request that was refused before there was one. */
  readonly decision?: Decision;
  /** Of a joint request: who was asked for it, and how that ended. */
  readonly joint?: { readonly decision: JointDecision; readonly outcome?: JointOutcomeRecord };
  /** In order, those of all parts of a joint request; empty for a refusal. */
  readonly attempts: readonly RecordedAttempt[];
  readonly refusal?: { readonly errorCode: string; readonly httpStatus: number; readonly message: string };
}

/**
 * The attempt whose answer the caller has: of a joint request that of the part that was chosen, else the last that answered,
 * as an answer before it was held back. Undefined where there is none.
 */
export function answeringAttempt({ attempts, joint }: Generation): RecordedAttempt | undefined {
  const { parts = [], chosen } = joint?.outcome ?? {};
  const index = parts.find(({ requestId }) => requestId === chosen)?.auditIndex;
  if (joint !== undefined) return attempts.find(({ auditIndex }) => auditIndex === index);
  return attempts.findLast(({ outcome }) => outcome?.result === "answered");
}

/** Reads back what the journal holds about requests. */
export interface GenerationLog {
  /** What was recorded under this id, by whichever key; nothing for an id that was never recorded. */
  find(requestId: RequestId): Generation | undefined;
}
