import { describe, expect, it } from "vitest";
import { parseClassifyRequest } from "../../src/gateway/openai/parse-classify-request.ts";

const parse = (body: object) => parseClassifyRequest(Buffer.from(JSON.stringify(body)), {}, ["internal"]);
const labels = ["one", { label: "two", description: "the other one" }];

describe("a request to weigh labels", () => {
  it("takes a text or texts, and reads the task together with each", () => {
    const one = parse({ model: "m", input: "text", labels });
    expect(one).toMatchObject({ kind: "classify", inputCount: 1, maxTokens: 0, longestInput: "input" });
    const two = parse({ model: "m", input: ["text", "longer text"], labels, instructions: "Be strict." });
    expect(two).toMatchObject({ inputCount: 2, longestInput: "input[1]" });
    expect(two.longestInputTokens).toBeGreaterThan(one.longestInputTokens);
  });

  it("reads the task once for each label where each is asked about by itself", () => {
    const once = parse({ model: "m", input: "text", labels }).estimatedPromptTokens;
    expect(parse({ model: "m", input: "text", labels, multiple: true }).estimatedPromptTokens).toBeGreaterThan(once);
  });

  it.each([
    [{ labels }, "input"],
    [{ input: [], labels }, "input"],
    [{ input: ["a", ""], labels }, "input[1]"],
    [{ input: "a" }, "labels"],
    [{ input: "a", labels: [] }, "labels"],
    [{ input: "a", labels: ["one", 2] }, "labels[1]"],
    [{ input: "a", labels: ["one", { name: "two" }] }, "labels[1].label"],
    [{ input: "a", labels: ["one", "x".repeat(257)] }, "labels[1]"],
    [{ input: "a", labels, multiple: "yes" }, "multiple"],
  ])("refuses what is wrong and names the field (case %#)", (body, param) => {
    expect(() => parse({ model: "m", ...body })).toThrow(
      expect.objectContaining({ code: "invalid_request", details: expect.objectContaining({ param }) }),
    );
  });
});
