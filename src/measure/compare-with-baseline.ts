import { comparisonsOf, type QuestionResults } from "./question-results.ts";
import { fisherExact, type TallyPair } from "./statistics/fisher-exact.ts";
import { medianOf } from "./statistics/quantiles.ts";
import { rankSumTest } from "./statistics/rank-sum.ts";
import { FAR_NEEDLE, type ProbeCheck } from "./probe-questions.ts";

/** What of an endpoint is compared with how it was at first. */
export type ComparedQuantity =
  | "answers"
  | "tools"
  | "schema"
  | "context"
  | "agreement"
  | "log_probability"
  | "first_content"
  | "speed";

/** One quantity now and in the baseline. */
export interface Comparison {
  readonly quantity: ComparedQuantity;
  /** A share; for log-probability a distance from the baseline's first answers in nats; for times and speeds a factor of them. */
  readonly before: number;
  readonly after: number;
  /** Answers that it rests on. */
  readonly countBefore: number;
  readonly countAfter: number;
  /** How likely a difference like this one would be if nothing had changed. */
  readonly chance: number;
  readonly isChanged: boolean;
}

/** A change is told where nothing but chance would show one as large once in a thousand times … */
const RAISED_BELOW = 0.001;

/** … and is over when chance explains it once in a hundred: so that it does not come and go from one answer to the next. */
const CLEARED_ABOVE = 0.01;

/** Log-probabilities that are nearer, in nats, may come of the order in which a device adds numbers. */
const MIN_LOG_PROBABILITY_SHIFT = 0.01;

/** Times and speeds are a change from this factor on. */
const MIN_SLOWDOWN = 1.5;

/**
 * Every quantity of which both sides are known. `raised` are those that count as changed already.
 */
export function compareWithBaseline(
  questions: readonly QuestionResults[],
  raised: ReadonlySet<string> = new Set(),
): readonly Comparison[] {
  const judged = (comparison: Omit<Comparison, "isChanged">, isLarge: boolean): Comparison => ({
    ...comparison,
    isChanged: isLarge && comparison.chance < (raised.has(comparison.quantity) ? CLEARED_ABOVE : RAISED_BELOW),
  });
  const checks: readonly ProbeCheck[] = ["answers", "tools", "schema", "context"];
  const pairs = comparisonsOf(questions);
  const shares = [
    ...checks.map((check) =>
      shareOf(
        check,
        pairs.filter((pair) => pair.check === check).map((pair) => pair.right),
      ),
    ),
    shareOf(
      "agreement",
      pairs.filter(({ id }) => id !== FAR_NEEDLE).map((pair) => pair.agreement),
    ),
  ];
  const samples = [
    sampleOf(
      "log_probability",
      pairs.map((pair) => pair.logProbability),
    ),
    sampleOf(
      "first_content",
      pairs.map((pair) => pair.firstContent),
    ),
    sampleOf(
      "speed",
      pairs.map((pair) => pair.speed),
    ),
  ];
  return [
    ...shares.flatMap((share) => (share === undefined ? [] : [judged(share, true)])),
    ...samples.flatMap((sample) => (sample === undefined ? [] : [judged(sample, isLargeShift(sample))])),
  ];
}

function isLargeShift({ quantity, before, after }: Omit<Comparison, "isChanged">): boolean {
  if (quantity === "log_probability") return Math.abs(after - before) >= MIN_LOG_PROBABILITY_SHIFT;
  return quantity === "speed" ? after * MIN_SLOWDOWN <= before : after >= before * MIN_SLOWDOWN;
}

function shareOf(quantity: ComparedQuantity, pairs: readonly TallyPair[]): Omit<Comparison, "isChanged"> | undefined {
  const used = pairs.filter(({ before, after }) => before.trials > 0 && after.trials > 0);
  const sum = (side: keyof TallyPair, of: "successes" | "trials"): number =>
    used.reduce((total, pair) => total + pair[side][of], 0);
  const [countBefore, countAfter] = [sum("before", "trials"), sum("after", "trials")];
  if (countBefore === 0) return undefined;
  return {
    quantity,
    before: sum("before", "successes") / countBefore,
    after: sum("after", "successes") / countAfter,
    countBefore,
    countAfter,
    chance: fisherExact(used),
  };
}

function sampleOf(
  quantity: ComparedQuantity,
  pairs: readonly { readonly before: readonly number[]; readonly after: readonly number[] }[],
): Omit<Comparison, "isChanged"> | undefined {
  const used = pairs.filter(({ before, after }) => before.length > 0 && after.length > 0);
  const before = used.flatMap((pair) => pair.before);
  const after = used.flatMap((pair) => pair.after);
  const [medianBefore, medianAfter] = [medianOf(before), medianOf(after)];
  if (medianBefore === undefined || medianAfter === undefined) return undefined;
  return {
    quantity,
    before: medianBefore,
    after: medianAfter,
    countBefore: before.length,
    countAfter: after.length,
    chance: rankSumTest(before, after),
  };
}
