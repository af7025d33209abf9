import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparableAnswer, countVotes } from "../../../src/joint/panel/vote.ts";

describe("the form in which answers are compared", () => {
  it("takes labels as equal whatever their case, outer punctuation and spaces", () => {
    expect(comparableAnswer(" **Very  Positive.**\n")).toBe(comparableAnswer("very positive"));
    expect(comparableAnswer("positive")).not.toBe(comparableAnswer("negative"));
  });

  it("takes numbers by value and keeps their sign", () => {
    expect(comparableAnswer("4.50")).toBe(comparableAnswer("4.5"));
    expect(comparableAnswer("-4.5")).not.toBe(comparableAnswer("4.5"));
  });

  it("takes JSON as equal whatever the order of its members, and in a fence", () => {
    expect(comparableAnswer('```json\n{"b": 1, "a": [2]}\n```')).toBe(comparableAnswer('{"a":[2],"b":1}'));
  });

  it("is the same for every JSON value however it is written", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(comparableAnswer(JSON.stringify(value, null, 3))).toBe(comparableAnswer(JSON.stringify(value)));
      }),
    );
  });
});

const MEMBERS = ["a", "b", "c", "d", "e", "f", "g", "h"];
const answers = fc.array(fc.constantFrom("x", "y", "z"), { minLength: 1, maxLength: 8 });

describe("a vote", () => {
  it("is never changed by the members that were not waited for", () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 8 }), (given, quorum) => {
        const members = MEMBERS.slice(0, given.length);
        const votes = given.map((answer, index) => ({ member: members[index] ?? "", answer }));
        const panel = { members, quorum };
        const whole = countVotes(votes, 0, panel);
        for (let seen = 0; seen < votes.length; seen += 1) {
          const early = countVotes(votes.slice(0, seen), votes.length - seen, panel);
          if (early.kind === "decided") expect(whole).toMatchObject({ kind: "decided", answer: early.answer });
        }
        expect(whole.kind).toBe(given.length < quorum ? "no-quorum" : "decided");
      }),
    );
  });

  it("does not depend on the order in which the members answer", () => {
    fc.assert(
      fc.property(answers, fc.infiniteStream(fc.nat()), (given, keys) => {
        const members = MEMBERS.slice(0, given.length);
        const votes = given.map((answer, index) => ({ member: members[index] ?? "", answer }));
        const shuffled = votes.map((vote) => ({ vote, key: keys.next().value as number }));
        const other = shuffled.toSorted((a, b) => a.key - b.key).map(({ vote }) => vote);
        expect(countVotes(other, 0, { members, quorum: 1 })).toEqual(countVotes(votes, 0, { members, quorum: 1 }));
      }),
    );
  });

  it("stops as soon as two of three agree, and not before the quorum", () => {
    const votes = [
      { member: "a", answer: "x" },
      { member: "b", answer: "x" },
    ];
    expect(countVotes(votes, 1, { members: MEMBERS, quorum: 2 })).toEqual({ kind: "decided", answer: "x", votes: 2 });
    expect(countVotes(votes, 1, { members: MEMBERS, quorum: 3 })).toEqual({ kind: "open" });
    expect(countVotes(votes.slice(1), 0, { members: MEMBERS, quorum: 2 })).toEqual({ kind: "no-quorum" });
  });
});
