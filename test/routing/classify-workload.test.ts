import { describe, expect, it } from "vitest";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import { classifyWorkload } from "../../src/routing/classify-workload.ts";
import { chatRequest } from "./builders.ts";

const REPORT = "Write a 2,000-word report on heat pumps.";
const TABLE: readonly (readonly [string, Parameters<typeof chatRequest>[0], string])[] = [
  ["the caller's hint decides before anything else", { hints: { workloadClass: "batch" }, toolCount: 2 }, "batch"],
  ["the flex tier may wait", { serviceTier: "flex", toolCount: 2 }, "batch"],
  ["the priority tier says nothing about the work", { serviceTier: "priority" }, "interactive"],
  ["a required tool call is a step", { toolCount: 1, toolChoice: "required", lastUserText: REPORT }, "agentic"],
  ["a named tool is a step", { toolCount: 1, toolChoice: "named", maxTokens: 8_000 }, "agentic"],
  ["a tool's result in the history makes a step without max_tokens", { toolCount: 3, hasToolResults: true }, "agentic"],
  [
    "a tool's result wins over a large max_tokens",
    { toolCount: 3, hasToolResults: true, maxTokens: 32_000 },
    "agentic",
  ],
  ["a small max_tokens wins over the text", { maxTokens: 64, lastUserText: REPORT }, "agentic"],
  ["a report of 2,000 words is long", { maxTokens: 4_000, lastUserText: REPORT }, "generative"],
  ["it is long without max_tokens too", { lastUserText: REPORT }, "generative"],
  ["an essay is long without a number", { lastUserText: "Please write me an essay about Kant." }, "generative"],
  ["a story is long", { lastUserText: "Write a story about a dragon who learns to code" }, "generative"],
  ["pages are long", { lastUserText: "Give me 3 pages on Rome" }, "generative"],
  ["a detailed explanation is long", { lastUserText: "I need a detailed explanation of TCP." }, "generative"],
  ["German is understood", { lastUserText: "Schreibe einen Bericht mit 1.500 Wörtern" }, "generative"],
  ["a short story of 50 words is not long", { lastUserText: "Write a story in 50 words" }, "interactive"],
  ["a title for an article is not long", { lastUserText: "Write a short title for this article" }, "interactive"],
  ["a long text wins over offered tools", { toolCount: 2, lastUserText: REPORT }, "generative"],
  ["tools that must not be called say nothing", { toolCount: 2, toolChoice: "none" }, "interactive"],
  ["JSON is a step", { responseFormat: { kind: "json-object" } }, "agentic"],
  ["JSON with room is a step", { responseFormat: { kind: "json-schema", schema: {} }, maxTokens: 4_000 }, "agentic"],
  ["offered tools make a step", { toolCount: 1 }, "agentic"],
  ["a large max_tokens makes a long answer", { maxTokens: 4_000 }, "generative"],
  ["classification is a step", { lastUserText: "Classify the sentiment of: I love it" }, "agentic"],
  ["extraction is a step", { lastUserText: "Extract all dates from this letter: …" }, "agentic"],
  ["an ordinary question is interactive", {}, "interactive"],
  ["an ordinary question with an ordinary limit is interactive", { maxTokens: 512 }, "interactive"],
];

describe("classifyWorkload", () => {
  it.each(TABLE)("%s", (_, parts, expected) => {
    const workload = classifyWorkload(chatRequest(parts));
    expect({ class: workload.class, reasons: workload.reasons }).toMatchObject({ class: expected });
    expect(workload.reasons).toHaveLength(workload.difficulty === undefined ? 3 : 4);
  });

  const expectedTokens = (parts: Partial<InferenceRequest>): number =>
    classifyWorkload(chatRequest(parts)).expectedOutputTokens;

  it("expects the length that the text states, in tokens", () => {
    expect(expectedTokens({ lastUserText: REPORT })).toBe(Math.ceil((2_000 * 4) / 3));
    expect(expectedTokens({ lastUserText: "Answer in at most 60 words." })).toBe(80);
  });

  it("never expects more than max_tokens", () => {
    expect(expectedTokens({ lastUserText: REPORT, maxTokens: 500 })).toBe(500);
    expect(expectedTokens({ maxTokens: 20 })).toBe(20);
  });

  it("reads both ends of a long text and nothing between", () => {
    const filler = "la ".repeat(20_000);
    expect(classifyWorkload(chatRequest({ lastUserText: `${REPORT}${filler}` })).class).toBe("generative");
    expect(classifyWorkload(chatRequest({ lastUserText: `${filler}${REPORT}` })).class).toBe("generative");
    expect(classifyWorkload(chatRequest({ lastUserText: `${filler}${REPORT}${filler}` })).class).toBe("interactive");
  });

  it("does not take a year before a number of words for a part of the number", () => {
    expect(expectedTokens({ lastUserText: "Summarize 2024 500 words" })).toBe(Math.ceil((500 * 4) / 3));
  });
});
