import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BYTE_CHARACTERS } from "../../scripts/build-model/byte-alphabet.ts";
import { cutIntoDistinctPieces } from "../../scripts/build-model/script-pieces.ts";
import { buildTokenizer, tokenIdOf } from "../../scripts/build-model/tokenizer.ts";
import { tokensOf, trainEnglishMerges } from "../../scripts/build-model/train-bpe.ts";

describe("the byte alphabet", () => {
  test("has a different printable character for every byte", () => {
    expect(new Set(BYTE_CHARACTERS).size).toBe(256);
    expect(BYTE_CHARACTERS.join("")).not.toMatch(/[\s\p{Cc}]/u);
  });
});

describe("merges", () => {
  const merges = trainEnglishMerges(300);

  test("join only what is already a token", () => {
    const known = new Set<string>(BYTE_CHARACTERS);
    for (const [left, right] of merges) {
      expect(known.has(left)).toBe(true);
      expect(known.has(right)).toBe(true);
      known.add(left + right);
    }
  });

  test("are the first ones of a longer list", () => {
    expect(trainEnglishMerges(400).slice(0, 300)).toEqual(merges);
  });

  test("make common words one token", () => {
    const tokens = tokensOf(trainEnglishMerges(1000));
    for (const word of ["Ġthe", "Ġand", "Ġwith", "Ġwas"]) expect(tokens).toContain(word);
  });
});

describe("a vocabulary", () => {
  test("has no text twice, a type for each token, and whole blocks", () => {
    const tokenizer = buildTokenizer({ merges: trainEnglishMerges(500), pieces: [" hello there"] });
    expect(new Set(tokenizer.tokens).size).toBe(tokenizer.tokens.length);
    expect(tokenizer.types).toHaveLength(tokenizer.tokens.length);
    expect(tokenizer.tokens.length % 32).toBe(0);
    expect(tokenizer.tokens[tokenIdOf(tokenizer, " hello there")]).toBe("ĠhelloĠthere");
  });

  test("refuses a piece that is a token already", () => {
    expect(() => buildTokenizer({ merges: [], pieces: ["a"] })).toThrow("twice");
  });
});

describe("the pieces of a script", () => {
  test("are words, and longer where a word is repeated", () => {
    expect(cutIntoDistinctPieces("the cat and the dog")).toEqual(["the", " cat", " and", " the", " dog"]);
    expect(cutIntoDistinctPieces("no no no no")).toEqual(["no", " no", " no no"]);
  });

  test("are distinct, not single bytes, and the whole text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "ab", "the", "\n", " ", "é"), { minLength: 1, maxLength: 30 }),
        (words) => {
          const text = `start ${words.join(" ")} end`;
          const pieces = cutIntoDistinctPieces(text);
          expect(pieces.join("")).toBe(text);
          expect(new Set(pieces).size).toBe(pieces.length);
          for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeGreaterThan(1);
        },
      ),
    );
  });

  test("keep clear of what is taken", () => {
    expect(cutIntoDistinctPieces("one two", new Set([" two"]))).toEqual(["one two"]);
  });
});
