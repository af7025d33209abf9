import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, periodStarts } from "../../src/ledger/spend-periods.ts";
import { attemptOf, openAuditBox, outcomeOf, PRINCIPAL } from "../audit/audit-box.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const MS_PER_DAY = 86_400_000;

describe("the periods that spend is summed over", () => {
  it("begin on Mondays and on the first of the month", () => {
    // 21 November 2026 is a Saturday.
    const { day, week, month } = periodStarts(Date.UTC(2026, 10, 21, 23, 59));
    expect(new Date(day * MS_PER_DAY).toISOString()).toBe("2026-11-21T00:00:00.000Z");
    expect(new Date(week * MS_PER_DAY).toISOString()).toBe("2026-11-16T00:00:00.000Z");
    expect(new Date(month * MS_PER_DAY).toISOString()).toBe("2026-11-01T00:00:00.000Z");
  });

  it("hold the day at every time", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), (date) => {
        const { day, week, month } = periodStarts(date.getTime());
        expect(day).toBe(dayOf(date.getTime()));
        expect(new Date(week * MS_PER_DAY).getUTCDay()).toBe(1);
        expect(day - week).toBeLessThan(7);
        expect(week).toBeLessThanOrEqual(day);
        expect(new Date(month * MS_PER_DAY).getUTCDate()).toBe(1);
        expect(day - month).toBeLessThan(31);
      }),
    );
  });
});

describe("what a key has spent", () => {
  it("is told by day, week and month", async () => {
    // A Friday; the next day is a Saturday, then comes a Monday, then another month.
    const clock = new ManualClock(Date.UTC(2026, 10, 20, 12));
    const box = await openAuditBox(temporaryFolder(), clock);
    const { keyId } = await box.keys.createKey({ name: "a" });
    const principal = { ...PRINCIPAL, keyId };
    const spend = async (requestId: string, costMicroUsd: number): Promise<void> => {
      await box.decisions.recordAttempt(attemptOf(requestId, { principal, reserveMicroUsd: 100 }));
      await box.decisions.recordOutcome(outcomeOf(requestId, { keyId, costMicroUsd }));
    };
    const periods = () => {
      const { settledMicroUsd, dayMicroUsd, weekMicroUsd, monthMicroUsd } = box.directory.spendByPeriodOf(keyId);
      return [settledMicroUsd, dayMicroUsd, weekMicroUsd, monthMicroUsd];
    };
    expect(periods()).toEqual([0, 0, 0, 0]);
    await spend("req_1", 1);
    await spend("req_2", 2);
    expect(periods()).toEqual([3, 3, 3, 3]);
    clock.advance(MS_PER_DAY);
    await spend("req_3", 10);
    expect(periods()).toEqual([13, 10, 13, 13]);
    clock.advance(2 * MS_PER_DAY);
    await spend("req_4", 100);
    expect(periods()).toEqual([113, 100, 100, 113]);
    clock.advance(8 * MS_PER_DAY);
    expect(periods()).toEqual([113, 0, 0, 0]);
  });
});
