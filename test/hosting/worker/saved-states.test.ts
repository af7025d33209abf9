import fc from "fast-check";
import { expect, test } from "vitest";
import { SavedStates } from "../../../src/hosting/worker/saved-states.ts";

const MAX_BYTES = 100;

function statesOf(...states: readonly { scope: string; tokens: readonly number[]; bytes: number }[]): {
  readonly saved: SavedStates<(typeof states)[number]>;
} {
  const saved = new SavedStates<(typeof states)[number]>(MAX_BYTES);
  for (const state of states) saved.add(state);
  return { saved };
}

const A = { scope: "a", tokens: [1, 2, 3], bytes: 30 };
const LONGER = { scope: "a", tokens: [1, 2, 9, 9], bytes: 30 };
const OTHER = { scope: "b", tokens: [1, 2, 3, 4], bytes: 30 };

test("the state that has most of a prompt's beginning is found, of the prompt's own scope only", () => {
  const { saved } = statesOf(A, LONGER, OTHER);
  expect(saved.find([1, 2, 3, 4], "a")).toEqual({ state: A, commonTokens: 3 });
  expect(saved.find([1, 2, 9, 4], "a")).toEqual({ state: LONGER, commonTokens: 3 });
  expect(saved.find([1, 2, 3, 4], "c")).toBeUndefined();
  expect(saved.find([7], "a")).toBeUndefined();
});

test("what a saved state begins with need not be saved again", () => {
  const { saved } = statesOf(OTHER);
  expect(saved.covers([1, 2], "b")).toBe(true);
  expect(saved.covers([1, 2, 3, 4, 5], "b")).toBe(false);
  expect(saved.covers([1, 2], "a")).toBe(false);
});

test("a state makes those of its scope superfluous that it continues", () => {
  const { saved } = statesOf(A, LONGER, OTHER);
  expect(saved.add({ scope: "a", tokens: [1, 2, 3, 4], bytes: 1 })).toEqual([A]);
  expect(saved.count).toBe(3);
});

test("the least recently used have to go, and nothing goes for what would never fit", () => {
  const { saved } = statesOf(A, LONGER, OTHER);
  saved.touch(A);
  expect(saved.makeRoom(MAX_BYTES + 1)).toBeUndefined();
  expect(saved.count).toBe(3);
  expect(saved.makeRoom(20)).toEqual([LONGER]);
  expect(saved.bytes).toBe(60);
});

test("there are never more states or bytes than allowed", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 2 * MAX_BYTES }), { maxLength: 200 });
  fc.assert(
    fc.property(sizes, (all) => {
      const saved = new SavedStates(MAX_BYTES);
      for (const [index, bytes] of all.entries()) {
        if (saved.makeRoom(bytes) !== undefined) saved.add({ scope: "a", tokens: [index, 0], bytes });
        expect(saved.bytes).toBeLessThanOrEqual(MAX_BYTES);
        expect(saved.count).toBeLessThanOrEqual(64);
      }
    }),
  );
});
