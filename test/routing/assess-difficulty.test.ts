import { describe, expect, it } from "vitest";
import { assessDifficulty, trust, type Difficulty, type DifficultyFacts } from "../../src/routing/assess-difficulty.ts";

const PLAIN = "What is the best way to store winter tyres over the summer, and for how many years?";

function difficulty(facts: Partial<DifficultyFacts>): Difficulty {
  const assessed = assessDifficulty({ task: "chat", text: PLAIN, estimatedPromptTokens: 40, ...facts });
  if (assessed === undefined) throw new Error("Nothing told how difficult it is.");
  return assessed;
}

describe("assessDifficulty", () => {
  it("puts small talk below maths, and a proof above", () => {
    const talk = difficulty({ text: "hi" }).value;
    const maths = difficulty({ task: "maths" }).value;
    const proof = difficulty({ task: "maths", text: "Prove that the sum converges for every x." }).value;
    expect(talk).toBeLessThan(maths);
    expect(maths).toBeLessThan(proof);
  });

  it("says by which words it was moved", () => {
    expect(difficulty({ text: "Design a cache for a shop of ten thousand articles, please." }).reason).toContain(
      '"Design"',
    );
    expect(difficulty({ estimatedPromptTokens: 9_000 }).reason).toContain("a long prompt");
  });

  it("takes a longer question for a harder one, and a longer text to summarize for nothing of the kind", () => {
    const [short, long] = [PLAIN, PLAIN.repeat(8)];
    expect(difficulty({ task: "maths", text: long }).value).toBeGreaterThan(
      difficulty({ task: "maths", text: short }).value,
    );
    expect(difficulty({ task: "summary", text: long }).value).toBe(difficulty({ task: "summary", text: short }).value);
  });

  it("believes a guessed task as far as the text is familiar", () => {
    const translation = (familiarity: number) => difficulty({ task: "translation", guess: { familiarity } }).chance;
    expect(translation(1)).toBe(difficulty({ task: "translation" }).chance);
    expect(translation(0)).toBe(0.1);
    expect(translation(0.35)).toBeGreaterThan(translation(1));
    expect(translation(0.35)).toBeLessThan(translation(0));
    expect(trust(0.35)).toBeCloseTo(0.5, 10);
  });

  it("takes a task that it does not know for an ordinary one, and says nothing where nothing at all tells", () => {
    expect(difficulty({ task: "unknown", text: `Argue: ${PLAIN}` }).value).toBeGreaterThan(0.5);
    expect(assessDifficulty({ task: "unknown", text: PLAIN, estimatedPromptTokens: 40 })).toBeUndefined();
  });
});
