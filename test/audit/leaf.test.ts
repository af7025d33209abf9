import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeLeaf, LEAF_BYTES_MAX, toCanonicalJson } from "../../src/audit/leaf.ts";

const STAMP = { time: "2026-11-21T00:00:00.000Z", monotonicMs: 5, runId: "run" };

describe("encodeLeaf", () => {
  test("writes canonical JSON: names sorted, no spaces, absent facts left out", () => {
    const body = encodeLeaf({ kind: "outcome", b: 1, a: [true, { d: 0.5, c: "é" }], gone: undefined }, STAMP);
    expect(body).toBe(
      '{"a":[true,{"c":"é","d":0.5}],"b":1,"kind":"outcome","monotonicMs":5,"runId":"run","time":"2026-11-21T00:00:00.000Z","v":1}',
    );
  });

  test("is canonical whatever its facts are named: numbers, __proto__, long and broken names too", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.nat(12).map(String),
      fc.constantFrom("__proto__", "toString", "\ud800", "\uffff", "n".repeat(600), `${"n".repeat(600)}o`),
    );
    const facts = fc.dictionary(name, fc.oneof(fc.jsonValue(), fc.dictionary(name, fc.jsonValue())));
    fc.assert(
      fc.property(facts, (draft) => {
        const body = encodeLeaf({ ...draft, kind: "x" }, STAMP);
        expect(body).toBe(toCanonicalJson(JSON.parse(body)));
      }),
    );
  });

  test("states numbers that JSON can't say as null, and repairs broken text", () => {
    const leaf = JSON.parse(
      encodeLeaf({ kind: "x", score: Number.POSITIVE_INFINITY, model: "a\ud800" }, STAMP),
    ) as object;
    expect(leaf).toMatchObject({ score: null, model: "a\ufffd" });
  });

  test("cuts a client's long word, saying how much is gone", () => {
    const leaf = JSON.parse(encodeLeaf({ kind: "x", model: "m".repeat(1_000_000) }, STAMP)) as { model: string };
    expect(leaf.model).toBe(`${"m".repeat(512)}… (+999488 characters)`);
  });

  test("cuts lists that are too long, and says how many items are left out and what the whole was", () => {
    const rejected = Array.from({ length: 2_000 }, (_, index) => ({ endpointId: `cloud/m${index}`, by: "eu-stays" }));
    const body = encodeLeaf({ kind: "attempt", decision: { rejected } }, STAMP);
    const leaf = JSON.parse(body) as { decision: object };
    const whole = toCanonicalJson(rejected);
    expect(leaf.decision).toEqual({
      rejected: rejected.slice(0, 16),
      rejectedOmitted: { count: 1_984, ofAll: { bytes: whole.length, sha256: hash("sha256", whole) } },
    });
  });

  test("never exceeds its limit nor fails, whatever a fact holds", () => {
    fc.assert(
      fc.property(
        fc.anything({ maxDepth: 12, withNullPrototype: true }),
        fc.integer({ min: 1, max: 4_000 }),
        (fact, copies) => {
          const body = encodeLeaf(
            { kind: "x", requestId: "r", many: Array.from({ length: copies }, () => fact) },
            STAMP,
          );
          expect(Buffer.byteLength(body)).toBeLessThanOrEqual(LEAF_BYTES_MAX);
          expect(JSON.parse(body)).toMatchObject({ kind: "x", runId: "run" });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("keeps the request's id when nothing else fits", () => {
    const facts = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`fact${index}`, "x"]));
    expect(JSON.parse(encodeLeaf({ kind: "x", requestId: "req_1", ...facts }, STAMP))).toMatchObject({
      requestId: "req_1",
      oversized: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});
