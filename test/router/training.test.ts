import { describe, expect, it } from "vitest";
import { dot, fitLogistic, sigmoid } from "../../scripts/router/logistic-regression.ts";
import { readCsv } from "../../scripts/router/read-csv.ts";
import { bootstrap, calibrationError, routingQuality } from "../../scripts/router/routing-metrics.ts";
import { seededRandom } from "../../scripts/router/seeded-random.ts";
import { writtenPrompts } from "../../scripts/router/written-prompts.ts";

describe("readCsv", () => {
  it("reads line breaks, commas and doubled quotes inside of quotes", () => {
    expect(readCsv('a,b\n"x\n""y"", z",1\r\n,2\n')).toEqual([
      { a: 'x\n"y", z', b: "1" },
      { a: "", b: "2" },
    ]);
  });

  it("says where a field does not end", () => {
    expect(() => readCsv('a\n"x')).toThrow("character 2");
  });
});

describe("routingQuality", () => {
  const rows = [
    { weak: 1, strong: 1 },
    { weak: 0, strong: 1 },
    { weak: 1, strong: 1 },
    { weak: 0, strong: 1 },
  ];
  const scored = (scores: readonly number[]) => rows.map((row, index) => ({ ...row, score: scores[index] ?? 0 }));

  it("gives a router that knows nothing half of the area, and 50 and 80 per cent of the calls", () => {
    const { apgr, cpt50, cpt80 } = routingQuality(scored([0, 0, 0, 0]));
    expect([apgr, cpt50, cpt80]).toEqual([0.5, 50, expect.closeTo(80, 9)]);
  });

  it("rewards the order that sends the right prompts first", () => {
    expect(routingQuality(scored([0, 9, 1, 8]))).toEqual({ apgr: 0.75, cpt50: 25, cpt80: 40 });
    expect(routingQuality(scored([9, 0, 8, 1])).apgr).toBe(0.25);
  });
});

describe("calibration", () => {
  it("has no error where the stated share is the seen one", () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ probability: 0.5, happened: index % 2 }));
    expect(calibrationError(rows)).toBe(0);
    expect(calibrationError(rows.map((row) => ({ ...row, probability: 0.7 })))).toBeCloseTo(0.2, 9);
  });

  it("gives the same interval for the same seed, around the figure", () => {
    const rows = Array.from({ length: 50 }, (_, index) => index);
    const mean = (drawn: readonly number[]): number => drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const first = bootstrap(rows, mean, seededRandom(1), 100);
    expect(bootstrap(rows, mean, seededRandom(1), 100)).toEqual(first);
    expect(first.low).toBeLessThan(first.value);
    expect(first.high).toBeGreaterThan(first.value);
  });
});

describe("fitLogistic", () => {
  const row = (...indices: number[]) => ({
    indices: Int32Array.from([...indices, 2]),
    values: new Float32Array(indices.length + 1).fill(1),
  });

  it("finds which feature tells, the same each time", () => {
    const rows = [row(0), row(0), row(1), row(1)];
    const options = { dimensions: 3, c: 10, iterations: 200 };
    const weights = fitLogistic(rows, Float32Array.from([1, 1, 0, 0]), options);
    expect(sigmoid(dot(row(0), weights))).toBeGreaterThan(0.8);
    expect(sigmoid(dot(row(1), weights))).toBeLessThan(0.2);
    expect(fitLogistic(rows, Float32Array.from([1, 1, 0, 0]), options)).toEqual(weights);
  });

  it("stays near nothing where it is held to small weights", () => {
    const weights = fitLogistic([row(0)], Float32Array.from([1]), { dimensions: 3, c: 0.001 });
    expect(Math.abs(weights[0] ?? 1)).toBeLessThan(0.01);
  });
});

describe("the written prompts", () => {
  it("are the same for a seed, and leave no slot open", () => {
    const prompts = writtenPrompts(seededRandom(7));
    expect(writtenPrompts(seededRandom(7))).toEqual(prompts);
    const openSlot =
      /\{(?:topic|thing|passage|kind|labels|entit(?:y|ies)|num|lang|language|country|activity|code|error)\}/;
    expect(prompts.filter(({ prompt }) => openSlot.test(prompt))).toEqual([]);
  });
});
