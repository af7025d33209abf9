import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import { formatPolicyCheck, formatPolicyTests } from "../../src/policy/format-policy-report.ts";
import { loadPolicy } from "../../src/policy/load-policy.ts";
import { ROOTS_OF_SCOPE, VARIABLES } from "../../src/policy/variables.ts";
import { load, policyText, problemsOf } from "./policy-texts.ts";

const SHIPPED = join(import.meta.dirname, "../../config/policies");
const GOOD = readFileSync(join(SHIPPED, "default.yaml"), "utf8");
const dataClasses = ["public", "internal", "confidential", "restricted"];

describe("the shipped policies", () => {
  it.each(readdirSync(SHIPPED))("%s loads without a warning", (name) => {
    const loaded = loadPolicy(readFileSync(join(SHIPPED, name), "utf8"), name, { dataClasses });
    expect(formatPolicyCheck(loaded)).toMatch(
      /^ok: \d+ constraints, \d+ routes, \d+ tests passed\nsha256 [0-9a-f]{64}$/,
    );
  });

  it("do not depend on what else is configured", () => {
    const other: EndpointFacts = {
      id: "other/x",
      providerId: "other",
      modelId: "x",
      upstreamId: "x",
      location: "cloud",
      capabilities: [],
      slots: 1,
    };
    expect(loadPolicy(GOOD, "default.yaml", { dataClasses, endpoints: [other] })).toMatchObject({
      ok: true,
      warnings: [],
    });
  });
});

