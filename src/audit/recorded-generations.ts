import type { Decision } from "../core/decision.ts";
import type { Generation, GenerationLog, RecordedAttempt } from "../core/generation-log.ts";
import type { JointDecision } from "../core/joint-request.ts";
import type { JointOutcomeRecord, OutcomeRecord } from "../core/records.ts";
import type { LeafReader, RecordedLeaf } from "./read-leaves.ts";

/** Leaves of one request that are read: far more than the attempts that a request may make. */
const LEAVES_MAX = 64;

/** What the log holds about each request, for `/v1/generation`. */
export function createGenerationLog(reader: Pick<LeafReader, "list">): GenerationLog {
  return {
    find(requestId) {
      const read = (id: string) => reader.list({ requestId: id, limit: LEAVES_MAX }).toReversed();
      const leaves = read(requestId);
      const [first] = leaves;
      if (first === undefined) return undefined;
      const generation = generationOf(requestId, first, leaves);
      return first.kind === "joint" ? withParts(generation, first, leaves, read) : generation;
    },
  };
}

/** A joint request together with the attempts of its parts, in the order in which they were made. */
function withParts(
  generation: Generation,
  first: RecordedLeaf,
  leaves: readonly RecordedLeaf[],
  read: (requestId: string) => readonly RecordedLeaf[],
): Generation {
  const decision = first["joint"] as JointDecision;
  const end = leaves.find(({ kind }) => kind === "joint.outcome") as (RecordedLeaf & JointOutcomeRecord) | undefined;
  const chosen = end?.chosen === undefined ? undefined : read(end.chosen)[0];
  const ofChosen = chosen?.["decision"] as Omit<Decision, "requestId" | "keyId"> | undefined;
  const { requestId, keyId } = generation;
  const partIds = (end?.parts ?? decision.parts).flatMap((part) => part.requestId ?? []);
  const attempts = partIds
    .map(read)
    .flatMap((ofPart) => ofPart.filter(({ kind }) => kind === "attempt").map((leaf) => attemptOf(leaf, ofPart)));
  return {
    ...generation,
    ...(ofChosen === undefined ? {} : { decision: { ...ofChosen, requestId, keyId } }),
    attempts: attempts.toSorted((a, b) => a.auditIndex - b.auditIndex),
    joint: { decision, ...(end === undefined ? {} : { outcome: end }) },
  };
}

/** The leaves were written by this program from these very types, so that their shapes are known. */
function generationOf(requestId: string, first: RecordedLeaf, leaves: readonly RecordedLeaf[]): Generation {
  const decision = first["decision"] as Omit<Decision, "requestId" | "keyId"> | undefined;
  const keyId = String(first["keyId"]);
  const team = first["team"];
  const refusal = leaves.find(({ kind }) => kind === "refusal");
  return {
    requestId,
    keyId,
    ...(typeof team === "string" ? { team } : {}),
    recordedAtMs: Date.parse(String(first["time"])),
    attempts: leaves.filter(({ kind }) => kind === "attempt").map((leaf) => attemptOf(leaf, leaves)),
    ...(decision === undefined ? {} : { decision: { ...decision, requestId, keyId } }),
    ...(refusal === undefined
      ? {}
      : {
          refusal: {
            errorCode: String(refusal["errorCode"]),
            httpStatus: Number(refusal["httpStatus"]),
            message: String(refusal["message"]),
          },
        }),
  };
}

function attemptOf(leaf: RecordedLeaf, leaves: readonly RecordedLeaf[]): RecordedAttempt {
  const attemptNumber = Number(leaf["attemptNumber"]);
  const continuationOf = leaf["continuationOf"] as RecordedAttempt["continuationOf"];
  const outcome = leaves.find((other) => other.kind === "outcome" && other["attemptNumber"] === attemptNumber);
  return {
    attemptNumber,
    endpointId: String(leaf["endpointId"]),
    auditIndex: leaf.index,
    ...(continuationOf === undefined ? {} : { continuationOf }),
    ...(outcome === undefined ? {} : { outcome: outcome as unknown as OutcomeRecord }),
  };
}
