import type { AnswerCondition, AnswerFacts } from "../core/answer-test.ts";
import { ToolCall } from "./cel-environment.ts";
import { createConditionCompiler } from "./compile-condition.ts";
import type { ConditionProblem } from "./inspect-condition.ts";
import { findingAbout } from "./known-names.ts";

/** The longest text that is tested, in characters. A longer answer passes no test. */
const MAX_TEXT_CHARACTERS = 65_536;

/** Values of an answer's JSON, tool calls' arguments included, inner ones too; loops visit them one by one. */
const MAX_JSON_VALUES = 2_000;

/** Characters that one evaluation matches patterns against, all calls together. */
const MAX_MATCHED_CHARACTERS = 262_144;

/** A test ready to be evaluated, or what is wrong with it. */
export type CompiledAnswerTest =
  | { readonly ok: true; readonly holds: AnswerCondition }
  | { readonly ok: false; readonly problems: readonly ConditionProblem[] };

/**
 * Compiles one test of answers: CEL over the variables of `answer`, checked for names and types, whose result is true or
 * false. What it costs is bounded: the answer's length, its JSON's values, one level of loops and matched characters are.
 */
export function compileAnswerTest(text: string): CompiledAnswerTest {
  let matchedCharacters = 0;
  const charge = (characters: number): void => {
    matchedCharacters += characters;
    if (matchedCharacters > MAX_MATCHED_CHARACTERS)
      throw new Error(`it matches patterns against more than ${MAX_MATCHED_CHARACTERS} characters`);
  };
  const compiled = createConditionCompiler(charge)(text, "answer");
  if (!compiled.ok) return compiled;
  const problems = compiled.comparisons.flatMap((comparison) => {
    const finding = findingAbout(comparison, new Map());
    return finding?.isProblem === true ? [{ ...finding, offset: comparison.offset }] : [];
  });
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    holds: (answer) => {
      const tooLong = whyTooLong(answer);
      if (tooLong !== undefined) return { error: tooLong };
      matchedCharacters = 0;
      const calls = answer.tool_calls.map(({ name, arguments: given }) => new ToolCall(name, given));
      const outcome = compiled.condition({ answer: { ...answer, tool_calls: calls } });
      return typeof outcome === "boolean" ? outcome : { error: withoutAnswer(outcome.error, text) };
    },
  };
}

/** What an error says, unless it could show a part of the answer: CEL quotes values and keys that it can't use. */
function withoutAnswer(error: string, test: string): string {
  const missing = /^(?:answer\.)?(\w+) is unknown$/u.exec(error)?.[1];
  const isSafe = missing !== undefined && test.includes(missing);
  return isSafe || /^(?:no such overload|found no matching overload|it matches patterns)/u.test(error)
    ? error
    : "it could not be evaluated";
}

function whyTooLong({ text, json, tool_calls: calls }: AnswerFacts): string | undefined {
  if (text.length > MAX_TEXT_CHARACTERS) return `the answer has more than ${MAX_TEXT_CHARACTERS} characters`;
  const values = [json, ...calls.map(({ arguments: given }) => given)];
  let left = MAX_JSON_VALUES;
  while (values.length > 0) {
    const value = values.pop();
    left -= 1;
    if (left < 0) return `the answer has more than ${MAX_JSON_VALUES} JSON values`;
    if (typeof value !== "object" || value === null) continue;
    const inner = Object.values(value);
    if (inner.length > left) return `the answer has more than ${MAX_JSON_VALUES} JSON values`;
    values.push(...inner);
  }
  return undefined;
}
