import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assessEndpoint } from "../../src/measure/assess-endpoint.ts";
import type { KeptProbeResult } from "../../src/measure/probe-result.ts";
import type { QuestionResults } from "../../src/measure/question-results.ts";

const FACTS = { contextTokens: 8_192, capabilities: ["tools"] } as const;

/** What every answer of a question is like, before and after. */
type Like = (index: number) => Partial<KeptProbeResult>;

function results(count: number, isBaseline: boolean, like: Like): KeptProbeResult[] {
  return Array.from({ length: count }, (_, index) => {
    const own = like(index);
    const answered = own.errorCode === undefined ? { isRight: true, answer: "936" } : {};
    return {
      ...{ endpointId: "acme/m", question: "q", atMs: index, promptCharacters: 100, isBaseline },
      ...answered,
      ...own,
    };
  });
}

function question(id: string, before: Like, after: Like, count = 20): QuestionResults {
  const newest = results(count, false, after);
  return { id, check: id.startsWith("tool") ? "tools" : "answers", baseline: results(10, true, before), newest };
}

function changes(questions: readonly QuestionResults[], raised: readonly string[] = []): readonly string[] {
  return assessEndpoint(FACTS, questions, new Set(raised)).findings.map(({ subject }) => subject);
}

/** A small disturbance that is different for each answer and the same in every run. */
const noise = (index: number, size: number): number => size * Math.sin(index * 12.9898 + 4.1);

describe("what follows from probes", () => {
  it("finds no change where there is none, however often answers are right", () => {
    const like =
      (right: boolean, answer: string): Like =>
      (index) => ({
        isRight: right,
        answer,
        meanLogProbability: -0.3 + noise(index, 0.001),
        firstContentMs: 200 + noise(index, 50),
        tokensPerSecond: 40 + noise(index, 5),
      });
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), (rights) => {
        const questions = rights.map((right, at) => question(`q${at}`, like(right, "a"), like(right, "a")));
        expect(changes(questions)).toEqual([]);
      }),
    );
  });

  it("finds that right answers have become wrong ones", () => {
    const right: Like = () => ({});
    const wrong: Like = () => ({ isRight: false, answer: "937" });
    expect(changes([question("a", right, right), question("b", right, wrong)])).toEqual(["answers", "agreement"]);
    expect(changes([question("tool-x", right, wrong)])).toEqual(["tools", "agreement", "stated_tools"]);
  });

  it("finds that answers are other ones, though wrong before and after", () => {
    const wrong =
      (answer: string): Like =>
      () => ({ isRight: false, answer });
    expect(changes([question("a", wrong("1"), wrong("2"))])).toEqual(["agreement"]);
  });

  it("finds other log-probabilities under the same answers, from a hundredth of a nat on", () => {
    const like =
      (mean: number): Like =>
      (index) => ({ meanLogProbability: mean + noise(index, 0.0005) });
    const questions = (shift: number) => ["a", "b"].map((id) => question(id, like(-0.2), like(-0.2 + shift)));
    expect(changes(questions(-0.05))).toEqual(["log_probability"]);
    expect(changes(questions(0.05))).toEqual(["log_probability"]);
    expect(changes(questions(0.003))).toEqual([]);
  });

  it("finds that answers begin later or are written more slowly, and is silent where they are faster", () => {
    const like =
      (firstContentMs: number, tokensPerSecond: number): Like =>
      (index) => ({
        firstContentMs: firstContentMs + noise(index, firstContentMs / 5),
        tokensPerSecond: tokensPerSecond + noise(index, tokensPerSecond / 10),
      });
    const questions = (ms: number, speed: number) =>
      ["a", "b"].map((id) => question(id, like(100, 50), like(ms, speed)));
    expect(changes(questions(250, 50))).toEqual(["first_content"]);
    expect(changes(questions(100, 20))).toEqual(["speed"]);
    expect(changes(questions(40, 200))).toEqual([]);
    expect(changes(questions(110, 45))).toEqual([]);
  });

  it("says nothing after one wrong answer, nor before the baseline can be compared", () => {
    const once: Like = (index) => (index === 3 ? { isRight: false, answer: "8" } : {});
    expect(changes([question("a", () => ({}), once)])).toEqual([]);
    const young = {
      ...question(
        "a",
        () => ({}),
        () => ({ answer: "other" }),
      ),
      baseline: results(3, true, () => ({})),
    };
    expect(changes([young])).toEqual([]);
  });

  it("lets an alert that stands go later than it was raised", () => {
    // 10 of 10 before, 8 of 20 after: once in 600 times by chance, between the two levels.
    const some =
      (wrong: number): Like =>
      (index) =>
        index < wrong ? { isRight: false } : {};
    expect(changes([question("a", () => ({}), some(12))])).toEqual([]);
    expect(changes([question("a", () => ({}), some(12))], ["answers"])).toEqual(["answers"]);
    expect(changes([question("a", () => ({}), some(4))], ["answers"])).toEqual([]);
  });

  it("does not take an answer that never came for a wrong one", () => {
    const one = question(
      "a",
      () => ({}),
      () => ({ errorCode: "upstream_failed" }),
    );
    expect(changes([one])).toEqual([]);
    expect(assessEndpoint(FACTS, [one]).answers).toBeUndefined();
  });
});

describe("the context that is stated", () => {
  const near = question(
    "needle-near/1",
    () => ({}),
    () => ({ promptCharacters: 1_200, promptTokens: 300 }),
    4,
  );
  const far = (like: Like) => ({
    ...question("needle-far/1", () => ({}), like, 4),
    check: "context" as const,
    baseline: [],
  });
  const verdictOf = (like: Like) => assessEndpoint(FACTS, [near, far(like)]).stated.context;
  const long = { promptCharacters: 28_000 };

  it.each([
    ["holds where what stands at its far end is found", { ...long, promptTokens: 7_000 }, "holds"],
    ["holds where it was read whole and not understood", { ...long, isRight: false, promptTokens: 7_100 }, "holds"],
    ["fails where the server has read much less", { ...long, isRight: false, promptTokens: 4_096 }, "fails"],
    ["fails where the server refuses it", { ...long, errorCode: "context_length_exceeded" }, "fails"],
    ["is not known where the server does not count", { ...long, isRight: false }, "not asked"],
    ["is not known where the server is down", { ...long, errorCode: "upstream_failed" }, "not asked"],
  ])("%s", (_, like, verdict) => {
    expect(verdictOf(() => like).verdict).toBe(verdict);
  });

  it("is not checked where none is stated", () => {
    expect(assessEndpoint({ capabilities: [] }, [near]).stated.context).toEqual({ verdict: "not stated" });
  });
});
