import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bill } from "../../src/core/joint-request.ts";
import { Purse } from "../../src/joint/purse.ts";

const held = fc.record({ worst: fc.nat({ max: 100 }), share: fc.integer({ min: 0, max: 100 }), paid: fc.boolean() });

describe("the purse of a joint request", () => {
  it("never lets its parts hold or spend more than its limit together, whatever is billed and when", () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.array(held, { maxLength: 12 }), (limit, attempts) => {
        const purse = new Purse(limit);
        const parts = [purse.forPart(), purse.forPart()];
        let open = 0;
        let spent = 0;
        for (const [index, { worst, share, paid }] of attempts.entries()) {
          let pay: ((bill: Bill) => void) | undefined;
          try {
            pay = parts[index % 2]?.hold(worst);
          } catch (error) {
            expect(error).toMatchObject({ code: "budget_exceeded" });
            expect(open + spent + worst).toBeGreaterThan(limit);
            continue;
          }
          const cost = Math.floor((worst * share) / 100);
          if (paid) pay?.({ costMicroUsd: cost });
          open += paid ? 0 : worst;
          spent += paid ? cost : 0;
          expect(open + spent).toBeLessThanOrEqual(limit);
          expect(purse.leftMicroUsd).toBe(limit - open - spent);
          expect(purse.costMicroUsd).toBe(spent);
        }
        expect(parts.reduce((sum, part) => sum + (part.costMicroUsd ?? 0), 0)).toBe(spent);
      }),
    );
  });

  it("keeps what was held for an attempt whose cost nobody knows, and then knows no sum", () => {
    const purse = new Purse(100);
    purse.hold(60)({});
    expect(purse.leftMicroUsd).toBe(40);
    expect(purse.costMicroUsd).toBeUndefined();
  });

  it("refuses an unknown price where the sum is limited, and only there", () => {
    expect(() => new Purse(100).hold(undefined)).toThrow(expect.objectContaining({ code: "price_unknown" }));
    expect(() => new Purse().hold(undefined)).not.toThrow();
  });

  it("adds up tokens, measured only where all were", () => {
    const purse = new Purse();
    purse.hold(1)({ usage: { promptTokens: 5, completionTokens: 2, basis: "measured" } });
    purse.hold(1)({ usage: { promptTokens: 7, basis: "estimated" } });
    expect(purse.usage).toEqual({ promptTokens: 12, basis: "estimated" });
  });
});
