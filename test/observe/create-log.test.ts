import { describe, expect, it } from "vitest";
import { createLog } from "../../src/observe/create-log.ts";

/** Everything that is written by `write` to a log of this level. */
function linesOf(write: (log: ReturnType<typeof createLog>) => void, level: "info" | "silent" = "info"): string[] {
  const lines: string[] = [];
  write(createLog({ level, destination: { write: (line) => void lines.push(line) } }));
  return lines;
}

const CANARY = "0123456789abcdef0123456789abcdef0123456789abcdef";

describe("the log", () => {
  it("writes one JSON object a line with the level by name and the time in ISO 8601", () => {
    const [line = ""] = linesOf((log) => log.info({ requestId: "req_1" }, "request"));
    expect(line.endsWith("\n")).toBe(true);
    expect(JSON.parse(line)).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      requestId: "req_1",
      msg: "request",
    });
  });

  it("writes nothing below its level", () => {
    expect(linesOf((log) => log.debug("x"))).toEqual([]);
    expect(linesOf((log) => log.error("x"), "silent")).toEqual([]);
  });

  it.each<[string, object]>([
    ["an authorization header", { headers: { authorization: `Bearer ${CANARY}` } }],
    ["a key header", { headers: { "x-api-key": CANARY } }],
    ["a field named apiKey", { apiKey: CANARY }],
    ["a provider's apiKey", { provider: { apiKey: CANARY } }],
    ["a key of this box in a text", { note: `the key sbx_${CANARY} was refused` }],
    ["a vendor's key in a text", { note: `sk-proj-${CANARY}` }],
    ["a bearer token deep inside", { a: { b: { c: [`Bearer ${CANARY}`] } } }],
    ["an error's message and stack", { err: new Error(`sbx_${CANARY} is not valid`) }],
    ["an error's cause", { err: new Error("failed", { cause: new Error(`Bearer ${CANARY}`) }) }],
    [
      "what a library attached to its error",
      { err: Object.assign(new Error("failed"), { request: { body: CANARY } }) },
    ],
  ])("never holds %s", (_name, facts) => {
    const [line = ""] = linesOf((log) => log.error(facts, `with sbx_${CANARY}`));
    expect(line).not.toContain(CANARY);
    expect(() => JSON.parse(line)).not.toThrow();
  });

  it("keeps type, code, stack and causes of an error, also of one that is its own cause", () => {
    const error = Object.assign(new TypeError("outer"), { code: "ECONNRESET" });
    error.cause = error;
    const [line = ""] = linesOf((log) => log.error({ err: error }, "x"));
    expect(JSON.parse(line).err).toMatchObject({
      type: "TypeError",
      message: "outer",
      code: "ECONNRESET",
      stack: expect.stringContaining("create-log.test.ts"),
      cause: { message: "outer" },
    });
  });
});
