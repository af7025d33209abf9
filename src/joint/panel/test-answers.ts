import type { AnswerFacts, FailedTest } from "../../core/answer-test.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { ModelId } from "../../core/ids.ts";
import { toolCallsOf } from "../answer-events.ts";
import { hasAnswered, type AnsweredPart, type EndedPart } from "../part.ts";
import { parseJson } from "../parse-json.ts";
import type { Panel, TestJudge } from "./panel.ts";

/** The answer with the tests that it has not passed; where one of them was required it is none. */
export function testAnswer({ tests }: TestJudge, end: EndedPart): EndedPart {
  if (!hasAnswered(end)) return end;
  const facts = factsOf(end);
  const failed = tests.flatMap(({ id, isRequired, holds }) => {
    const outcome = holds(facts);
    if (outcome === true) return [];
    return [{ isRequired, test: outcome === false ? { id } : { id, error: outcome.error } }];
  });
  if (failed.length === 0) return end;
  const failedTests = failed.map(({ test }) => test);
  const required = failed.filter(({ isRequired }) => isRequired).map(({ test }) => nameOf(test));
  if (required.length === 0) return { ...end, failedTests };
  const { text: _, ...rest } = end;
  return {
    ...rest,
    failedTests,
    error: new SignalboxError("tests_failed", `The answer has not passed ${required.join(", ")}.`),
  };
}

function nameOf({ id, error }: FailedTest): string {
  return error === undefined ? id : `${id} (${error})`;
}

function factsOf({ text, answer }: AnsweredPart): AnswerFacts {
  const json = parseJson(text);
  const { finishReason } = answer;
  return {
    text,
    characters: text.length,
    is_json: json !== undefined,
    tool_calls: toolCallsOf(answer),
    ...(json === undefined ? {} : { json }),
    ...(finishReason === undefined ? {} : { finish_reason: finishReason }),
  };
}

/** Of the answers that count, the one that has failed the fewest tests; of as many the one of the member named first. */
export function bestTested({ members }: Panel, ended: readonly EndedPart[]): AnsweredPart | undefined {
  return ended
    .filter(hasAnswered)
    .toSorted((a, b) => failures(a) - failures(b) || positionIn(members, a) - positionIn(members, b))[0];
}

/**
 * Whether the answers so far decide: enough of them count, and none of the `outstanding` could be better than the best,
 * even if it passed every test.
 */
export function standOfTests(
  panel: Panel,
  ended: readonly EndedPart[],
  outstanding: readonly ModelId[],
): "open" | "no-quorum" | "decided" {
  const counted = ended.filter(hasAnswered).length;
  if (counted + outstanding.length < panel.quorum) return "no-quorum";
  const best = bestTested(panel, ended);
  if (best === undefined || counted < panel.quorum) return outstanding.length === 0 ? "no-quorum" : "open";
  const position = positionIn(panel.members, best);
  const couldBeat = outstanding.some((member) => failures(best) > 0 || panel.members.indexOf(member) < position);
  return couldBeat ? "open" : "decided";
}

function failures({ failedTests = [] }: EndedPart): number {
  return failedTests.length;
}

function positionIn(members: readonly ModelId[], { part }: EndedPart): number {
  return members.indexOf(part.modelId);
}

/** How an answer was chosen, in a sentence. */
export function describeTested({ tests }: TestJudge, chosen: AnsweredPart, ended: readonly EndedPart[]): string {
  const passed = tests.length - failures(chosen);
  const refused = ended.filter(({ error }) => error?.code === "tests_failed").length;
  return `passes ${passed} of ${tests.length} tests${refused === 0 ? "" : `, ${refused} of ${ended.length} members do not count`}`;
}
