import { Environment } from "@marcbachmann/cel-js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Condition, PolicyFacts } from "../../src/core/policy-port.ts";
import { createConditionCompiler } from "../../src/policy/compile-condition.ts";

const BASE: PolicyFacts = {
  request: { model: "m", metadata: { team: "red" }, prompt_tokens: 100, max_tokens: undefined },
  principal: { tags: ["eu", "vip"] },
  data: { class: "internal" },
  workload: { class: "agentic" },
  endpoint: { id: "acme/large", location: "cloud", queue_ms: 1_500, capabilities: ["tools"] },
  budget: {},
  now: { hour: 9 },
};

function compiled(text: string): Condition {
  const result = createConditionCompiler()(text, "endpoint");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.condition;
}

describe("a condition", () => {
  it.each([
    ['endpoint.location == "cloud"', true],
    ["endpoint.queue_ms > 1000", true],
    ["endpoint.queue_ms == 1500", true],
    ["endpoint.queue_ms / 1000 < 1.6", true],
    ["2 * endpoint.queue_ms >= 3000", true],
    ["now.hour in [8, 9, 10]", true],
    ['"eu" in principal.tags && !("us" in principal.tags)', true],
    ['principal.tags.exists(tag, tag.startsWith("v"))', true],
    ['request.metadata.team == "red"', true],
    ['request.metadata["team"] != "red"', false],
    ['endpoint.id.matchesRe2("^acme/")', true],
    ["has(endpoint.region)", false],
    ["has(request.max_tokens) && request.max_tokens > 5", false],
    ['has(endpoint.region) ? endpoint.region == "eu" : endpoint.location == "cloud"', true],
    ["size(endpoint.capabilities) == 1", true],
  ])("%s is %s", (text, expected) => {
    expect(compiled(text)(BASE)).toBe(expected);
  });

  it.each([
    ['endpoint.region == "eu"', "endpoint.region is unknown"],
    ['!(endpoint.region == "eu")', "endpoint.region is unknown"],
    ['endpoint.location == "cloud" && endpoint.region == "eu"', "endpoint.region is unknown"],
    ['request.metadata.cost == "x"', "cost is unknown"],
    ["budget.remaining_usd > 1.0", "budget.remaining_usd is unknown"],
    ["int(request.metadata.team) == 3", "int()"],
  ])("%s is the error that %s", (text, message) => {
    expect(compiled(text)(BASE)).toMatchObject({ error: expect.stringContaining(message) as unknown });
  });

  it.each([
    ['endpoint.location == "box" && endpoint.region == "eu"', false],
    ['endpoint.region == "eu" && endpoint.location == "box"', false],
    ['endpoint.location == "cloud" || endpoint.region == "eu"', true],
    ['endpoint.region == "eu" || endpoint.location == "cloud"', true],
  ])("%s is decided by the side that is known", (text, expected) => {
    expect(compiled(text)(BASE)).toBe(expected);
  });

  it("matches patterns in linear time", () => {
    const holds = compiled('endpoint.id.matchesRe2("^(a|a)*b$")');
    expect(holds({ ...BASE, endpoint: { ...BASE.endpoint, id: "a".repeat(1_000) } })).toBe(false);
    expect(holds({ ...BASE, endpoint: { ...BASE.endpoint, id: "a".repeat(2_000) } })).toHaveProperty("error");
  });

  it("does not see what is not in the table", () => {
    const facts = { ...BASE, endpoint: { ...BASE.endpoint, secret: "x" } };
    expect(createConditionCompiler()('endpoint.secret == "x"', "endpoint").ok).toBe(false);
    expect(compiled('endpoint.id == "acme/large"')(facts)).toBe(true);
  });

  it("never throws, whatever the facts are", () => {
    const conditions = [
      'endpoint.region == "eu"',
      "endpoint.queue_ms > 1",
      '"x" in principal.tags',
      "has(endpoint.region)",
    ].map(compiled);
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (region, tags) => {
        const facts = { ...BASE, endpoint: { region, queue_ms: tags }, principal: { tags } };
        for (const condition of conditions) expect(["boolean", "object"]).toContain(typeof condition(facts));
      }),
    );
  });
});

describe("the tree of a condition", () => {
  const leaf = fc.constantFrom(
    'endpoint.region == "eu"',
    'endpoint.location == "box"',
    "endpoint.loaded",
    "endpoint.queue_ms > 5.0",
    "5.0 > endpoint.queue_ms",
    "endpoint.queue_ms != 10.0",
    'endpoint.region != "eu"',
    'endpoint.region in ["us", "ch"]',
    '"tools" in endpoint.capabilities',
    "has(endpoint.region)",
    "endpoint.loaded == false",
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc
        .tuple(tie("tree"), fc.constantFrom("&&", "||"), tie("tree"))
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      tie("tree").map((inner) => `!(${inner})`),
    ),
  }));
  const option = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(arbitrary, { nil: undefined });
  const endpointFacts = fc.record({
    region: option(fc.constantFrom("eu", "us")),
    location: option(fc.constantFrom("box", "cloud")),
    loaded: option(fc.boolean()),
    queue_ms: option(fc.constantFrom(1, 10)),
    capabilities: option(fc.subarray(["tools", "images"])),
  });

  it("means what CEL means by the whole text", () => {
    const plain = new Environment({ unlistedVariablesAreDyn: true, limits: { maxDepth: 1_000 } });
    fc.assert(
      fc.property(tree, endpointFacts, (text, endpoint) => {
        const ours = createConditionCompiler()(text, "endpoint");
        fc.pre(ours.ok);
        if (!ours.ok) return;
        const outcome = ours.condition({ ...BASE, endpoint });
        let whole: unknown;
        try {
          const known = Object.fromEntries(Object.entries(endpoint).filter(([, value]) => value !== undefined));
          whole = plain.evaluate(text, { endpoint: known });
        } catch {
          // CEL reports an unknown fact by throwing; ours by a value.
          whole = "error";
        }
        expect(typeof outcome === "boolean" ? outcome : "error").toBe(whole);
      }),
      { numRuns: 500 },
    );
  });
});
