import { describe, expect, test } from "vitest";
import { lacksParameter, supportedParameters } from "../../src/core/parameters.ts";

const chat = ["json-schema", "logprobs"] as const;

describe("supported_parameters", () => {
  test("of a model of this box names what its engine honours beside what every server takes", () => {
    const box = supportedParameters({ location: "box", capabilities: chat });
    const cloud = supportedParameters({ location: "cloud", capabilities: chat });
    expect(cloud.every((name) => box.includes(name))).toBe(true);
    expect(box).toEqual(expect.arrayContaining(["top_k", "min_p", "repetition_penalty", "logit_bias", "grammar", "n"]));
    expect(cloud).not.toContain("min_p");
  });

  test("has tools, forms and reasoning only with their capabilities", () => {
    const bare = supportedParameters({ location: "box", capabilities: [] });
    for (const name of ["tools", "tool_choice", "response_format", "logprobs", "reasoning", "include_reasoning"])
      expect(bare).not.toContain(name);
    const able = supportedParameters({ location: "box", capabilities: ["tools", "reasoning"] });
    expect(able).toEqual(expect.arrayContaining(["parallel_tool_calls", "reasoning_effort"]));
  });

  test("of a model that writes no text has nothing about text", () => {
    expect(supportedParameters({ location: "box", capabilities: ["embeddings"] })).toEqual([
      "dimensions",
      "encoding_format",
    ]);
  });
});

test("parameters of a model that reads and writes are those of both", () => {
  const both = supportedParameters({ location: "cloud", capabilities: ["tools", "embeddings"] });
  expect(both).toEqual(expect.arrayContaining(["tools", "temperature", "dimensions"]));
});

test("parameters that a provider's protocol has no member for mean nothing there, however able the model", () => {
  const claude = { location: "cloud", protocol: "anthropic", capabilities: ["tools", "logprobs"] } as const;
  expect(supportedParameters(claude)).toEqual(expect.arrayContaining(["temperature", "stop", "tools"]));
  for (const name of ["seed", "logprobs", "n"]) {
    expect(supportedParameters(claude)).not.toContain(name);
    expect(lacksParameter(claude, name)).toBe(true);
  }
  expect(lacksParameter(claude, "tools")).toBe(false);
});

describe("a parameter that a request requires", () => {
  test.each([
    ["box", "logprobs", false],
    ["box", "tools", true],
    ["box", "min_p", false],
    ["box", "top_a", true],
    ["cloud", "tools", true],
    ["cloud", "top_a", false],
    ["cloud", "min_p", false],
    ["box", "x_own_field", false],
  ] as const)("at an endpoint of the %s: %s is lacking: %s", (location, name, lacks) => {
    expect(lacksParameter({ location, capabilities: chat }, name)).toBe(lacks);
  });
});
