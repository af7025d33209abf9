import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../../src/providers/wire/retry-after.ts";
import { failureOfResponse } from "../../../src/providers/wire/upstream-failure.ts";
import { upstreamFactsOf } from "../../support/upstream-call.ts";

const CREDENTIAL = "sk-canary-0123456789/+";
const failureOf = (status: number, body: unknown) =>
  failureOfResponse(
    { facts: upstreamFactsOf(), credential: CREDENTIAL },
    { status, headers: {}, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)), wallMs: 0 },
  );

describe("an upstream's failure", () => {
  it("passes a rejection on with the provider's status, words and field", () => {
    const error = failureOf(422, { error: { message: "top_p must be at most 1", param: "top_p" } });
    expect(error.status).toBe(422);
    expect(error.message).toBe("acme rejected the request (422): top_p must be at most 1");
    expect(error.details.param).toBe("top_p");
  });

  it("of a model of this box that refuses the request is this box's own refusal, in its own words", () => {
    const facts = { ...upstreamFactsOf(), location: "box" } as const;
    const refusal = { error: { message: "`n` is too big.", param: "n", code: "unsupported_parameter" } };
    const response = { status: 400, headers: {}, body: Buffer.from(JSON.stringify(refusal)), wallMs: 0 };
    const error = failureOfResponse({ facts }, response);
    expect(error).toMatchObject({ code: "unsupported_parameter", status: 400, message: "`n` is too big." });
    expect(error.details).toMatchObject({ param: "n", metadata: { endpoint: facts.id } });
    expect(failureOf(400, refusal).code).toBe("upstream_rejected");
  });

  it("of a model of this box that misses the schema asked for is no failure of its endpoint", () => {
    const facts = { ...upstreamFactsOf(), location: "box" } as const;
    const missed = { error: { message: "The model did not keep to the form asked for.", code: "invalid_answer" } };
    const response = { status: 502, headers: {}, body: Buffer.from(JSON.stringify(missed)), wallMs: 0 };
    const error = failureOfResponse({ facts }, response);
    expect(error).toMatchObject({ code: "invalid_answer", status: 502, message: missed.error.message });
    expect(failureOf(502, missed).code).toBe("upstream_failed");
  });

  it.each([
    [{ error: { message: "the words" } }],
    [{ error: "the words" }],
    [{ message: "the words" }],
    [{ object: "error", message: "the words", code: 40_303 }],
    [{ detail: "the words" }],
    [{ detail: [{ loc: ["body"], msg: "the words" }] }],
    ["the words"],
  ])("finds the words in %j", (body) => {
    expect(failureOf(400, body).message).toContain("the words");
  });

  it("never repeats the credential, in any usual form", () => {
    const forms = [
      CREDENTIAL,
      encodeURIComponent(CREDENTIAL),
      Buffer.from(CREDENTIAL).toString("base64"),
      Buffer.from(CREDENTIAL).toString("hex"),
    ];
    for (const status of [400, 401, 403, 404, 429, 500]) {
      const { message } = failureOf(status, { error: { message: `keys: ${forms.join(" and ")} Bearer other-key` } });
      for (const form of [...forms, "other-key"]) expect(message).not.toContain(form);
    }
  });

  it("repeats none of the words in which a key is refused", () => {
    expect(failureOf(401, { error: { message: "Incorrect API key: sk-ab***yz" } }).message).toBe(
      "acme refused this box's credential (401).",
    );
  });

  it("bounds the words and keeps them on one line", () => {
    const { message } = failureOf(500, `a\r\nb\u0000c\u2028${"x".repeat(10_000)}`);
    expect(message.length).toBeLessThan(600);
    expect(message).toContain("a b c x");
  });

  it("leaves a web page out", () => {
    expect(failureOf(502, "  <!doctype html><h1>Bad gateway</h1>").message).toBe("acme failed (502).");
  });
});

describe("Retry-After", () => {
  it.each([
    [{ "retry-after": "3" }, 3_000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after": "Thu, 01 Jan 1970 00:01:00 GMT" }, 50_000],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, 0],
    [{ "retry-after": "999999999" }, 3_600_000],
    [{ "retry-after-ms": "1500", "retry-after": "9" }, 1_500],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{}, undefined],
  ])("reads %j at 10 s past the epoch as %s ms", (headers, expected) => {
    expect(parseRetryAfter(headers, 10_000)).toBe(expected);
  });
});
