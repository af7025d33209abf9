import { describe, expect, it } from "vitest";
import { JointComparer } from "../../src/app/compare-joint-requests.ts";
import type { RecordedLeaf } from "../../src/audit/read-leaves.ts";

const leaf = (parts: object): RecordedLeaf => parts as RecordedLeaf;
const whole = (requestId: string, quorum: number | undefined, ...roles: readonly string[]): RecordedLeaf =>
  leaf({ kind: "joint", requestId, joint: { quorum, parts: roles.map((role) => ({ role })) } });
const part = (requestId: string, role: string): RecordedLeaf => leaf({ kind: "attempt", partOf: { requestId, role } });

describe("panels and plans under another policy", () => {
  it("are refused where fewer members than the quorum may be asked, whatever becomes of the judge", () => {
    const comparer = new JointComparer();
    comparer.observe(whole("panel", 2, "member", "member", "member", "judge"));
    comparer.decided(part("panel", "member"), { before: true, after: false });
    comparer.decided(part("panel", "judge"), { before: true, after: false });
    expect(comparer.result()).toEqual({ requests: 1, refusedBefore: 0, refusedAfter: 0 });
    comparer.decided(part("panel", "member"), { before: true, after: false });
    expect(comparer.result()).toEqual({ requests: 1, refusedBefore: 0, refusedAfter: 1 });
  });

  it("are refused where nobody may plan or join, and not for a step", () => {
    const comparer = new JointComparer();
    comparer.observe(whole("plan", undefined, "planner", "step", "joiner"));
    comparer.decided(part("plan", "step"), { before: false, after: false });
    expect(comparer.result()).toEqual({ requests: 1, refusedBefore: 0, refusedAfter: 0 });
    comparer.decided(part("plan", "joiner"), { before: false, after: true });
    expect(comparer.result()).toEqual({ requests: 1, refusedBefore: 1, refusedAfter: 0 });
  });

  it("are not confused by parts of requests from before the time that is looked at", () => {
    const comparer = new JointComparer();
    comparer.decided(part("earlier", "member"), { before: true, after: false });
    expect(comparer.result()).toEqual({ requests: 0, refusedBefore: 0, refusedAfter: 0 });
  });
});
