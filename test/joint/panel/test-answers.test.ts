import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import type { EndedPart } from "../../../src/joint/part.ts";
import type { Panel } from "../../../src/joint/panel/panel.ts";
import { bestTested, standOfTests } from "../../../src/joint/panel/test-answers.ts";

const MEMBERS = ["a", "b", "c", "d", "e"];

/** How a member ends: `undefined` where its answer does not count, else how many tests it fails. */
function ended(modelId: string, failed: number | undefined): EndedPart {
  const part = { role: "member", modelId } as EndedPart["part"];
  if (failed === undefined) return { part, error: new SignalboxError("tests_failed", "no") };
  return { part, text: "x", failedTests: Array.from({ length: failed }, (_, index) => ({ id: `t${index}` })) };
}

const outcomes = fc.array(fc.option(fc.nat({ max: 2 }), { nil: undefined }), { minLength: 1, maxLength: 5 });

describe("the choice by tests", () => {
  it("is never changed by the members that were not waited for, in whatever order they answer", () => {
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 3 }), fc.infiniteStream(fc.nat()), (given, quorum, keys) => {
        const members = MEMBERS.slice(0, given.length);
        const panel = { members, quorum } as unknown as Panel;
        const ends = given.map((failed, index) => ended(members[index] ?? "", failed));
        const order = ends
          .map((end) => ({ end, key: keys.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ end }) => end);
        const counted = given.filter((failed) => failed !== undefined).length;
        expect(standOfTests(panel, ends, [])).toBe(counted >= quorum ? "decided" : "no-quorum");
        for (let seen = 0; seen < order.length; seen += 1) {
          const outstanding = order.slice(seen).map(({ part }) => part.modelId);
          const early = order.slice(0, seen);
          const stand = standOfTests(panel, early, outstanding);
          if (stand === "decided") expect(bestTested(panel, early)).toBe(bestTested(panel, ends));
          if (stand === "no-quorum") expect(counted).toBeLessThan(quorum);
        }
      }),
    );
  });

  it("is decided by the first member's answer alone where that passes everything", () => {
    const panel = { members: MEMBERS, quorum: 1 } as unknown as Panel;
    expect(standOfTests(panel, [ended("a", 0)], ["b", "c", "d", "e"])).toBe("decided");
    expect(standOfTests(panel, [ended("b", 0)], ["a", "c", "d", "e"])).toBe("open");
    expect(standOfTests(panel, [ended("a", 1)], ["b"])).toBe("open");
  });
});
