import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Foreseen } from "../../src/joint/foresee.ts";
import { shareCharacters, showWhatFits } from "../../src/joint/shown-texts.ts";
import { MAY_BE_TOO_SHORT } from "../../src/routing/fit.ts";

describe("the characters of texts that are shown", () => {
  it("are never more together than there is room for, and leave out nothing while there is room", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(200), { minLength: 1, maxLength: 8 }),
        fc.nat(1_000),
        fc.nat(150),
        (lengths, room, most) => {
          const texts = lengths.map((length) => "x".repeat(length));
          const each = shareCharacters(texts, room, most);
          expect(each).toBeLessThanOrEqual(most);
          const shown = lengths.reduce((sum, length) => sum + Math.min(length, each), 0);
          expect(shown).toBeLessThanOrEqual(room);
          const next = lengths.reduce((sum, length) => sum + Math.min(length, each + 1), 0);
          if (each < most) expect(next).toBeGreaterThan(room);
        },
      ),
    );
  });
});

/** A request that fits, may fit, or does not fit into a context of so many characters. */
function inContext(characters: number) {
  const asked: number[] = [];
  return {
    asked,
    foresee: (shown: number): Foreseen => {
      asked.push(shown);
      const candidates = shown > 2 * characters ? [] : [{ reasons: shown > characters ? [MAY_BE_TOO_SHORT] : [] }];
      return { decision: { candidates, rejected: [{ kind: "context" }] } } as unknown as Foreseen;
    },
  };
}

describe("a request that shows texts", () => {
  it.each([
    [12_000, 12_000],
    [7_000, 6_000],
    [800, 750],
    [400, 750],
  ])("with room for %i characters of each shows %i of them", (room, shown) => {
    expect(showWhatFits(12_000, inContext(room).foresee).shownCharacters).toBe(shown);
  });

  it("is not tried again where something else than its context forbids it", () => {
    const asked: number[] = [];
    const forbidden = { decision: { candidates: [], rejected: [{ kind: "constraint" }] } } as unknown as Foreseen;
    const { foreseen } = showWhatFits(12_000, (shown) => {
      asked.push(shown);
      return forbidden;
    });
    expect([foreseen, asked]).toEqual([forbidden, [12_000]]);
  });
});
