import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordRequest, requestOf } from "../../src/core/recorded-request.ts";
import { chatRequest } from "../routing/builders.ts";

describe("the record of a request", () => {
  it("holds nothing that the caller wrote but names, numbers and choices", () => {
    const request = chatRequest({
      body: Buffer.from("a secret body"),
      lastUserText: "a secret question",
      user: "a person",
      sessionId: "a session",
      responseFormat: { kind: "json-schema", schema: { description: "a secret schema" } },
      metadata: { project: "x" },
    });
    const record = recordRequest(request, undefined);
    expect(record).toEqual({
      estimatedPromptTokens: 100,
      responseFormat: "json-schema",
      metadata: { project: "x" },
    });
  });

  it("is small for an ordinary request", () => {
    const spend = { settledMicroUsd: 5, reservedMicroUsd: 2, limitMicroUsd: 100 };
    expect(recordRequest(chatRequest(), spend)).toEqual({
      estimatedPromptTokens: 100,
      spentMicroUsd: 7,
      limitMicroUsd: 100,
    });
  });

  it("has the budget of the team where that leaves less", () => {
    const team = { settledMicroUsd: 50, reservedMicroUsd: 10, limitMicroUsd: 80 };
    const spend = { settledMicroUsd: 5, reservedMicroUsd: 2, limitMicroUsd: 100, team };
    expect(recordRequest(chatRequest(), spend)).toMatchObject({ spentMicroUsd: 60, limitMicroUsd: 80 });
    const rich = { ...spend, team: { ...team, limitMicroUsd: 1_000 } };
    expect(recordRequest(chatRequest(), rich)).toMatchObject({ spentMicroUsd: 7, limitMicroUsd: 100 });
  });

  it("gives back every field that a decision depends on", () => {
    const arbitrary = fc.record({
      kind: fc.constantFrom("chat" as const, "completion" as const, "embedding" as const),
      fallbackModels: fc.subarray(["a/b", "c/d"]),
      suffixes: fc.subarray(["floor", "local"]),
      stream: fc.boolean(),
      maxTokens: fc.nat(),
      choiceCount: fc.integer({ min: 1, max: 4 }),
      toolCount: fc.nat({ max: 3 }),
      toolChoice: fc.constantFrom("none" as const, "auto" as const, "required" as const),
      hasToolResults: fc.boolean(),
      hasImages: fc.boolean(),
      inputCount: fc.integer({ min: 1, max: 9 }),
      estimatedPromptTokens: fc.nat({ max: 9_999 }),
      serviceTier: fc.constantFrom("flex", "priority"),
      metadata: fc.dictionary(fc.string(), fc.string()),
      provider: fc.record({
        allowFallbacks: fc.boolean(),
        sortPartition: fc.constantFrom("model" as const, "none" as const),
        only: fc.subarray(["x", "y"], { minLength: 1 }),
        zeroDataRetention: fc.boolean(),
      }),
      hints: fc.record({ deadlineMs: fc.nat() }),
    });
    fc.assert(
      fc.property(arbitrary, (parts) => {
        const request = chatRequest(parts);
        const again = requestOf(
          JSON.parse(JSON.stringify(recordRequest(request, undefined))) as ReturnType<typeof recordRequest>,
          request.model,
        );
        // Texts and what only the classification of the text reads are gone for good.
        const { body: _, lastUserText: __, promptCharacters: ___, ...kept } = request;
        expect(again).toMatchObject(kept);
      }),
    );
  });
});
