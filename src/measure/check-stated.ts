import type { EndpointFacts } from "../core/endpoint.ts";
import type { KeptProbeResult } from "./probe-result.ts";
import { charactersPerToken, farNeedleOf, type QuestionResults } from "./question-results.ts";
import { wilsonInterval, type ShareInterval } from "./statistics/wilson-interval.ts";

/** Whether what is stated was seen to hold: `unclear` until the interval of its share lies on one side of a half. */
export type Verdict = "holds" | "fails" | "unclear" | "not stated" | "not asked";

/** A server that says it read less than this share of what it was sent has cut the prompt: templates and tokenizers differ by less. */
const MIN_READ_SHARE = 0.75;

/** One statement about an endpoint, and what was seen of it. */
export interface CheckedStatement {
  readonly verdict: Verdict;
  /** How often it held; absent before anything was seen. */
  readonly seen?: ShareInterval;
}

/** The statements about an endpoint that probes check. */
export interface CheckedStatements {
  readonly context: CheckedStatement & {
    readonly statedTokens?: number;
    /** The longest prompt that was read whole, as the server counted. */
    readonly readTokens?: number;
    /** How often what stands at the very beginning of a long prompt was found. */
    readonly found?: ShareInterval;
  };
  readonly tools: CheckedStatement;
  readonly schema: CheckedStatement;
}

/** Checks what is stated about an endpoint against the newest results of its probes. */
export function checkStated(
  { contextTokens, capabilities }: Pick<EndpointFacts, "contextTokens" | "capabilities">,
  questions: readonly QuestionResults[],
): CheckedStatements {
  const rightOf = (check: "tools" | "schema"): readonly boolean[] =>
    questions
      .filter((question) => question.check === check)
      .flatMap(({ newest }) => newest.flatMap(({ isRight }) => isRight ?? []));
  return {
    context: {
      ...checkContext(questions, contextTokens !== undefined),
      ...(contextTokens && { statedTokens: contextTokens }),
    },
    tools: statement(capabilities.includes("tools"), rightOf("tools")),
    schema: statement(capabilities.includes("json-schema"), rightOf("schema")),
  };
}

/** A prompt was read whole where its beginning was found, or the server counted about as many tokens as it must have. */
function checkContext(questions: readonly QuestionResults[], isStated: boolean): CheckedStatements["context"] {
  const perToken = charactersPerToken(questions);
  const results = farNeedleOf(questions);
  const readWhole = (result: KeptProbeResult): boolean | undefined => {
    if (result.isRight === true) return true;
    if (result.errorCode !== undefined) return result.errorCode === "context_length_exceeded" ? false : undefined;
    if (result.promptTokens === undefined || perToken === undefined) return undefined;
    return result.promptTokens >= (MIN_READ_SHARE * result.promptCharacters) / perToken;
  };
  const found = intervalOf(results.flatMap(({ isRight }) => isRight ?? []));
  const whole = results.filter((result) => readWhole(result) === true);
  const readTokens = Math.max(0, ...whole.flatMap(({ promptTokens }) => promptTokens ?? []));
  return {
    ...statement(
      isStated,
      results.flatMap((result) => readWhole(result) ?? []),
    ),
    ...(readTokens > 0 ? { readTokens } : {}),
    ...(found === undefined ? {} : { found }),
  };
}

function statement(isStated: boolean, held: readonly boolean[]): CheckedStatement {
  const seen = intervalOf(held);
  if (!isStated) return { verdict: "not stated" };
  if (seen === undefined) return { verdict: "not asked" };
  return { verdict: seen.low >= 0.5 ? "holds" : seen.high < 0.5 ? "fails" : "unclear", seen };
}

function intervalOf(held: readonly boolean[]): ShareInterval | undefined {
  return wilsonInterval(held.filter(Boolean).length, held.length);
}
