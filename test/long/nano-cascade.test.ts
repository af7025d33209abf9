import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { QUESTIONS, startNanoCascade, type CascadeBox } from "../support/nano-cascade-box.ts";

// What the shipped model's own confidence is worth: what the box passes on is wrong far more often than what it keeps.

describe("a cascade over every question that was written by hand", () => {
  let cascade: CascadeBox;

  beforeAll(async () => {
    cascade = await startNanoCascade();
  });

  afterAll(() => cascade.stop());

  it("passes on what the model is likely to get wrong, and keeps the rest", async () => {
    const answers: { readonly isKept: boolean; readonly wasRight: boolean; readonly isRight: boolean }[] = [];
    for (const { question, right } of QUESTIONS) {
      const given = await cascade.ask(question);
      const own = given.isKept ? given : await cascade.ask(question, { cascade: false });
      answers.push({ isKept: given.isKept, wasRight: own.text === right, isRight: given.text === right });
    }
    const kept = answers.filter(({ isKept }) => isKept);
    const passedOn = answers.filter(({ isKept }) => !isKept);
    const wrongShare = (some: typeof answers) => some.filter(({ wasRight }) => !wasRight).length / some.length;
    expect(passedOn.length / answers.length).toBeLessThan(0.3);
    expect(wrongShare(passedOn)).toBeGreaterThan(3 * wrongShare(kept));
    const wrongAlone = answers.filter(({ wasRight }) => !wasRight).length;
    const wrongInAll = answers.filter(({ isRight }) => !isRight).length;
    expect(wrongInAll).toBeLessThan(wrongAlone / 2);
  });
});
