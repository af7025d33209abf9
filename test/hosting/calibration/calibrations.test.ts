import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Calibration } from "../../../src/core/model-speed.ts";
import {
  calibrationsSchema,
  decodePrior,
  findCalibration,
  MAX_CALIBRATIONS,
  refineCalibration,
  withCalibration,
} from "../../../src/hosting/calibration/calibrations.ts";

const measured: Calibration = {
  file: "a",
  device: "cpu",
  threads: 2,
  engine: "engine@1",
  atMs: 1,
  prefill: [
    { promptTokens: 128, tokensPerSecond: 90 },
    { promptTokens: 512, tokensPerSecond: 110 },
  ],
  decode: [
    { running: 1, tokensPerSecond: 20 },
    { running: 4, tokensPerSecond: 10 },
  ],
};

describe("measured speeds", () => {
  it("hold for one content, device, engine and number of threads", () => {
    const all = [measured];
    expect(findCalibration(all, measured)).toBe(measured);
    for (const other of [{ file: "b" }, { device: "gpu:a" }, { engine: "engine@2" }, { threads: 3 }])
      expect(findCalibration(all, { ...measured, ...other })).toBeUndefined();
  });

  it("of whatever threads were used last are found where the threads are not known yet", () => {
    const newest = { ...measured, threads: 3 };
    const { threads: _, ...key } = measured;
    expect(findCalibration([measured, newest], key)).toBe(newest);
  });

  it("replace older ones for the same, and are bounded", () => {
    let all: readonly Calibration[] = [];
    for (let threads = 1; threads <= MAX_CALIBRATIONS + 5; threads++)
      all = withCalibration(all, { ...measured, threads });
    const again = { ...measured, threads: MAX_CALIBRATIONS + 5, atMs: 9 };
    all = withCalibration(all, again);
    expect(all).toHaveLength(MAX_CALIBRATIONS);
    expect(all.at(-1)).toBe(again);
    expect(calibrationsSchema.safeParse(all).success).toBe(true);
  });
});

describe("measured speeds and requests", () => {
  it("move towards what requests show: every length alike, and writing for its number together", () => {
    const refined = refineCalibration(measured, {
      prefillTokensPerSecond: 150,
      decode: [
        { running: 1, tokensPerSecond: 30 },
        { running: 2, tokensPerSecond: 1 },
      ],
    });
    expect(refined.prefill.map(({ tokensPerSecond }) => Math.round(tokensPerSecond))).toEqual([99, 121]);
    expect(refined.decode.map(({ tokensPerSecond }) => tokensPerSecond)).toEqual([22, 10]);
  });

  it("are believed within limits: however slow requests are, no step more than halves a tenth", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (tokensPerSecond) => {
        const { decode, prefill } = refineCalibration(measured, {
          prefillTokensPerSecond: tokensPerSecond,
          decode: [{ running: 1, tokensPerSecond }],
        });
        for (const [now, before] of [
          [decode[0]?.tokensPerSecond ?? 0, 20],
          [prefill[0]?.tokensPerSecond ?? 0, 90],
        ] as const) {
          expect(now / before).toBeGreaterThanOrEqual(0.9 - 1e-9);
          expect(now / before).toBeLessThanOrEqual(1.2 + 1e-9);
        }
      }),
    );
  });

  it("start predictions with rates that never rise with the number written together", () => {
    const noisy = { ...measured, decode: [...measured.decode, { running: 8, tokensPerSecond: 12 }] };
    expect(decodePrior(noisy).map(({ tokensPerSecond }) => tokensPerSecond)).toEqual([20, 10, 10]);
  });
});
