import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LabelScorer, scoreLabels, toShares } from "../../../src/hosting/worker/score-labels.ts";

const END = 9;

/** A model whose next token depends on the last one alone: token `b` after `a` has the weight `(a + 2 b) mod 7 + 1`. */
function tokenLogprob(prefix: readonly number[], token: number): number {
  const last = prefix.at(-1) ?? 0;
  const weight = (candidate: number): number => ((last + 2 * candidate) % 7) + 1;
  const total = Array.from({ length: 10 }, (_, candidate) => weight(candidate)).reduce((sum, one) => sum + one, 0);
  return Math.log(weight(token) / total);
}

function modelOf(): LabelScorer & { readonly evaluations: string[] } {
  const evaluations: string[] = [];
  return {
    evaluations,
    next: (prefix, candidates) => {
      evaluations.push(`next ${prefix.join(",")}`);
      return Promise.resolve(new Map(candidates.map((token) => [token, tokenLogprob(prefix, token)])));
    },
    tail: (prefix, tokens) => {
      evaluations.push(`tail ${prefix.join(",")}`);
      const logprobs = tokens.map((token, index) => tokenLogprob([...prefix, ...tokens.slice(0, index)], token));
      return Promise.resolve(logprobs.reduce((sum, one) => sum + one, 0));
    },
  };
}

const productOf = (tokens: readonly number[]): number =>
  tokens.reduce((sum, token, index) => sum + tokenLogprob(tokens.slice(0, index), token), 0);

describe("the log probabilities of labels", () => {
  it("are those of their tokens one after the other; where a label begins another, it must end the answer", async () => {
    const token = fc.integer({ min: 1, max: 8 });
    const labels = fc.uniqueArray(fc.array(token, { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
      selector: (tokens) => tokens.join(","),
    });
    await fc.assert(
      fc.asyncProperty(labels, async (given) => {
        const logprobs = await scoreLabels(given, [END], modelOf());
        for (const [index, tokens] of given.entries()) {
          const begins = given.some(
            (other) => other.length > tokens.length && tokens.every((one, at) => other[at] === one),
          );
          const expected = begins ? productOf([...tokens, END]) : productOf(tokens);
          expect(logprobs[index]).toBeCloseTo(expected, 9);
        }
      }),
    );
  });

  it("take one evaluation where all labels have one token, and one more for what only one label has left", async () => {
    const single = modelOf();
    await scoreLabels([[1], [2], [3]], [END], single);
    expect(single.evaluations).toEqual(["next "]);
    const longer = modelOf();
    await scoreLabels([[1], [2, 3, 4, 5]], [END], longer);
    expect(longer.evaluations).toEqual(["next ", "tail 2"]);
  });
});

describe("shares", () => {
  it("sum to 1 however unlikely all labels are, and say how much they have together", () => {
    const { shares, mass } = toShares([-1000, -1001, -1002]);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(shares[0]).toBeGreaterThan(shares[1] ?? 1);
    expect(mass).toBeCloseTo(0, 9);
    expect(toShares([Math.log(0.25), Math.log(0.5)])).toMatchObject({
      shares: [expect.closeTo(1 / 3, 9), expect.closeTo(2 / 3, 9)],
      mass: expect.closeTo(0.75, 9),
    });
  });
});
