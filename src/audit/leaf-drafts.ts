import type { Decision } from "../core/decision.ts";
import type { AttemptRecord, JointRecord, OutcomeRecord, RefusalRecord } from "../core/records.ts";
import type { Principal } from "../core/principal.ts";
import type { LeafDraft } from "./leaf.ts";
import { networkOf, pseudonymOf } from "./pseudonyms.ts";

/** The leaf before an endpoint is asked: the whole decision for a request's first attempt, the reason for each further one. */
export function attemptDraft(record: AttemptRecord, pseudonymKey: Buffer): LeafDraft {
  const { requestId, attemptNumber, endpointId, destination, fallbackOf, reserveMicroUsd } = record;
  return {
    kind: "attempt",
    requestId,
    attemptNumber,
    endpointId,
    destination: destination?.origin,
    fallbackOf,
    hedgeOf: record.hedgeOf,
    continuationOf: record.continuationOf,
    comparisonOf: record.comparisonOf,
    partOf: record.partOf,
    reserveMicroUsd,
    ...callerFacts(record.principal, record.clientIp, pseudonymKey),
    ...(attemptNumber === 1
      ? { decision: decisionFacts(record.decision) }
      : { policySha256: record.decision.policySha256 }),
  };
}

/** The leaf of how an attempt, or a whole request, ended. */
export function outcomeDraft(record: OutcomeRecord): LeafDraft {
  return { ...record, kind: "outcome" };
}

/** The leaf of a request for which nothing was sent anywhere. */
export function refusalDraft(record: RefusalRecord, pseudonymKey: Buffer): LeafDraft {
  const { requestId, errorCode, httpStatus, message, decision, joint, partOf } = record;
  return {
    kind: "refusal",
    requestId,
    errorCode,
    httpStatus,
    message,
    ...callerFacts(record.principal, record.clientIp, pseudonymKey),
    joint,
    partOf,
    decision: decision === undefined ? undefined : decisionFacts(decision),
  };
}

/** The leaf before the parts of a joint request are asked: which, of whom, and for how much at most. */
export function jointDraft(record: JointRecord, pseudonymKey: Buffer): LeafDraft {
  const { requestId, principal, joint, dataClass, policySha256, clientIp } = record;
  return {
    kind: "joint",
    requestId,
    joint,
    dataClass,
    policySha256,
    ...callerFacts(principal, clientIp, pseudonymKey),
  };
}

/** Who asked, without naming a person: a pseudonym for the user, a network for the address. */
function callerFacts(principal: Principal, clientIp: string | undefined, pseudonymKey: Buffer) {
  return {
    keyId: principal.keyId,
    role: principal.role,
    team: principal.team,
    tags: principal.tags,
    user: principal.user === undefined ? undefined : pseudonymOf(principal.user, pseudonymKey),
    clientNetwork: clientIp === undefined ? undefined : networkOf(clientIp),
  };
}

/** The decision without what the leaf already says. */
function decisionFacts(decision: Decision): Omit<Decision, "requestId" | "keyId"> {
  const { requestId: _requestId, keyId: _keyId, ...facts } = decision;
  return facts;
}
