import { describe, expect, it } from "vitest";
import { readUsage } from "../../../src/providers/openai-compatible/read-usage.ts";

describe("reading usage", () => {
  it("takes the counts that OpenAI states", () => {
    const stated = {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 3 },
    };
    expect(readUsage(stated, true)).toEqual({
      promptTokens: 10,
      completionTokens: 5,
      cachedPromptTokens: 4,
      reasoningTokens: 3,
      basis: "measured",
    });
  });

  it.each([undefined, null, 5, "5", [], {}, { prompt_tokens: "10", completion_tokens: "5" }])(
    "finds none in %j",
    (stated) => {
      expect(readUsage(stated, true)).toBeUndefined();
    },
  );

  it.each([-1, Number.NaN, 1e308, Infinity, 1.5, "7", null, undefined, 100_000_001, 0])(
    "does not believe a count of %s for an answer with content",
    (count) => {
      expect(readUsage({ prompt_tokens: 10, completion_tokens: count }, true)).toEqual({
        promptTokens: 10,
        basis: "measured",
      });
      expect(readUsage({ prompt_tokens: count, completion_tokens: 5 }, true)).toEqual({
        completionTokens: 5,
        basis: "measured",
      });
    },
  );

  it("believes an empty answer to have taken no tokens", () => {
    expect(readUsage({ prompt_tokens: 10, completion_tokens: 0 }, false)?.completionTokens).toBe(0);
  });

  it("bills reasoning that is counted in the total alone", () => {
    const stated = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 115 };
    expect(readUsage(stated, true)?.completionTokens).toBe(105);
  });

  it("leaves out parts that are larger than the whole", () => {
    const stated = {
      prompt_tokens: 10,
      completion_tokens: 5,
      prompt_tokens_details: { cached_tokens: 11 },
      completion_tokens_details: { reasoning_tokens: -1 },
    };
    expect(readUsage(stated, true)).toEqual({ promptTokens: 10, completionTokens: 5, basis: "measured" });
  });
});
