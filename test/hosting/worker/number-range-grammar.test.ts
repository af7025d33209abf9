import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  integerRange,
  NO_NUMBER,
  numberRange,
  readNumberBounds,
} from "../../../src/hosting/worker/number-range-grammar.ts";

/** The regular expression that a grammar of literals, classes, groups and counts means. */
function toRegExp(grammar: string): RegExp {
  const pattern = grammar
    .replaceAll(/"([^"]*)"/g, (_, text: string) => text.replaceAll(".", "\\."))
    .replaceAll(" ", "");
  return new RegExp(`^(?:${pattern})$`);
}

const anyBounds = fc.record(
  {
    minimum: fc.integer({ min: -1_100, max: 1_100 }),
    maximum: fc.integer({ min: -1_100, max: 1_100 }),
    exclusiveMinimum: fc.integer({ min: -1_100, max: 1_100 }),
    exclusiveMaximum: fc.integer({ min: -1_100, max: 1_100 }),
  },
  { requiredKeys: [] },
);

function satisfies(value: number, bounds: Readonly<Record<string, number | undefined>>): boolean {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = bounds;
  return value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
}

describe("the grammar of a range of integers", () => {
  it("admits exactly the integers within the bounds", () => {
    fc.assert(
      fc.property(anyBounds, fc.integer({ min: -1_200, max: 1_200 }), (bounds, value) => {
        const grammar = integerRange(bounds);
        if (grammar === undefined) {
          expect(bounds).toEqual({});
          return;
        }
        const admits = grammar !== NO_NUMBER && toRegExp(grammar).test(String(value));
        expect(admits).toBe(satisfies(value, bounds));
      }),
      { numRuns: 3_000 },
    );
  });

  it("admits no leading zero and no minus zero", () => {
    const admitted = toRegExp(integerRange({ minimum: -10, maximum: 10 }) ?? "");
    for (const text of ["00", "01", "-0", "-01", "+1", ""]) expect(text).not.toMatch(admitted);
  });

  it("rounds bounds that are no integers towards the range", () => {
    expect(integerRange({ minimum: 0.5, maximum: 1.5 })).toBe('"1"');
    expect(integerRange({ minimum: 0.5, maximum: 0.6 })).toBe(NO_NUMBER);
    expect(integerRange({ exclusiveMinimum: 0.5, exclusiveMaximum: 1.5 })).toBe('"1"');
  });

  it("leaves alone what is not bounded, or by more than can be written out", () => {
    expect(integerRange(readNumberBounds({ minimum: "0", maximum: Number.NaN }))).toBeUndefined();
    expect(integerRange({ minimum: 1e300 })).toBeUndefined();
    expect(toRegExp(integerRange({ minimum: 0 }) ?? "").test("123456789012345")).toBe(true);
  });
});

describe("the grammar of a range of numbers", () => {
  it("admits exactly the decimals within whole bounds", () => {
    const decimal = fc.tuple(fc.integer({ min: -1_200, max: 1_200 }), fc.constantFrom("", ".0", ".5", ".001", ".999"));
    fc.assert(
      fc.property(anyBounds, decimal, (bounds, [whole, fraction]) => {
        const text = `${whole}${fraction}`;
        const grammar = numberRange(bounds);
        if (grammar === undefined) {
          expect(bounds).toEqual({});
          return;
        }
        const admits = grammar !== NO_NUMBER && toRegExp(grammar).test(text);
        expect(admits).toBe(satisfies(Number(text), bounds));
      }),
      { numRuns: 3_000 },
    );
  });

  it("admits the probabilities", () => {
    const probability = toRegExp(numberRange({ minimum: 0, maximum: 1 }) ?? "");
    for (const text of ["0", "0.0", "0.73", "1", "1.0"]) expect(text).toMatch(probability);
    for (const text of ["1.1", "-0.1", "2", "1.01", ".5", "1e3"]) expect(text).not.toMatch(probability);
  });

  it("leaves bounds that are not whole to validation", () => {
    expect(numberRange({ minimum: 0.5 })).toBeUndefined();
    expect(numberRange({})).toBeUndefined();
  });
});
