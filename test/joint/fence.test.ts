import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fence, shuffled } from "../../src/joint/fence.ts";

/** Chance that gives these numbers again and again. */
function chance(numbers: readonly number[]) {
  let index = 0;
  return { next: () => numbers[index++ % numbers.length] ?? 0 };
}

const numbers = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

describe("a fence around texts of others", () => {
  it("has its mark at the beginning and the end alone, whatever the text is, even where the text has the mark", () => {
    fc.assert(
      fc.property(numbers, fc.string(), fc.nat({ max: 3 }), (drawn, text, copies) => {
        const fence = new Fence(chance(drawn));
        const mark = /mark ([0-9a-f]{16})/u.exec(fence.explanation)?.[1] ?? "";
        const enclosed = fence.enclose("answer A", mark.slice(0, 8) + mark.repeat(copies) + text + mark.slice(8));
        expect(enclosed.split("\n").filter((line) => line.includes(`${mark} begin`))).toHaveLength(1);
        expect(enclosed.endsWith(`--- ${mark} end answer A`)).toBe(true);
      }),
    );
  });

  it("shows the head and the tail of a long text, and says how much is left out", () => {
    const enclosed = new Fence(chance([0.5])).enclose("answer A", `HEAD${"x".repeat(50_000)}TAIL`);
    expect(enclosed).toContain("HEAD");
    expect(enclosed).toContain("TAIL");
    expect(enclosed).toContain("(38008 characters left out)");
    expect(enclosed.length).toBeLessThan(12_200);
  });
});

describe("the order in which answers are judged", () => {
  it("has every answer once, whatever chance says", () => {
    fc.assert(
      fc.property(numbers, fc.uniqueArray(fc.string(), { maxLength: 8 }), (drawn, items) => {
        expect(shuffled(items, chance(drawn)).toSorted()).toEqual(items.toSorted());
      }),
    );
  });

  it("gives every answer each place equally often", () => {
    const places = new Map<string, number>();
    // Every pair of draws that two swaps of three items can depend on, equally often.
    for (const third of [0, 1 / 3, 2 / 3])
      for (const half of [0, 0.5])
        shuffled(["a", "b", "c"], chance([third, half])).forEach((item, place) => {
          places.set(`${item}${place}`, (places.get(`${item}${place}`) ?? 0) + 1);
        });
    expect([...places.values()]).toEqual(Array(9).fill(2));
  });
});
