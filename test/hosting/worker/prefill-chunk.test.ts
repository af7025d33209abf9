import fc from "fast-check";
import { expect, it } from "vitest";
import { prefillChunk } from "../../../src/hosting/worker/prefill-chunk.ts";

const ALONE = { maxTokens: 128, decodeRoundMs: 0, prefillingSlots: 1 };

it("a chunk of the prompt is what the model reads in a quarter of a second", () => {
  expect(prefillChunk({ ...ALONE, tokensPerSecond: 200 })).toBe(50);
});

it("a chunk is as large as is allowed while nothing was measured, and for fast models", () => {
  expect(prefillChunk(ALONE)).toBe(128);
  expect(prefillChunk({ ...ALONE, tokensPerSecond: 20_000 })).toBe(128);
});

it("while others write, a chunk takes as long as a token of theirs, and several prompts share that time", () => {
  const shared = { maxTokens: 128, tokensPerSecond: 200, decodeRoundMs: 160 };
  expect(prefillChunk({ ...shared, prefillingSlots: 1 })).toBe(32);
  expect(prefillChunk({ ...shared, prefillingSlots: 2 })).toBe(16);
  expect(prefillChunk({ ...shared, decodeRoundMs: 5, prefillingSlots: 1 })).toBe(10);
});

it("a chunk is never so small that reading becomes much slower, and never larger than is allowed", () => {
  fc.assert(
    fc.property(
      fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
      fc.integer({ min: 1, max: 2_048 }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      fc.integer({ min: 0, max: 64 }),
      (tokensPerSecond, maxTokens, decodeRoundMs, prefillingSlots) => {
        const chunk = prefillChunk({ tokensPerSecond, maxTokens, decodeRoundMs, prefillingSlots });
        const alone = prefillChunk({ tokensPerSecond, maxTokens, decodeRoundMs: 0, prefillingSlots: 1 });
        expect(chunk).toBeLessThanOrEqual(alone);
        expect(chunk).toBeGreaterThanOrEqual(Math.min(decodeRoundMs > 0 ? 8 : 32, maxTokens));
      },
    ),
  );
});
