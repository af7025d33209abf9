import { describe, expect, it } from "vitest";
import { answeringAttempt, type Generation, type RecordedAttempt } from "../../src/core/generation-log.ts";
import type { OutcomeRecord } from "../../src/core/records.ts";

function attempt(auditIndex: number, result: OutcomeRecord["result"]): RecordedAttempt {
  const attemptNumber = auditIndex;
  const endpointId = `acme/${auditIndex}`;
  const outcome = { requestId: "r", keyId: "k", attemptNumber, endpointId, result, httpStatus: 200, totalMs: 1 };
  return { attemptNumber, endpointId, auditIndex, outcome };
}

const generation = (attempts: readonly RecordedAttempt[], more: Partial<Generation> = {}): Generation => ({
  requestId: "r",
  keyId: "k",
  recordedAtMs: 0,
  attempts,
  ...more,
});

describe("the attempt whose answer the caller has", () => {
  it("is the one that answered, whatever failed or was cancelled before and after it", () => {
    const attempts = [attempt(1, "failed"), attempt(2, "answered"), attempt(3, "cancelled")];
    expect(answeringAttempt(generation(attempts))?.auditIndex).toBe(2);
  });

  it("is the one after an answer that was held back, and that answer where nobody came after it", () => {
    expect(answeringAttempt(generation([attempt(1, "answered"), attempt(2, "answered")]))?.auditIndex).toBe(2);
    expect(answeringAttempt(generation([attempt(1, "answered"), attempt(2, "failed")]))?.auditIndex).toBe(1);
  });

  it("is that of the part that was chosen, and none where none was", () => {
    const attempts = [attempt(1, "answered"), attempt(2, "answered"), attempt(3, "answered")];
    const parts = [1, 2, 3].map((auditIndex) => ({
      role: "member" as const,
      modelId: "m",
      requestId: `part${auditIndex}`,
      auditIndex,
    }));
    const decision = { kind: "panel" as const, modelId: "p", parts: [], leftOut: [] };
    const ended = { requestId: "r", keyId: "k", modelId: "p", result: "answered" as const, parts, totalMs: 1 };
    const given = generation(attempts, { joint: { decision, outcome: { ...ended, chosen: "part2" } } });
    expect(answeringAttempt(given)?.auditIndex).toBe(2);
    const failed = generation(attempts, { joint: { decision, outcome: { ...ended, result: "failed" } } });
    expect(answeringAttempt(failed)).toBeUndefined();
    expect(answeringAttempt(generation(attempts, { joint: { decision } }))).toBeUndefined();
  });
});