describe("a policy file", () => {
  const refusal = (text: string): string => formatPolicyCheck(loadPolicy(text, "p.yaml"));

  it("is refused without tests", () => {
    expect(refusal("apiVersion: signalbox/v1\n")).toContain("tests are missing: a policy must have tests");
    expect(refusal("apiVersion: signalbox/v1\ntests: []\n")).toContain("p.yaml:2:8: tests must not be empty");
  });

  it("is refused when one of its tests fails, with what was expected and what happened", () => {
    const text = GOOD.replace("first: box/small }", "first: acme-cloud/large }");
    const loaded = loadPolicy(text, "p.yaml");
    expect(loaded.ok).toBe(false);
    expect(formatPolicyCheck(loaded)).toContain("acme-cloud/large should come first, but box/small does");
    expect(formatPolicyTests(loaded)).toContain("FAILED  an agent's step runs on the box's CPU");
    expect(formatPolicyTests(loaded)).toMatch(/9 passed, 1 failed$/);
  });

  it("names the line, the column and the name that was meant", () => {
    const text = `apiVersion: signalbox/v1
constraints:
  - id: a
    wen: "true"
    require: 'endpoint.location == "box"'
tests: [{name: t, expect: {first: a/b, rout: none}}]
`;
    expect(refusal(text).split("\n")).toEqual([
      "p.yaml:4:5: wen is not a known name (did you mean when?)",
      "p.yaml:6:40: rout is not a known name (did you mean route?)",
      "refused: 2 problems",
    ]);
  });

  it("names the place inside a condition", () => {
    const text = policyText({
      constraints: `[{id: a, require: 'endpoint.location == "box" && endpoint.regoin == "eu"'}]`,
    });
    const column = (text.split("\n")[1] ?? "").indexOf("regoin") + 1;
    expect(refusal(text)).toContain(`p.yaml:2:${column}: endpoint has no field regoin (did you mean region?)`);
  });

  it.each([
    ["not YAML", "a: [", "p.yaml:"],
    ["a list", "- a", "expected object"],
    ["empty", "", "apiVersion"],
    ["of another version", "apiVersion: signalbox/v2\ntests: []", "must be signalbox/v1"],
    ["with a key twice", "apiVersion: signalbox/v1\napiVersion: signalbox/v1\ntests: []", "unique"],
    ["with an alias bomb", `a: &a [1]\n${"b: [*a]\n".repeat(1)}c: [${"*a,".repeat(500)}]`, "alias"],
    ["too large", `# ${"x".repeat(1024 * 1024)}`, "larger than"],
  ])("is refused with a reason when it is %s", (_, text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  it("says in USD what things are worth on a route, and leaves open what it does not say", () => {
    const routes = "[{id: main, cascade: {minMeanLogprob: -0.3}, weights: {answerSecondUsd: 0.004, qualityUsd: 0}}]";
    const constraints = "[{id: sure, require: 'false'}]";
    const loaded = load({ constraints, routes });
    expect(loaded.ok ? loaded.policy.routes[0]?.weights : loaded.problems).toEqual({
      answerSecondMicroUsd: 4_000,
      qualityMicroUsd: 0,
    });
    expect(loaded.ok && loaded.policy.routes[0]?.cascade).toEqual({ minMeanLogprob: -0.3 });
    expect(load({ constraints, routes: "[{id: main, cascade: {minMeanLogprob: 0.3}}]" }).ok).toBe(false);
    const refused = load({ constraints, routes: "[{id: main, weights: {secondUsd: -1}}]" });
    expect(refused.ok ? [] : refused.problems.map(({ message }) => message)).toEqual(["secondUsd is not a known name"]);
  });

  it("may be JSON", () => {
    const file = {
      apiVersion: "signalbox/v1",
      constraints: [{ id: "box", require: 'endpoint.location == "box"' }],
      tests: [{ name: "t", expect: { forbidden: "*cloud/*", by: "box", allowed: "box/*" } }],
    };
    expect(loadPolicy(JSON.stringify(file), "p.json").ok).toBe(true);
  });

  it("must not use an id twice", () => {
    const twice = `[{id: a, require: "true"}, {id: a, require: "false"}]`;
    expect(formatPolicyCheck(load({ constraints: twice }))).toContain("a is used twice in constraints");
  });

  it("is warned about routes that no request reaches", () => {
    const loaded = load({ constraints: `[{id: sure, require: "false"}]`, routes: "[{id: all}, {id: never}]" });
    expect(formatPolicyCheck(loaded)).toContain("route never is never reached: all before it always applies");
    expect(loaded.ok).toBe(true);
  });

  it("has the sha256 of its bytes", () => {
    const [a, b] = [loadPolicy(GOOD, "a"), loadPolicy(`${GOOD}\n`, "b")];
    expect(a.ok && b.ok && a.policy.sha256 !== b.policy.sha256).toBe(true);
  });
});

describe("a condition is refused at load when it", () => {
  it.each([
    ["has a wrong type", "endpoint.queue_ms", "must be true or false, but is a double"],
    ["compares unlike things", 'endpoint.queue_ms > "x"', "no such overload"],
    ["reads an unknown variable", "endpont.loaded", "did you mean endpoint?"],
    ["reads an unknown field", "data.clas == 'x'", "did you mean class?"],
    ["is not complete", "endpoint.loaded &&", "Unexpected token"],
    ["assigns", 'endpoint.location = "box"', "write =="],
    ["is written in words", "endpoint.loaded and endpoint.healthy", "write && for and"],
    ["uses a backtracking pattern", 'endpoint.id.matches("(a+)+$")', "use `matchesRe2`"],
    ["makes its pattern from data", "endpoint.id.matchesRe2(principal.key_id)", "must be written out"],
    ["has a pattern that does not compile", 'endpoint.id.matchesRe2("(a")', "missing closing"],
    ["has a pattern that explodes", 'endpoint.id.matchesRe2("((a{1,30}){1,30}){1,30}")', "repe"],
    ["escapes the type check", "dyn(endpoint.queue_ms) == 1", "dyn is not a function"],
    ["calls an unknown function", 'endpoint.id.startWith("a")', "did you mean startsWith?"],
    ["compares with a value that can't be", 'endpoint.location == "boks"', "did you mean box?"],
    ["lists a value that can't be", 'workload.class in ["agentic", "genrative"]', "did you mean generative?"],
    ["is too long", `endpoint.id == "${"x".repeat(3_000)}"`, "at most 2000 characters"],
    ["is too deep", `${"!(".repeat(60)}true${")".repeat(60)}`, "maxDepth"],
    ["is too large", Array.from({ length: 150 }, () => "1<2").join("&&"), "maxAstNodes"],
    ["loops in loops in loops", "[1].all(a, [1].all(b, [1].all(c, a == b)))", "nested deeper"],
    ["reads what JavaScript adds", "endpoint.constructor == 'x'", "endpoint has no field constructor"],
    ["reads the prototype", "__proto__ == 'x'", "__proto__"],
  ])("%s", (_, condition, message) => {
    const problems = problemsOf(condition);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).toContain(message);
  });

  it("reads the endpoint where a route is chosen", () => {
    const loaded = load({ routes: `[{id: r, when: endpoint.loaded}]` });
    expect(formatPolicyCheck(loaded)).toContain("endpoint is not known yet when a route is chosen");
  });

  it("is only warned about values that nothing configured has", () => {
    expect(problemsOf('data.class == "restrictd"', { dataClasses })).toEqual([
      'nothing that is configured has the data.class "restrictd" (did you mean restricted?)',
    ]);
    expect(problemsOf('data.class == "restricted"', { dataClasses })).toEqual([]);
  });
});

describe("the tests of a policy", () => {
  const run = (test: string, constraints = `[{id: on-box, require: 'endpoint.location == "box"'}]`): string =>
    formatPolicyTests(load({ constraints, rest: `tests: [${test}]` }));

  it.each([
    [
      "a rule that forbids something else",
      "{name: t, expect: {forbidden: box/small-cpu}}",
      "box/small-cpu should be forbidden",
    ],
    ["the wrong rule", "{name: t, expect: {forbidden: us-cloud/large, by: other}}", "is forbidden by on-box"],
    [
      "what is forbidden",
      "{name: t, expect: {allowed: us-cloud/large}}",
      "but on-box forbids it: requires endpoint.location",
    ],
    ["a pattern without a match", "{name: t, expect: {forbidden: 'nowhere*'}}", "nowhere* names no endpoint"],
    ["another route", "{name: t, expect: {route: x}}", "route x was expected, but none applies"],
    [
      "a forbidden endpoint to be first",
      "{name: t, expect: {first: us-cloud/large}}",
      "us-cloud/large should come first",
    ],
  ])("fail on %s", (_, test, reason) => {
    expect(run(test)).toContain(reason);
    expect(run(test)).toMatch(/0 passed, 1 failed$/);
  });

  it.each([
    ["a pattern", "{name: t, expect: {forbidden: '*cloud/*', by: on-box, allowed: 'box/*'}}"],
    [
      "an endpoint of their own",
      "{name: t, endpoints: [{id: x/y, location: box}], expect: {allowed: x/y, first: x/y}}",
    ],
    ["no route", "{name: t, expect: {route: none}}"],
  ])("know %s", (_, test) => {
    expect(run(test)).toMatch(/1 passed, 0 failed$/);
  });

  it("take an endpoint of which only the name is known for one about which nothing is known", () => {
    const loaded = load({
      constraints: `[{id: eu, when: '"eu" in principal.tags', require: 'endpoint.region == "eu"'}]`,
      rest: `tests: [{name: t, given: {principal: {tags: [eu]}}, expect: {forbidden: acme/a/b, by: eu}}]`,
    });
    expect(loaded.ok).toBe(true);
    expect(formatPolicyCheck(loaded)).toContain("acme/a/b is not known");
  });

  it("can say that a fact is unknown", () => {
    const constraints = `[{id: looked, require: "size(data.findings) == 0"}]`;
    expect(
      run("{name: t, given: {data: {findings: null}}, expect: {forbidden: 'box/*', by: looked}}", constraints),
    ).toMatch(/1 passed/);
  });

  it("are about what is configured, under its own id", () => {
    const endpoints: EndpointFacts[] = [
      {
        id: "s/m",
        providerId: "s",
        modelId: "m",
        upstreamId: "m",
        location: "site",
        capabilities: [],
        slots: 1,
        region: "eu",
      },
    ];
    const rest = "tests: [{name: t, expect: {allowed: '*'}}]";
    const loaded = load({ constraints: `[{id: eu, require: 'endpoint.region == "eu"'}]`, rest }, { endpoints });
    expect(formatPolicyCheck(loaded)).toContain("1 tests passed");
  });
});

describe("the documentation", () => {
  it.each([
    ["policies.md", "endpoint"],
    ["panels.md", "answer"],
  ] as const)("%s has every variable of conditions about the %s", (page, scope) => {
    const text = readFileSync(join(import.meta.dirname, "../../docs", page), "utf8");
    const names = ROOTS_OF_SCOPE[scope].flatMap((root) =>
      Object.keys(VARIABLES[root]).map((field) => `${root}.${field}`),
    );
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
