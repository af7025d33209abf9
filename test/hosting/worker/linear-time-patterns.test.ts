import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { linearTimePatterns } from "../../../src/hosting/worker/linear-time-patterns.ts";

const ajv = new Ajv2020({ code: { regExp: linearTimePatterns } });

describe("a schema's pattern", () => {
  it("holds anywhere in the text, as JSON Schema says", () => {
    const validate = ajv.compile({ type: "string", pattern: "b+\\d" });
    expect(validate("abb7c")).toBe(true);
    expect(validate("abc")).toBe(false);
  });

  it("that makes a backtracking engine explode is answered like any other", () => {
    const validate = ajv.compile({ type: "string", pattern: "^(a+)+$" });
    expect(validate(`${"a".repeat(5_000)}!`)).toBe(false);
  });

  it("with a look-ahead is refused when the schema is compiled", () => {
    expect(() => ajv.compile({ type: "string", pattern: "(?=a)b" })).toThrow("invalid or unsupported Perl syntax");
  });
});
