import { describe, expect, it } from "vitest";
import { measuredProfile } from "../../src/app/measured-rates.ts";
import type { EndpointState } from "../../src/core/endpoint.ts";
import { endpoint } from "../routing/builders.ts";

const stateOf = (parts: Partial<EndpointState>): EndpointState => endpoint("box", {}, parts).state;

describe("what a running box has measured of an endpoint", () => {
  it("is its rates of reading and writing, by how many answers are written together where that is known", () => {
    const decodeRates = [{ running: 2, tokensPerSecond: 30 }];
    expect(measuredProfile(stateOf({ prefillTokensPerSecond: 500, decodeTokensPerSecond: 40 }))).toEqual({
      prefillTokensPerSecond: 500,
      decodeRates: [{ running: 1, tokensPerSecond: 40 }],
    });
    expect(measuredProfile(stateOf({ prefillTokensPerSecond: 500, decodeTokensPerSecond: 40, decodeRates }))).toEqual({
      prefillTokensPerSecond: 500,
      decodeRates,
    });
  });

  it("is the time to first content with its spread, where the rate of reading is not known", () => {
    const ttftMs = { p50: 500, p75: 600, p90: 1_000, p99: 2_000, count: 50 };
    const profile = measuredProfile(stateOf({ ttftMs, decodeTokensPerSecond: 40 }));
    expect(profile).toMatchObject({ firstContentMs: 500 });
    // 9 of 10 log-normal values lie below the median times e to the power of 1.282 deviations.
    expect(500 * Math.exp(1.282 * (profile?.firstContentSpread ?? 0))).toBeCloseTo(1_000);
  });

  it("is nothing where reading or writing was never seen: nothing is guessed", () => {
    expect(measuredProfile(stateOf({}))).toBeUndefined();
    expect(measuredProfile(stateOf({ prefillTokensPerSecond: 500 }))).toBeUndefined();
    expect(measuredProfile(stateOf({ decodeTokensPerSecond: 40 }))).toBeUndefined();
  });
});
