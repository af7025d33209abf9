import { describe, expect, it } from "vitest";
import { summarizeComparison, type ComparedDecision } from "../../src/app/policy-comparison.ts";

const decision = (parts: Partial<ComparedDecision>): ComparedDecision => ({
  auditIndex: 1,
  requestId: "req_1",
  change: "none",
  forbidden: [],
  allowed: [],
  ...parts,
});
const at = (endpointId: string, costMicroUsd?: number, ttftMs?: number) => ({
  endpointId,
  location: endpointId.startsWith("box/") ? "box" : "cloud",
  ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
  ...(ttftMs === undefined ? {} : { ttftMs }),
});

describe("the comparison of two policies", () => {
  it("counts changes and moves, the most frequent first", () => {
    const moved = decision({ change: "first", before: at("box/a"), after: at("x/b") });
    const refused = decision({ change: "refused", before: at("box/a"), forbidden: [{ endpointId: "box/a", by: "r" }] });
    const summary = summarizeComparison([refused, moved, moved, decision({ before: at("box/a"), after: at("box/a") })]);
    expect(summary).toMatchObject({
      decisions: 4,
      changes: { none: 1, fallbacks: 0, first: 2, refused: 1, permitted: 0 },
      moves: [
        { from: "box/a", to: "x/b", count: 2 },
        { from: "box/a", to: "refused", count: 1 },
      ],
      before: { locations: { box: 4 } },
      after: { locations: { box: 1, cloud: 2, refused: 1 } },
      forbiddenBy: { r: 1 },
    });
  });

  it("sums price and waiting only where both sides are known, so that knowing little does not look cheap", () => {
    const summary = summarizeComparison([
      decision({ before: at("x/a", 100, 10), after: at("box/b", 0, 30) }),
      decision({ before: at("x/a", 900, 90), after: at("y/c") }),
    ]);
    expect(summary).toMatchObject({
      costKnown: 1,
      ttftKnown: 1,
      before: { costMicroUsd: 100, ttftP50Ms: 10, ttftP95Ms: 10 },
      after: { costMicroUsd: 0, ttftP50Ms: 30 },
    });
  });

  it("counts cascades that begin and end, although the same endpoints are asked", () => {
    const decisions = (["before", "both", "after", "after"] as const).map((cascade) => decision({ cascade }));
    expect(summarizeComparison(decisions)).toMatchObject({ before: { cascades: 2 }, after: { cascades: 3 } });
  });

  it("keeps few examples of each change", () => {
    const many = Array.from({ length: 50 }, (_, auditIndex) => decision({ auditIndex, change: "refused" }));
    expect(summarizeComparison(many).examples.map(({ auditIndex }) => auditIndex)).toEqual([0, 1, 2, 3, 4]);
  });

  it("says nothing of price and time when there was no decision", () => {
    expect(summarizeComparison([])).toMatchObject({ decisions: 0, before: { costMicroUsd: 0 }, examples: [] });
  });
});
