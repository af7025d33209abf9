import { RE2JS } from "re2js";

/** A schema's `pattern`, as ajv calls it. */
interface Pattern {
  test(text: string): boolean;
  /** Ajv keeps one compiled pattern for each text that this returns. */
  toString(): string;
}

/**
 * The engine for `pattern` and `patternProperties`: a caller's pattern is tried on generated text, so it must not be
 * able to take longer than the text is long. Look-around and back-references do not exist in it; a schema with them is
 * refused as invalid.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export const linearTimePatterns = Object.assign(
  (pattern: string): Pattern => {
    const compiled = RE2JS.compile(pattern);
    return { test: (text) => compiled.matcher(text).find(), toString: () => pattern };
  },
  // Only code that is generated ahead of time would be made of this text; nothing here generates any.
  { code: "linearTimePatterns" },
);
