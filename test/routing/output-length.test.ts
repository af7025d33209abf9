import { describe, expect, it } from "vitest";
import { classifyWorkload } from "../../src/routing/classify-workload.ts";
import { shapeOf, withLearnedLength } from "../../src/routing/output-length.ts";
import { route } from "../../src/routing/route.ts";
import { chatRequest, routingInput } from "./builders.ts";

const SEEN = { p50: 42, p90: 130, count: 12, from: "requests of this shape" };

describe("the expected length of an answer", () => {
  const lengthOf = (parts: Parameters<typeof chatRequest>[0], learned = SEEN): number => {
    const request = chatRequest(parts);
    return withLearnedLength(classifyWorkload(request), learned, request.maxTokens).expectedOutputTokens;
  };

  it("is what earlier answers show rather than the prior of the class", () => {
    expect(lengthOf({})).toBe(42);
    expect(classifyWorkload(chatRequest({})).expectedOutputTokens).toBeGreaterThan(42);
  });

  it("is what the text states rather than what earlier answers show", () => {
    expect(lengthOf({ lastUserText: "Answer in at most 60 words." })).toBe(80);
  });

  it("is never above max_tokens", () => {
    expect(lengthOf({ maxTokens: 20 })).toBe(20);
  });

  it("says in the decision what it rests on", () => {
    const learned = { lengthsOf: () => ({ overall: SEEN, ofModel: () => undefined }) };
    const { workload } = route(routingInput({ learned }));
    expect(workload).toMatchObject({ expectedOutputTokens: 42, expectedOutputBasis: "learned" });
    expect(workload.reasons.at(-1)).toContain("12 answers to requests of this shape");
  });
});

describe("the shape of a request", () => {
  const shape = (parts: Parameters<typeof chatRequest>[0]): string => {
    const request = chatRequest(parts);
    return shapeOf(request, classifyWorkload(request)).exact;
  };

  it("tells tools, forms and ranges of max_tokens apart", () => {
    const shapes = [
      {},
      { toolCount: 2 },
      { toolCount: 2, toolChoice: "required" as const },
      { responseFormat: { kind: "json-object" as const } },
      { maxTokens: 200 },
      { maxTokens: 900 },
    ].map(shape);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it("is the same whatever the text says about the same task", () => {
    expect(shape({ lastUserText: "Why is the sky blue?" })).toBe(shape({ lastUserText: "Who was Ada Lovelace?" }));
  });
});
