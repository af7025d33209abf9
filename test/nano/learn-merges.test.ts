import { describe, expect, test } from "vitest";
import { Encoder } from "../../scripts/nano/encoder.ts";
import { Draw } from "../../scripts/nano/language/draw.ts";
import { capitalize, inventedWord } from "../../scripts/nano/language/words.ts";
import { learnMerges } from "../../scripts/nano/learn-merges.ts";
import { ENGLISH_WORDS } from "../../scripts/build-model/english-words.ts";

const merges = learnMerges(1);
const encoder = new Encoder(merges);

function cut(text: string): readonly string[] {
  return encoder.encode({ text, isTemplate: false }).map((id) => encoder.tokenizer.tokens[id] ?? "");
}

describe("The vocabulary", () => {
  const draw = new Draw(1, "train");
  const invented = Array.from({ length: 2_000 }, () => inventedWord(draw));

  test("cuts a word at the same places in small letters, with a capital in front, and in capitals", () => {
    for (const word of [...ENGLISH_WORDS, ...invented, "aaaab", "ssss", "papapa"]) {
      const small = cut(word.toLowerCase());
      expect(cut(capitalize(word.toLowerCase()))).toEqual(
        small.map((piece, index) => (index === 0 ? capitalize(piece) : piece)),
      );
      expect(cut(word.toUpperCase())).toEqual(small.map((piece) => piece.toUpperCase()));
    }
  });

  test("is the same from the same seed", () => {
    expect(learnMerges(1)).toEqual(merges);
  });

  test("cuts a value the same way in prose and in JSON", () => {
    const value = cut("Kowalski");
    expect(cut('{"name": "Kowalski"}').join()).toContain(value.join());
    expect(cut("(Kowalski)").join()).toContain(value.join());
  });

  test("has each of its pieces of letters once, whatever the case, and says it where the training has it in a line", () => {
    const pieces = encoder.letterPieces();
    expect(new Set(pieces.map((piece) => piece.toLowerCase())).size).toBe(pieces.length);
    expect(pieces.length).toBeGreaterThan(500);
    const whole = pieces.filter((piece) => cut(piece).length === 1);
    expect(whole.length / pieces.length).toBeGreaterThan(0.95);
    expect(pieces).not.toContain("THE");
  });
});
