import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LearnedLengths, MAX_KINDS, MAX_MODELS_OF_KIND } from "../../../src/dispatch/learn/learned-lengths.ts";
import { LengthSketch } from "../../../src/dispatch/learn/length-sketch.ts";
import type { RequestShape } from "../../../src/routing/output-length.ts";

const CHAT: RequestShape = { exact: "interactive chat none text any", class: "interactive" };
const CODE: RequestShape = { exact: "interactive code none text any", class: "interactive" };

/** Lengths of which `times` answers of `tokens` were learned. */
function learnedFrom(
  ...answers: readonly { key?: string; shape?: RequestShape; model?: string; tokens: number; times?: number }[]
): LearnedLengths {
  const lengths = new LearnedLengths();
  for (const { key = "key1", shape = CHAT, model = "m", tokens, times = 10 } of answers)
    for (let time = 0; time < times; time++) lengths.add(key, shape, model, tokens);
  return lengths;
}

/** Within a range of the sketch. */
const isAbout = (length: number | undefined, tokens: number): boolean =>
  length !== undefined && length >= tokens / Math.SQRT2 - 1 && length <= tokens * Math.SQRT2 + 1;

describe("what was learned about the length of answers", () => {
  it("is the key's own before everybody's, and the shape's before the class's", () => {
    const lengths = learnedFrom(
      { tokens: 500 },
      { key: "key2", tokens: 20 },
      { key: "key3", shape: CODE, tokens: 4_000 },
    );
    expect(isAbout(lengths.lengthsOf("key1", CHAT).overall?.p50, 500)).toBe(true);
    expect(isAbout(lengths.lengthsOf("key2", CHAT).overall?.p50, 20)).toBe(true);
    expect(lengths.lengthsOf("key4", CHAT).overall).toMatchObject({ from: "requests of this shape" });
    const other = { ...CHAT, exact: "interactive other" };
    expect(lengths.lengthsOf("key4", other).overall).toMatchObject({ from: "requests of this class" });
  });

  it("tells models apart, each once it has answered often enough", () => {
    const lengths = learnedFrom(
      { model: "terse", tokens: 30 },
      { model: "chatty", tokens: 900 },
      { model: "new", tokens: 5, times: 2 },
    );
    const known = lengths.lengthsOf("key1", CHAT);
    expect(isAbout(known.ofModel("terse")?.p50, 30)).toBe(true);
    expect(isAbout(known.ofModel("chatty")?.p50, 900)).toBe(true);
    expect(known.ofModel("new")).toBeUndefined();
  });

  it("prefers what is known of the key to what is known of the model for others", () => {
    const lengths = learnedFrom({ model: "a", tokens: 30 }, { key: "key2", model: "b", tokens: 900 });
    expect(lengths.lengthsOf("key1", CHAT).ofModel("b")).toBeUndefined();
    expect(isAbout(lengths.lengthsOf("key3", CHAT).ofModel("b")?.p50, 900)).toBe(true);
  });

  it("is nothing after a few answers", () => {
    expect(learnedFrom({ tokens: 50, times: 3 }).lengthsOf("key1", CHAT).overall).toBeUndefined();
  });

  it("follows a change, because old answers fade", () => {
    const lengths = learnedFrom({ tokens: 2_000, times: 500 }, { tokens: 50, times: 150 });
    expect(isAbout(lengths.lengthsOf("key1", CHAT).overall?.p50, 50)).toBe(true);
  });

  it("keeps a bounded number of kinds and models, and gives up what was not seen for the longest time", () => {
    const lengths = learnedFrom({ key: "first", tokens: 10 });
    for (let index = 0; index < MAX_KINDS; index++) lengths.add(`key${index}`, CHAT, `model${index}`, 10);
    const saved = lengths.save();
    expect(saved).toHaveLength(MAX_KINDS);
    for (const { models } of saved) expect(models.length).toBeLessThanOrEqual(MAX_MODELS_OF_KIND);
    expect(saved.some(({ kind }) => kind.startsWith("key first "))).toBe(false);
    expect(saved.some(({ kind }) => kind.startsWith("class "))).toBe(true);
  });

  it("is the same after it was saved and restored", () => {
    const lengths = learnedFrom({ tokens: 100 }, { key: "key2", model: "other", tokens: 7 });
    const restored = new LearnedLengths();
    restored.restore(JSON.parse(JSON.stringify(lengths.save())));
    const [before, after] = [lengths, restored].map((one) => one.lengthsOf("key2", CHAT));
    expect(after?.overall?.p50).toBeCloseTo(before?.overall?.p50 ?? 0, 1);
    expect(after?.ofModel("other")?.p90).toBeCloseTo(before?.ofModel("other")?.p90 ?? 0, 1);
  });
});

describe("a sketch of lengths", () => {
  it("has every quantile within a range of the true one, in ascending order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 30 }), (tokens) => {
        const sketch = new LengthSketch();
        for (const one of tokens) sketch.add(one);
        const sorted = tokens.toSorted((a, b) => a - b);
        const [p10, p50, p90] = [0.1, 0.5, 0.9].map((share) => sketch.quantile(share) ?? -1);
        expect(p10).toBeLessThanOrEqual(p50 ?? 0);
        expect(p50).toBeLessThanOrEqual(p90 ?? 0);
        expect(p90).toBeLessThanOrEqual(((sorted.at(-1) ?? 0) + 1) * Math.SQRT2);
        expect(p10).toBeGreaterThanOrEqual(((sorted[0] ?? 0) + 1) / Math.SQRT2 - 1);
      }),
    );
  });
});
