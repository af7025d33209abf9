import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nowFactsOf } from "../../src/routing/now-facts.ts";

describe("nowFactsOf", () => {
  it("agrees with the platform's calendar on every instant of four thousand years", () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_000_000_000_000, max: Date.UTC(4_000, 0) }), (wallMs) => {
        const date = new Date(wallMs);
        const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
        const iso = `${date.toISOString().slice(0, 19)}Z`;
        expect(nowFactsOf(wallMs)).toEqual({ hour: date.getUTCHours(), weekday, iso });
      }),
      { numRuns: 2_000 },
    );
  });
});
