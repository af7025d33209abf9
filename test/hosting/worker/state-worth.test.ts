import { expect, test } from "vitest";
import {
  isWorthCopying,
  isWorthRestoring,
  isWorthSaving,
  type StateRates,
} from "../../../src/hosting/worker/state-worth.ts";

/** A model of half a billion parameters on a CPU: 12 kB a token, 200 tokens a second. */
const SLOW_READER: StateRates = {
  bytesPerToken: 12_000,
  saveBytesPerMs: 500_000,
  restoreBytesPerMs: 500_000,
  prefillTokensPerSecond: 200,
};
/** Reads so fast that nothing is worth keeping. */
const FAST_READER: StateRates = { ...SLOW_READER, prefillTokensPerSecond: 1_000_000 };

test("a state is saved where reading it again takes much longer than saving and restoring it", () => {
  expect(isWorthSaving(600, 620, SLOW_READER)).toBe(true);
  expect(isWorthSaving(600, 620, FAST_READER)).toBe(false);
});

test("a state that loses only its last few tokens stays in its slot and is not saved", () => {
  expect(isWorthSaving(20, 620, SLOW_READER)).toBe(false);
});

test("a large state is neither saved nor restored for the few of its tokens that are of use", () => {
  const slowMemory: StateRates = { ...SLOW_READER, saveBytesPerMs: 50_000, restoreBytesPerMs: 50_000 };
  expect(isWorthSaving(100, 10_000, slowMemory)).toBe(false);
  expect(isWorthRestoring(100, 10_000, slowMemory)).toBe(false);
  expect(isWorthRestoring(9_000, 10_000, slowMemory)).toBe(true);
});

test("another slot's state is copied where that is sooner than reading what is in common", () => {
  expect(isWorthCopying(600, 620, SLOW_READER)).toBe(true);
  expect(isWorthCopying(600, 620, FAST_READER)).toBe(false);
  expect(isWorthCopying(63, 620, SLOW_READER)).toBe(false);
  expect(isWorthCopying(100, 10_000, { ...SLOW_READER, saveBytesPerMs: 50_000, restoreBytesPerMs: 50_000 })).toBe(
    false,
  );
});

test("nothing is restored that has no more of the prompt than the slot has", () => {
  expect(isWorthRestoring(0, 620, SLOW_READER)).toBe(false);
  expect(isWorthRestoring(-10, 620, SLOW_READER)).toBe(false);
});
