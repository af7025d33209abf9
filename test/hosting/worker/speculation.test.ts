import fc from "fast-check";
import { expect, test } from "vitest";
import { lookUp, Speculation } from "../../../src/hosting/worker/speculation.ts";

/** A step of four rows costs twice, one of eight three times a single token. */
const COSTS = {
  decode: { stepMs: (size: number) => (size === 1 ? 80 : undefined) },
  verify: { stepMs: (rows: number) => ({ 4: 160, 8: 240 })[rows] },
};
const UNREPEATED = Array.from({ length: 50 }, (_, index) => index);

/** Writes `answer` after `prompt` and tells how many tokens were drafted. */
function draftedFor(prompt: readonly number[], answer: readonly number[], costs = COSTS): number {
  const speculation = new Speculation(costs);
  const tokens = [...prompt];
  let drafted = 0;
  for (const token of answer) {
    drafted += speculation.plan(tokens, 100).length;
    speculation.observe(token);
    tokens.push(token);
  }
  return drafted;
}

test("what followed the same tokens most recently is looked up", () => {
  expect(lookUp([1, 2, 3, 4, 5, 9, 1, 2, 3], 2)).toEqual([4, 5]);
  expect(lookUp([8, 8, 8, 8, 8, 8, 8], 3)).toEqual([8, 8, 8]);
  expect(lookUp([1, 2, 3, 4, 1, 2, 3, 5, 6, 1, 2, 3], 2)).toEqual([5, 6]);
  expect(lookUp([1, 2, 3, 4, 5], 7)).toEqual([]);
  expect(lookUp([1, 2], 7)).toEqual([]);
});

test("a text that copies is drafted once some tokens have shown that it does", () => {
  expect(draftedFor(UNREPEATED, UNREPEATED.slice(0, 5))).toBe(0);
  expect(draftedFor(UNREPEATED, UNREPEATED)).toBeGreaterThan(50);
});

test("a text that says nothing twice is never drafted", () => {
  expect(
    draftedFor(
      UNREPEATED,
      UNREPEATED.map((token) => token + 1_000),
    ),
  ).toBe(0);
});

test("a text whose repetitions go on differently is not drafted", () => {
  const answer = UNREPEATED.flatMap((token) => [1, 2, 3, token + 1_000]);
  expect(draftedFor(UNREPEATED, answer)).toBe(0);
});

test("nothing is drafted where confirming tokens takes as long as writing them, or nothing was measured", () => {
  const slow = { ...COSTS, verify: { stepMs: (rows: number) => rows * 80 } };
  expect(draftedFor(UNREPEATED, UNREPEATED, slow)).toBe(0);
  const unknown = { ...COSTS, decode: { stepMs: () => undefined } };
  expect(draftedFor(UNREPEATED, UNREPEATED, unknown)).toBe(0);
});

test("a draft is never longer than is allowed", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 60 }), fc.nat(9), (tokens, maxTokens) => {
      const speculation = new Speculation(COSTS);
      for (const [index, token] of tokens.entries()) {
        expect(speculation.plan(tokens.slice(0, index), maxTokens).length).toBeLessThanOrEqual(maxTokens);
        speculation.observe(token);
      }
    }),
  );
});
