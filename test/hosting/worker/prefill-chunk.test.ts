import fc from "fast-check";
import { expect, it } from "vitest";
import { prefillChunk } from "../../../src/hosting/worker/prefill-chunk.ts";

it("a chunk of the prompt is what the model reads in a quarter of a second", () => {
  expect(prefillChunk(200, 128)).toBe(50);
});

it("a chunk is as large as is allowed while nothing was measured, and for fast models", () => {
  expect(prefillChunk(undefined, 128)).toBe(128);
  expect(prefillChunk(20_000, 128)).toBe(128);
});

it("a chunk is never so small that reading becomes much slower, and never larger than is allowed", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 2_048 }), (rate, maxTokens) => {
      const chunk = prefillChunk(rate, maxTokens);
      expect(chunk).toBeLessThanOrEqual(maxTokens);
      expect(chunk).toBeGreaterThanOrEqual(Math.min(32, maxTokens));
    }),
  );
});
