import { describe, expect, it } from "vitest";
import { parseCompletionRequest } from "../../src/gateway/openai/parse-completion-request.ts";

const parse = (body: object) => parseCompletionRequest(Buffer.from(JSON.stringify(body)), {}, ["internal"]);

describe("a request to go on with a text", () => {
  it.each([
    ["a text", "abc", 1],
    ["no text at all", "", 1],
    ["texts", ["abc", "d"], 2],
    ["one text in tokens", [1, 2, 3], 1],
    ["texts in tokens", [[1, 2], [3]], 2],
  ])("takes %s", (_name, prompt, inputCount) => {
    const request = parse({ model: "m", prompt, n: 2, max_tokens: 5, stream: true });
    expect(request).toMatchObject({
      kind: "completion",
      inputCount,
      choiceCount: 2 * inputCount,
      maxTokens: 5,
      stream: true,
    });
  });

  it("measures the longest prompt with its suffix, and all of them", () => {
    const request = parse({ model: "m", prompt: ["a".repeat(30), "abc"], suffix: "abc" });
    expect(request.longestInputTokens).toBe(12);
    expect(request.estimatedPromptTokens).toBe(15);
  });

  it("keeps the text for telling what kind of work it is, and the parameters for endpoints that must know them", () => {
    const request = parse({ model: "m", prompt: "Classify this", logprobs: 3, echo: true });
    expect(request.lastUserText).toBe("Classify this");
    expect(request.parameters).toEqual(["logprobs", "echo"]);
  });

  it.each([
    [{}, "prompt"],
    [{ prompt: [] }, "prompt"],
    [{ prompt: ["a", 1] }, "prompt[1]"],
    [{ prompt: [[1], [-1]] }, "prompt[1]"],
    [{ prompt: Array.from({ length: 129 }, () => "a") }, "prompt"],
    [{ prompt: "a", logprobs: true }, "logprobs"],
    [{ prompt: "a", echo: "yes" }, "echo"],
    [{ prompt: "a", temperature: 3 }, "temperature"],
    [{ prompt: "a", max_tokens: -1 }, "max_tokens"],
  ])("refuses what is wrong and names the field (case %#)", (body, param) => {
    expect(() => parse({ model: "m", ...body })).toThrow(
      expect.objectContaining({ code: "invalid_request", details: expect.objectContaining({ param }) }),
    );
  });
});
