import type { Decision } from "./decision.ts";
import type { EndpointId, KeyId, ModelId, RequestId } from "./ids.ts";
import type { JointDecision, PartOf, PartSummary } from "./joint-request.ts";
import type { Destination, Permit } from "./permit.ts";
import type { Principal } from "./principal.ts";
import type { Usage } from "./usage.ts";

/** What is written before an endpoint is asked: the whole decision for the first attempt, the reason for each further one. */
export interface AttemptRecord {
  readonly requestId: RequestId;
  readonly principal: Principal;
  readonly decision: Decision;
  readonly attemptNumber: number;
  readonly endpointId: EndpointId;
  readonly destination?: Destination;
  /** For attempts after the first: the endpoint that failed and the error's code. */
  readonly fallbackOf?: { readonly endpointId: EndpointId; readonly errorCode: string };
  /** For an attempt beside another one: the endpoint that is late. */
  readonly hedgeOf?: EndpointId;
  /** For an attempt that goes on with an answer: the attempt that broke off, and the tokens that the caller had by then. */
  readonly continuationOf?: { readonly attemptNumber: number; readonly afterTokens: number };
  /** Present for a part of a joint request. */
  readonly partOf?: PartOf;
  /** Micro-USD to hold until the outcome; absent for an endpoint without a known price. */
  readonly reserveMicroUsd?: number;
  readonly clientIp?: string;
  /** The answered request that this one compares another answer with. */
  readonly comparisonOf?: RequestId;
}

/** The answer to a durable attempt record. */
export interface CommittedAttempt {
  readonly auditIndex: number;
  /** Present when the record named a destination. */
  readonly permit?: Permit;
}

/** How a request, or one attempt of it, ended. */
export interface OutcomeRecord {
  readonly requestId: RequestId;
  readonly keyId: KeyId;
  readonly attemptNumber: number;
  readonly endpointId?: EndpointId;
  /** `refused`: nothing was sent anywhere. */
  readonly result: "answered" | "failed" | "cancelled" | "refused";
  readonly httpStatus: number;
  readonly errorCode?: string;
  readonly finishReason?: string;
  /** Of an answer that was held back: how sure it was of itself, and whether another endpoint was asked for that. */
  readonly cascade?: { readonly minMeanLogprob: number; readonly meanLogprob?: number; readonly goesOn: boolean };
  readonly usage?: Usage;
  /** What the answer cost; replaces the reservation. Absent: unknown, and the reservation is kept as the cost. */
  readonly costMicroUsd?: number;
  readonly queueMs?: number;
  readonly firstContentMs?: number;
  readonly totalMs: number;
}

/** A request that was refused before any attempt: by policy, budget, or for want of an endpoint. */
export interface RefusalRecord {
  readonly requestId: RequestId;
  readonly principal: Principal;
  readonly decision?: Decision;
  /** Of a joint request, instead of a decision. */
  readonly joint?: JointDecision;
  readonly partOf?: PartOf;
  readonly errorCode: string;
  readonly httpStatus: number;
  readonly message: string;
  readonly clientIp?: string;
}

/** The decision on a joint request, before any of its parts is asked. Each part has its own records, which name this request. */
export interface JointRecord {
  readonly requestId: RequestId;
  readonly principal: Principal;
  readonly joint: JointDecision;
  readonly dataClass: string;
  readonly policySha256: string;
  readonly clientIp?: string;
}

/** How a joint request ended: every part with its leaf, and which answers agreed with the one that was given. */
export interface JointOutcomeRecord {
  readonly requestId: RequestId;
  readonly keyId: KeyId;
  readonly modelId: ModelId;
  readonly result: "answered" | "failed" | "cancelled";
  readonly errorCode?: string;
  readonly parts: readonly PartSummary[];
  /** The part whose text is the answer; absent where there is none. */
  readonly chosen?: RequestId;
  /** How the answer was chosen, in a sentence. */
  readonly verdict?: string;
  readonly usage?: Usage;
  /** Of all parts together; absent while one is unknown. */
  readonly costMicroUsd?: number;
  readonly totalMs: number;
}

/**
 * The durable record of every decision. Every promise resolves only after the record is on disk (fsync); a rejection
 * means that nothing was acknowledged. Rejects with `audit_unavailable` and stays shut after an I/O error, or with
 * `budget_exceeded` when the reservation does not fit.
 */
export interface DecisionJournal {
  /** The attempt's leaf and its reservation, in one transaction. The caller MUST NOT send a byte off the box before it resolves. */
  recordAttempt(record: AttemptRecord): Promise<CommittedAttempt>;
  /** The outcome's leaf, and the reservation replaced by what it cost. */
  recordOutcome(record: OutcomeRecord): Promise<{ readonly auditIndex: number }>;
  recordRefusal(record: RefusalRecord): Promise<{ readonly auditIndex: number }>;
  /** The leaf of a joint request; its parts MUST NOT be asked before it resolves. */
  recordJoint(record: JointRecord): Promise<{ readonly auditIndex: number }>;
  recordJointOutcome(record: JointOutcomeRecord): Promise<{ readonly auditIndex: number }>;
  /** Whether records can be written now. */
  isWritable(): boolean;
}

/** What was spent of an account and is held for requests under way, in micro-USD. */
export interface Balance {
  readonly settledMicroUsd: number;
  readonly reservedMicroUsd: number;
  readonly limitMicroUsd?: number;
}

/** Spend of one key: all in micro-USD. */
export interface Spend extends Balance {
  /** That of all keys of its team together; absent where the team has no budget. */
  readonly team?: Balance;
  /** Settled since the start of the current day, week (from Monday) and month, in UTC. Absent where nobody counts. */
  readonly dayMicroUsd?: number;
  readonly weekMicroUsd?: number;
  readonly monthMicroUsd?: number;
}

/** Who a secret belongs to. Constant time in the secret; reads the database, so a new or revoked key counts at once. */
export interface KeyDirectory {
  authenticate(secret: string): Principal | undefined;
  spendOf(keyId: KeyId): Spend;
  /** The same with the spend of the day, the week and the month: a dearer question, for reports. */
  spendByPeriodOf(keyId: KeyId): Spend;
}
