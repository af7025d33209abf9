import { describe, expect, it } from "vitest";
import { readSteps } from "../../src/app/read-steps.ts";

describe("the steps of a plan in a trace", () => {
  it("are what each writes, and after which it comes", () => {
    const steps = [
      { outputTokens: 300, after: [] },
      { outputTokens: 200, after: [] },
      { outputTokens: 150, after: [1, 2] },
    ];
    expect(readSteps("300 200 150@1+2")).toEqual(steps);
    expect(readSteps([300, 200, { tokens: 150, after: [1, 2] }])).toEqual(steps);
    expect(readSteps(300)).toEqual(steps.slice(0, 1));
  });

  it.each(["", "many", "300@1", "300 200@3", "-5", "1@", [], [{ after: [] }], [{ tokens: 5, after: [0] }]])(
    "can't be read from %j",
    (value) => {
      expect(readSteps(value)).toBeUndefined();
    },
  );
});
