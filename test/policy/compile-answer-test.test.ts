import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnswerFacts } from "../../src/core/answer-test.ts";
import { compileAnswerTest } from "../../src/policy/compile-answer-test.ts";

function answer(text: string, more: Partial<AnswerFacts> = {}): AnswerFacts {
  let json: { readonly json?: unknown } = {};
  try {
    json = { json: JSON.parse(text) as unknown };
  } catch {
    // The text is none.
  }
  return {
    text,
    characters: text.length,
    is_json: "json" in json,
    tool_calls: [],
    finish_reason: "stop",
    ...json,
    ...more,
  };
}

function tested(test: string, of: AnswerFacts) {
  const compiled = compileAnswerTest(test);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.holds(of);
}

const ORDER = answer('{"iban": "DE02", "amount": 12.5, "open": true, "positions": [{"n": 1}, {"n": 2}]}');
const CALL = answer("", { finish_reason: "tool_calls", tool_calls: [{ name: "pay", arguments: { amount: 3 } }] });

describe("a test of an answer", () => {
  it.each([
    ["answer.is_json", true],
    ["answer.json.amount > 0 && answer.json.amount <= 1000", true],
    ["answer.json.amount + 1 == 13.5", true],
    ['answer.json.iban.matchesRe2("^[A-Z]{2}[0-9]{2}$")', true],
    ["answer.json.open == true", true],
    ["answer.json.positions.all(p, p.n > 0)", true],
    ["size(answer.json.positions) == 3", false],
    ["has(answer.json.purpose)", false],
    ['answer.finish_reason == "stop"', true],
    ["answer.characters < 200 && answer.text.contains('iban')", true],
  ])("%s is %s", (test, expected) => {
    expect(tested(test, ORDER)).toBe(expected);
  });

  it("reads calls of tools by name and arguments", () => {
    expect(tested('answer.tool_calls.exists(c, c.name == "pay" && c.arguments.amount <= 5)', CALL)).toBe(true);
    expect(tested("answer.tool_calls[0].arguments.amount > 5", CALL)).toBe(false);
    expect(tested("answer.tool_calls[1].name == 'pay'", CALL)).toHaveProperty("error");
  });

  it.each([
    ["answer.json.amount > 0", answer("no JSON"), "answer.json is unknown"],
    ["answer.json.purpose == 'rent'", ORDER, "purpose is unknown"],
    ["answer.json.iban > 5", ORDER, "no such overload"],
    ["answer.json.amount.startsWith('1')", ORDER, "found no matching overload"],
  ])("%s can't be told of some answers, and says why", (test, of, message) => {
    expect(tested(test, of)).toMatchObject({ error: expect.stringContaining(message) as unknown });
  });

  it("never quotes the answer in what it says", () => {
    for (const test of ["int(answer.text) == 1", "answer.json[answer.text] == 1", "{'a': 1}[answer.text] == 1"]) {
      expect(JSON.stringify(tested(test, answer('"confidential"')))).not.toContain("confidential");
    }
  });

  it.each([
    ["anser.text == ''", { offset: 0, suggestion: "did you mean answer?" }],
    ["answer.txt == ''", { suggestion: "did you mean text?" }],
    ["answer.tool_calls.all(c, c.nam == 'pay')", { suggestion: "did you mean name?" }],
    ["endpoint.id == 'x'", { message: "endpoint is not a variable" }],
    ["answer.text == 1", { message: expect.stringContaining("no such overload") as unknown }],
    ["answer.characters", { message: "must be true or false, but is a double" }],
    ["answer.json.open", { suggestion: "compare it: `… == true`" }],
    ["answer.finish_reason == 'stopp'", { suggestion: "did you mean stop?" }],
    ["answer.text.matchesRe2('[')", {}],
    ["answer.json.all(a, answer.json.all(b, b == a))", { message: "loops may not be nested deeper than 1" }],
  ])("%s is refused before there is an answer", (test, problem) => {
    const compiled = compileAnswerTest(test);
    expect(compiled.ok ? [] : compiled.problems).toContainEqual(expect.objectContaining(problem));
  });

  it("gives up on what would take long", () => {
    const long = answer(JSON.stringify({ rows: Array.from({ length: 1_500 }, () => 1), text: "a".repeat(60_000) }));
    expect(tested('answer.json.rows.all(r, !answer.json.text.matchesRe2("b$"))', long)).toMatchObject({
      error: expect.stringContaining("it matches patterns against more than") as unknown,
    });
    expect(tested("answer.is_json", answer(JSON.stringify(Array.from({ length: 2_000 }, () => 1))))).toEqual({
      error: "the answer has more than 2000 JSON values",
    });
    expect(tested("answer.is_json", answer("a".repeat(65_537)))).toHaveProperty("error");
  });

  it("never throws, whatever the answer is", () => {
    const tests = [
      'answer.json.a.b == 1 || answer.json.list.exists(x, x.y > 2) || answer.text.matchesRe2("^a+$")',
      "answer.json[0] == answer.json['x'] && size(answer.json) > answer.characters",
    ].map((test) => compileAnswerTest(test));
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        for (const test of tests) {
          const outcome = test.ok ? test.holds(answer(text)) : undefined;
          expect(typeof outcome === "boolean" || typeof outcome?.error === "string").toBe(true);
        }
      }),
    );
  });
});
