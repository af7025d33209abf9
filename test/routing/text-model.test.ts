import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextReader, endsOf, MAX_SCANNED_CHARACTERS } from "../../src/routing/text-features.ts";
import { shippedTextModel } from "./shipped-text-model.ts";

const model = shippedTextModel();

describe("the reader of texts", () => {
  it("sees the same, whatever was read before", () => {
    const read = createTextReader();
    const seen = (text: string) => {
      const { grams, instructionGrams, measures } = read(text);
      return { grams: [...grams()], instructionGrams: [...instructionGrams], measures: [...measures] };
    };
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.string({ maxLength: 300 }), (text, other) => {
        const first = seen(text);
        seen(other);
        expect(seen(text)).toEqual(first);
      }),
    );
  });

  it("counts each n-gram once, and pairs only of neighbours", () => {
    const read = createTextReader();
    expect(read("one two").grams()).toHaveLength(3);
    expect(read("one two one two").grams()).toHaveLength(4);
    expect(read("12 34").grams()).toHaveLength(2);
  });

  it("looks at no more than the ends of a text, so that its work has a bound", () => {
    const read = createTextReader();
    const long = Array.from({ length: 50_000 }, (_, index) => `w${index.toString(36)}`).join(" ");
    const grams = [...read(long).grams()];
    expect(grams.length).toBeLessThanOrEqual(MAX_SCANNED_CHARACTERS);
    expect([...read(endsOf(long)).grams()]).toEqual(grams);
    expect([...read("{".repeat(100_000)).grams()].length).toBeLessThan(4);
  });
});

describe("the text model", () => {
  it("gives every text the same assessment each time, within its bounds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 500 }), (text) => {
        const first = model.assess(text);
        expect(model.assess(text)).toEqual(first);
        expect(first.familiarity).toBeGreaterThanOrEqual(0);
        expect(first.familiarity).toBeLessThanOrEqual(1);
        expect(first.taskMargin).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("is familiar with an instruction and not with noise", () => {
    expect(model.assess("Summarize the following article in three bullet points").familiarity).toBeGreaterThan(0.5);
    expect(model.assess("qzx vrrk plomf xxy zzgh wqp lkjh mnbv").familiarity).toBeLessThan(0.2);
    expect(model.assess("").familiarity).toBe(0);
  });
});
