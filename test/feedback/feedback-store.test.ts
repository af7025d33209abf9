import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { openRecords, type Records } from "../../src/app/open-records.ts";
import type { AnswerFeedback } from "../../src/core/feedback.ts";
import { logOddsOf } from "../../src/feedback/feedback-store.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function open(dataDir = temporaryFolder()): Promise<Records> {
  const records = await openRecords({ dataDir, clock: new ManualClock() });
  onTestFinished(() => records.close());
  return records;
}

function said(requestId: string, score: number, parts: Partial<AnswerFeedback> = {}): AnswerFeedback {
  const answer = {
    keyId: "key_a",
    byKeyId: "key_a",
    team: "support",
    task: "summary",
    endpointId: "box/m",
    quality: 0,
  };
  return { requestId, score, ...answer, ...parts };
}

const SUPPORT = { keyId: "key_b", team: "support" };

describe("feedback", () => {
  it("makes a task harder for a team that is not content, and for nobody else", async () => {
    const { feedback } = await open();
    for (const id of ["1", "2", "3", "4"]) await feedback.record(said(id, 0));
    const correction = feedback.correctionOf(SUPPORT, "summary");
    expect(correction).toMatchObject({ count: 4, whose: "team support's" });
    expect(correction?.logOdds).toBeGreaterThan(0.3);
    expect(feedback.correctionOf(SUPPORT, "code")).toBeUndefined();
    expect(feedback.correctionOf({ keyId: "key_a", team: "sales" }, "summary")).toBeUndefined();
    expect(feedback.correctionOf({ keyId: "key_a" }, "summary")).toBeUndefined();
  });

  it("makes it easier for a team that is content", async () => {
    const { feedback } = await open();
    for (const id of ["1", "2", "3", "4"]) await feedback.record(said(id, 1));
    expect(feedback.correctionOf(SUPPORT, "summary")?.logOdds).toBeLessThan(0);
  });

  it("hears little in what is said of a strong model", async () => {
    const { feedback } = await open();
    await feedback.record(said("1", 0, { quality: 0.9 }));
    await feedback.record(said("2", 0, { quality: 0, task: "code" }));
    const [strong, weak] = ["summary", "code"].map((task) => feedback.correctionOf(SUPPORT, task)?.logOdds ?? 0);
    expect(strong).toBeLessThan((weak ?? 0) / 5);
  });

  it("counts the last word on an answer, and takes no more than six", async () => {
    const { feedback } = await open();
    for (const score of [0, 1, 0, 1, 0, 1]) await feedback.record(said("1", score));
    expect(feedback.correctionOf(SUPPORT, "summary")).toMatchObject({ count: 1 });
    expect(feedback.correctionOf(SUPPORT, "summary")?.logOdds).toBeLessThan(0);
    await expect(feedback.record(said("1", 0))).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("lasts over a restart", async () => {
    const dataDir = temporaryFolder();
    const before = await open(dataDir);
    await before.feedback.record(said("1", 0));
    const correction = before.feedback.correctionOf(SUPPORT, "summary");
    await before.close();
    expect((await open(dataDir)).feedback.correctionOf(SUPPORT, "summary")).toEqual(correction);
  });

  it("moves the odds within bounds, the further the more is missing, and not at all where nothing was said", () => {
    expect(logOddsOf({ weight: 0, missing: 0 })).toBeCloseTo(0, 12);
    expect(logOddsOf({ weight: 20, missing: 4 })).toBeCloseTo(0, 12);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1_000, noNaN: true }), share, share, (weight, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)].map((missing) =>
          logOddsOf({ weight, missing: missing * weight }),
        );
        expect(less).toBeLessThanOrEqual((more ?? 0) + 1e-9);
        expect(Math.abs(more ?? 9)).toBeLessThanOrEqual(Math.log(3));
      }),
    );
  });
});
