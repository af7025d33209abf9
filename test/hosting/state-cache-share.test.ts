import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STATE_CACHE_BYTES, stateCacheShare } from "../../src/hosting/state-cache-share.ts";

const MIB = 1024 ** 2;

describe("the memory that a worker may put states aside in", () => {
  it.each([
    [24_000, 4, 256],
    [1_000, 4, 125],
    [1_000, 1, 256],
    [100, 2, 25],
    [60, 2, 0],
    [0, 1, 0],
  ])("with %i MiB left and %i workers is %i MiB", (leftMib, workers, expectedMib) => {
    expect(stateCacheShare(leftMib * MIB, workers)).toBe(expectedMib * MIB);
  });

  it("is the usual where nobody knows what is free", () => {
    expect(stateCacheShare(undefined, 3)).toBe(STATE_CACHE_BYTES);
  });

  it("is never more than half of what is left, for all of them together", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.integer({ min: 1, max: 100 }), (leftBytes, workers) => {
        expect(stateCacheShare(leftBytes, workers) * workers).toBeLessThanOrEqual(leftBytes / 2);
      }),
    );
  });
});
