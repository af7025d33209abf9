import type { EndpointFacts } from "../core/endpoint.ts";
import { checkStated, type CheckedStatements } from "./check-stated.ts";
import { compareWithBaseline, type ComparedQuantity, type Comparison } from "./compare-with-baseline.ts";
import { BASELINE_ANSWERS } from "./probe-result.ts";
import type { QuestionResults } from "./question-results.ts";
import { spreadOf, type Spread } from "./statistics/quantiles.ts";
import { wilsonInterval, type ShareInterval } from "./statistics/wilson-interval.ts";

/** What an alert is about: a quantity that has changed, or a statement that was seen not to hold. */
export type AlertSubject = ComparedQuantity | "stated_context" | "stated_tools" | "stated_schema";

/** Something about an endpoint that is not as it was, or not as it is stated. */
export interface Finding {
  readonly subject: AlertSubject;
  /** In words, with the figures and how sure they are. */
  readonly detail: string;
}

/** What probes have shown of one endpoint. */
export interface EndpointAssessment {
  /** How often the answers to questions with one right answer were right, of the newest ones. */
  readonly answers?: ShareInterval;
  readonly stated: CheckedStatements;
  /** Answers in the baseline, and how many it will have. */
  readonly baseline: { readonly answers: number; readonly of: number };
  readonly comparisons: readonly Comparison[];
  readonly firstContentMs?: Spread;
  readonly tokensPerSecond?: Spread;
  /** When the newest probe was, on the wall clock. */
  readonly lastProbeAtMs?: number;
  readonly findings: readonly Finding[];
}

/** All that follows from the results of an endpoint's probes. `raised` are the subjects of alerts that stand. */
export function assessEndpoint(
  facts: Pick<EndpointFacts, "contextTokens" | "capabilities">,
  questions: readonly QuestionResults[],
  raised: ReadonlySet<string> = new Set(),
): EndpointAssessment {
  const newest = questions.flatMap((question) => question.newest);
  const right = questions
    .filter(({ check }) => check === "answers")
    .flatMap((question) => question.newest.flatMap(({ isRight }) => isRight ?? []));
  const stated = checkStated(facts, questions);
  const comparisons = compareWithBaseline(questions, raised);
  return {
    ...known({
      answers: wilsonInterval(right.filter(Boolean).length, right.length),
      firstContentMs: spreadOf(newest.flatMap(({ firstContentMs }) => firstContentMs ?? [])),
      tokensPerSecond: spreadOf(newest.flatMap(({ tokensPerSecond }) => tokensPerSecond ?? [])),
      lastProbeAtMs: newest.length === 0 ? undefined : Math.max(...newest.map(({ atMs }) => atMs)),
    }),
    stated,
    baseline: {
      answers: questions.reduce((sum, { baseline }) => sum + baseline.length, 0),
      of: questions.length * BASELINE_ANSWERS,
    },
    comparisons,
    findings: [...comparisons.flatMap(changeOf), ...brokenStatements(stated)],
  };
}

function changeOf(comparison: Comparison): readonly Finding[] {
  const { quantity, before, after, countBefore, countAfter, chance, isChanged } = comparison;
  if (!isChanged) return [];
  const unit = UNITS[quantity];
  const detail = `${unit.name} ${unit.format(before)} in ${countBefore} answers at first, ${unit.format(after)} in the newest ${countAfter}; by chance alone ${chance < 1e-6 ? "less than 1 in a million" : `1 in ${Math.round(1 / chance)}`}`;
  return [{ subject: quantity, detail }];
}

function brokenStatements({ context, tools, schema }: CheckedStatements): readonly Finding[] {
  const held = ({ seen }: CheckedStatements["tools"]): string =>
    seen === undefined ? "" : `${seen.successes} of ${seen.trials}`;
  return [
    ...(context.verdict === "fails"
      ? [
          {
            subject: "stated_context" as const,
            detail: `a context of ${context.statedTokens} tokens is stated, and ${held(context)} long prompts within it were read whole`,
          },
        ]
      : []),
    ...(tools.verdict === "fails"
      ? [{ subject: "stated_tools" as const, detail: `tools are stated, and ${held(tools)} calls were right` }]
      : []),
    ...(schema.verdict === "fails"
      ? [{ subject: "stated_schema" as const, detail: `schemas are stated, and ${held(schema)} answers were right` }]
      : []),
  ];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const factor = (ratio: number): string => `${ratio.toFixed(2)} times`;

/** How each quantity is told to people. */
const UNITS: Readonly<Record<ComparedQuantity, { readonly name: string; readonly format: (value: number) => string }>> =
  {
    answers: { name: "right answers:", format: percent },
    tools: { name: "right tool calls:", format: percent },
    schema: { name: "right answers under a schema:", format: percent },
    context: { name: "found at the far end of the context:", format: percent },
    agreement: { name: "answers that are the usual ones:", format: percent },
    log_probability: {
      name: "mean log-probability against the first answers:",
      format: (nats) => `${nats >= 0 ? "+" : ""}${nats.toFixed(3)}`,
    },
    first_content: { name: "time to first content against the first answers:", format: factor },
    speed: { name: "speed against the first answers:", format: factor },
  };

type Known<Facts> = { readonly [Name in keyof Facts]?: Exclude<Facts[Name], undefined> };

function known<Facts extends object>(facts: Facts): Known<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Known<Facts>;
}
