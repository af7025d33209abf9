import { describe, expect, it, onTestFinished } from "vitest";
import { reportGain } from "../../src/app/report-gain.ts";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import type { DirectAlternative } from "../../src/core/direct-alternative.ts";
import type { OutcomeRecord } from "../../src/core/records.ts";
import { attemptOf, decisionOf, openAuditBox, outcomeOf } from "../audit/audit-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** 10 and 20 USD a million tokens: 100 and 50 tokens cost 2,000 micro-USD. */
const DIRECT: DirectAlternative = {
  ...{ endpointId: "acme/large", share: 0.1, totalMs: 1_000 },
  price: { inputMicroUsdPerMillion: 10_000_000, outputMicroUsdPerMillion: 20_000_000 },
};
const USAGE = { promptTokens: 100, completionTokens: 50, basis: "measured" } as const;

async function openBox() {
  const { decisions, dataDir } = await openAuditBox(temporaryFolder());
  const reader = openLeafReader(dataDir);
  onTestFinished(() => reader.close());
  return {
    reader,
    /** A request with its attempts' ends, in order. */
    request: async (id: string, direct: DirectAlternative | undefined, ...ends: readonly Partial<OutcomeRecord>[]) => {
      for (const [index, end] of ends.entries()) {
        const { endpointId = "box/signalbox/nano" } = end;
        const decision = decisionOf(id, index > 0 || direct === undefined ? {} : { direct });
        const attempt = { attemptNumber: index + 1, endpointId };
        await decisions.recordAttempt(attemptOf(id, { ...attempt, decision }));
        await decisions.recordOutcome(outcomeOf(id, { usage: USAGE, costMicroUsd: 0, ...end, ...attempt }));
      }
    },
  };
}

describe("the report of the gain", () => {
  it("compares what sampled requests cost and took with what going direct would have", async () => {
    const { reader, request } = await openBox();
    await request("req_1", DIRECT, { costMicroUsd: 500, totalMs: 400 });
    await request("req_2", DIRECT, { costMicroUsd: 0, totalMs: 800 });
    await request("req_3", undefined, { costMicroUsd: 9_999, totalMs: 9_999 });
    const { over } = await reportGain(reader, 0);
    expect(over).toMatchObject([
      {
        ...{ endpointId: "acme/large", sampled: 2, excluded: {} },
        cost: { count: 2, routedMean: 250, directMean: 2_000, savedShare: { value: 0.875 } },
        time: { count: 2, routedMean: 600, directMean: 1_000, savedMean: { value: 400 } },
      },
    ]);
  });

  it("counts the attempts in vain, and of two that ran beside each other the longer way alone", async () => {
    const { reader, request } = await openBox();
    const failed = {
      result: "failed",
      httpStatus: 502,
      errorCode: "upstream_failed",
      costMicroUsd: 100,
      totalMs: 300,
    } as const;
    await request("req_1", DIRECT, failed, { costMicroUsd: 400, totalMs: 200 });
    const superseded = { result: "cancelled", errorCode: "superseded", costMicroUsd: 50, totalMs: 600 } as const;
    await request("req_2", DIRECT, superseded, { costMicroUsd: 450, totalMs: 500 });
    const [gain] = (await reportGain(reader, 0)).over;
    expect(gain?.cost).toMatchObject({ count: 2, routedMean: 500 });
    expect(gain?.time).toMatchObject({ count: 2, routedMean: 500 });
  });

  it("compares no cost with a request that could not have gone there, and none that is unknown", async () => {
    const { reader, request } = await openBox();
    await request("req_1", { endpointId: "acme/large", share: 0.1, excludedBy: "stays-here" }, { costMicroUsd: 1 });
    await request("req_2", { endpointId: "acme/large", share: 0.1 }, { costMicroUsd: 1 });
    await request("req_3", DIRECT, { result: "failed", httpStatus: 502, errorCode: "upstream_failed" });
    expect((await reportGain(reader, 0)).over).toEqual([
      { endpointId: "acme/large", sampled: 2, excluded: { "stays-here": 1 } },
    ]);
  });

  it("says how right the prediction was where requests did go there", async () => {
    const { reader, request } = await openBox();
    await request("req_1", DIRECT, { endpointId: "acme/large", costMicroUsd: 2_000, totalMs: 1_500 });
    const [gain] = (await reportGain(reader, 0)).over;
    expect(gain?.predictedTime).toEqual({ count: 1, observedOverPredicted: 1.5 });
    expect(gain?.cost?.savedShare).toEqual({ value: 0 });
  });
});
