import { FAR_NEEDLE, NEAR_NEEDLE, type ProbeCheck } from "./probe-questions.ts";
import { RECENT_ANSWERS, type KeptProbeResult } from "./probe-result.ts";
import type { TallyPair } from "./statistics/fisher-exact.ts";
import { medianOf } from "./statistics/quantiles.ts";

/** Of the baseline, the answers that say what is usual; the others are compared with it, as later ones are. */
const REFERENCE_ANSWERS = 4;

/** What an endpoint has been seen to do with one question. */
export interface QuestionResults {
  readonly id: string;
  readonly check: ProbeCheck;
  /** The first answers, in order. */
  readonly baseline: readonly KeptProbeResult[];
  /** The newest results, in order, those without an answer included. */
  readonly newest: readonly KeptProbeResult[];
}

/** Two samples of something that is measured by answer. */
export interface SamplePair {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** One question before and after. */
export interface QuestionComparison {
  readonly id: string;
  readonly check: ProbeCheck;
  readonly right: TallyPair;
  readonly agreement: TallyPair;
  readonly logProbability: SamplePair;
  readonly firstContent: SamplePair;
  readonly speed: SamplePair;
}

/**
 * The results of each question as they can be compared. What is usual is taken from the baseline's first answers, and the
 * rest of the baseline measured by it in the same way as the newest answers are: measured by themselves, answers would
 * agree with what is usual more often than later ones can.
 */
export function comparisonsOf(questions: readonly QuestionResults[]): readonly QuestionComparison[] {
  return questions.map(({ id, check, baseline, newest }) => {
    const answered = newest.filter(({ isBaseline, isRight }) => !isBaseline && isRight !== undefined);
    const after = answered.slice(-RECENT_ANSWERS);
    const reference = baseline.slice(0, REFERENCE_ANSWERS);
    const before = baseline.slice(REFERENCE_ANSWERS);
    const usual = mostCommon(reference.map(({ answer }) => answer ?? ""));
    const tallies = (
      isSuccess: (result: KeptProbeResult) => boolean,
      first: readonly KeptProbeResult[] = before,
    ): TallyPair => ({
      before: { successes: first.filter(isSuccess).length, trials: first.length },
      after: { successes: after.filter(isSuccess).length, trials: after.length },
    });
    const samples = (
      valueOf: (result: KeptProbeResult) => number | undefined,
      against: (value: number, middle: number) => number,
    ): SamplePair => {
      const middle = medianOf(known(reference, valueOf));
      if (middle === undefined) return { before: [], after: [] };
      const measured = (results: readonly KeptProbeResult[]) =>
        known(results, valueOf).map((value) => against(value, middle));
      return { before: measured(before), after: measured(after) };
    };
    return {
      id,
      check,
      right: tallies(({ isRight }) => isRight === true, baseline),
      agreement: tallies(({ answer }) => (answer ?? "") === usual),
      logProbability: samples(({ meanLogProbability }) => meanLogProbability, difference),
      firstContent: samples(({ firstContentMs }) => firstContentMs, ratio),
      speed: samples(({ tokensPerSecond }) => tokensPerSecond, ratio),
    };
  });
}

/** Characters of a token in texts like the probes', by the newest count of the server that reads them. */
export function charactersPerToken(questions: readonly QuestionResults[]): number | undefined {
  const near = questions.find(({ id }) => id === NEAR_NEEDLE)?.newest.findLast((result) => result.promptTokens);
  return near?.promptTokens === undefined ? undefined : near.promptCharacters / near.promptTokens;
}

/** The results of the question that checks the context. */
export function farNeedleOf(questions: readonly QuestionResults[]): readonly KeptProbeResult[] {
  return questions.find(({ id }) => id === FAR_NEEDLE)?.newest ?? [];
}

function known(
  results: readonly KeptProbeResult[],
  valueOf: (result: KeptProbeResult) => number | undefined,
): readonly number[] {
  return results.flatMap((result) => valueOf(result) ?? []);
}

function difference(value: number, middle: number): number {
  return value - middle;
}

function ratio(value: number, middle: number): number {
  return value / Math.max(1e-9, middle);
}

function mostCommon(texts: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(texts, (text) => text)];
  return counts.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
