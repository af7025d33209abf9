import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import { AuditReadNotes } from "../../../src/gateway/admin/audit-read-notes.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const ANNA = { keyId: "key_anna", role: "auditor", requestId: "req_1" } as const;
const BEN = { keyId: "key_ben", role: "admin", requestId: "req_2" } as const;

function notes() {
  const clock = new ManualClock();
  const leaves: object[] = [];
  const failures: unknown[] = [];
  const state: { failure: Error | undefined } = { failure: undefined };
  const append = async (draft: object): Promise<void> => {
    await Promise.resolve();
    if (state.failure !== undefined) throw state.failure;
    leaves.push(draft);
  };
  return {
    clock,
    leaves,
    failures,
    state,
    notes: new AuditReadNotes({ append, clock, onFailure: (e) => failures.push(e) }),
  };
}

describe("reading the audit log", () => {
  it("is recorded with what was asked for before anything is shown", async () => {
    const { leaves, notes: reads } = notes();
    await reads.note(ANNA, { limit: 3 });
    expect(leaves).toEqual([{ kind: "audit.read", by: ANNA, query: { limit: 3 } }]);
  });

  it("again and again by one key adds one leaf a minute more, with the count", async () => {
    const { clock, leaves, notes: reads } = notes();
    for (let read = 0; read < 500; read++) await reads.note(ANNA, { read });
    await reads.note(BEN, {});
    clock.advance(60_000);
    await reads.note(ANNA, { read: 500 });
    expect(leaves).toEqual([
      { kind: "audit.read", by: ANNA, query: { read: 0 } },
      { kind: "audit.read", by: BEN, query: {} },
      { kind: "audit.read", by: { keyId: "key_anna", role: "auditor" }, moreReads: 499, windowMs: 60_000 },
      { kind: "audit.read", by: ANNA, query: { read: 500 } },
    ]);
  });

  it("at the same time waits for the one record of the first", async () => {
    const { leaves, notes: reads } = notes();
    await Promise.all([reads.note(ANNA, { a: 1 }), reads.note(ANNA, { a: 2 })]);
    expect(leaves).toHaveLength(1);
  });

  it("is refused while it can't be recorded, also to those who come with the first", async () => {
    const { leaves, state, notes: reads } = notes();
    state.failure = new SignalboxError("audit_unavailable", "disk full");
    const both = await Promise.allSettled([reads.note(ANNA, {}), reads.note(ANNA, {})]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    state.failure = undefined;
    await reads.note(ANNA, {});
    expect(leaves).toHaveLength(1);
  });

  it("leaves its count behind when the box stops", async () => {
    const { clock, leaves, notes: reads } = notes();
    await reads.note(ANNA, {});
    await reads.note(ANNA, {});
    await reads.close();
    clock.advance(120_000);
    expect(leaves.at(-1)).toMatchObject({ moreReads: 1 });
    expect(leaves).toHaveLength(2);
  });

  it("tells somebody of a count that could not be written", async () => {
    const { clock, failures, state, notes: reads } = notes();
    await reads.note(ANNA, {});
    await reads.note(ANNA, {});
    state.failure = new Error("disk full");
    clock.advance(60_000);
    await new Promise((turn) => setImmediate(turn));
    expect(failures).toEqual([state.failure]);
  });
});
