import { activeConstraints, burstsOn, chooseRoute, tierOn, violationOf } from "../core/apply-policy.ts";
import type { CompiledPolicy, CompiledRoute, PolicyFacts } from "../core/policy-port.ts";
import type { PolicyTest } from "./policy-schema.ts";
import { statedEndpoint, type EndpointVariables, type TestCatalog } from "./test-endpoints.ts";

/** What happened to one test of a policy file. */
export interface PolicyTestResult {
  readonly name: string;
  readonly passed: boolean;
  /** What was expected and what happened instead, one sentence each. */
  readonly failures: readonly string[];
  /** What the reader should know although the test passed. */
  readonly notes: readonly string[];
}

/** The request of a test that says nothing about it: an ordinary one, at noon on a Wednesday. */
const ORDINARY: PolicyFacts = {
  request: {
    model: "auto",
    stream: false,
    prompt_tokens: 500,
    tool_count: 0,
    has_images: false,
    has_json_schema: false,
    metadata: {},
  },
  principal: { key_id: "key_test", role: "inference", tags: [] },
  data: { class: "internal", findings: [] },
  workload: { class: "interactive", task: "unknown", expected_output_tokens: 300 },
  budget: { spent_usd: 0 },
  now: { hour: 12, weekday: 3, iso: "2026-01-07T12:00:00Z" },
};

interface Verdict {
  readonly endpoint: EndpointVariables;
  readonly facts: PolicyFacts;
  /** Every rule that forbids the endpoint, with the reason. */
  readonly forbiddenBy: ReadonlyMap<string, string>;
}

/** Runs one test: the same rules, routes and tiers that requests meet, on stated facts. */
export function runPolicyTest(policy: CompiledPolicy, test: PolicyTest, catalog: TestCatalog): PolicyTestResult {
  const failures: string[] = [];
  const notes: string[] = [];
  const facts = factsOf(test);
  const verdicts = endpointsOf(test, catalog, notes).map((endpoint) => judge(policy, facts, endpoint));
  const matching = (pattern: string): readonly Verdict[] => {
    const found = verdicts.filter(({ endpoint }) => matchesPattern(endpoint.id, pattern));
    if (found.length === 0) failures.push(`${pattern} names no endpoint of the test`);
    return found;
  };
  const { forbidden, allowed, by, route: expectedRoute, first } = test.expect;
  for (const verdict of (forbidden ?? []).flatMap(matching)) failures.push(...shouldBeForbidden(verdict, by));
  for (const verdict of (allowed ?? []).flatMap(matching)) failures.push(...shouldBeAllowed(verdict));
  const route = chooseRoute(policy.routes, facts, (text) => notes.push(text));
  if (expectedRoute !== undefined && expectedRoute !== (route?.id ?? "none"))
    failures.push(`route ${expectedRoute} was expected, but ${route?.id ?? "none"} applies`);
  if (first !== undefined) failures.push(...shouldBeFirst(first, matching(first), verdicts, route));
  return { name: test.name, passed: failures.length === 0, failures, notes };
}

/** The ordinary request with the test's facts in place of its own; `null` takes a fact away. */
function factsOf({ given }: PolicyTest): PolicyFacts {
  const merged = Object.entries(ORDINARY).map(([root, ordinary]: [string, Record<string, unknown>]) => {
    const stated = given[root as keyof typeof given] ?? {};
    const facts = Object.entries({ ...ordinary, ...stated }).filter(([, value]) => value !== null);
    return [root, Object.fromEntries(facts)];
  });
  return Object.fromEntries(merged) as PolicyFacts;
}

/** The endpoints that the test is about: its own, else the catalog's, and those that its expectations name. */
function endpointsOf(test: PolicyTest, catalog: TestCatalog, notes: string[]): readonly EndpointVariables[] {
  const endpoints = test.endpoints === undefined ? [...catalog.all] : test.endpoints.map(statedEndpoint);
  const { forbidden, allowed, first } = test.expect;
  for (const id of [...(forbidden ?? []), ...(allowed ?? []), ...(first === undefined ? [] : [first])]) {
    if (id.includes("*") || !id.includes("/") || endpoints.some((endpoint) => endpoint.id === id)) continue;
    const found = catalog.find(id);
    if (found === undefined) notes.push(`${id} is not known: the test takes it for one about which nothing is known`);
    endpoints.push(found ?? statedEndpoint({ id }));
  }
  return endpoints;
}

function judge(policy: CompiledPolicy, requestFacts: PolicyFacts, endpoint: EndpointVariables): Verdict {
  const facts = { ...requestFacts, endpoint };
  const forbiddenBy = new Map<string, string>();
  for (const constraint of activeConstraints(policy.constraints, requestFacts)) {
    const violation = violationOf(constraint, facts);
    if (violation !== undefined) forbiddenBy.set(constraint.id, violation);
  }
  return { endpoint, facts, forbiddenBy };
}

function shouldBeForbidden({ endpoint, forbiddenBy }: Verdict, by: readonly string[] | undefined): readonly string[] {
  if (forbiddenBy.size === 0) return [`${endpoint.id} should be forbidden, but no rule forbids it`];
  const missing = (by ?? []).filter((rule) => !forbiddenBy.has(rule));
  const actual = [...forbiddenBy.keys()].join(", ");
  return missing.map((rule) => `${endpoint.id} should be forbidden by ${rule}, but is forbidden by ${actual}`);
}

function shouldBeAllowed({ endpoint, forbiddenBy }: Verdict): readonly string[] {
  return [...forbiddenBy].map(
    ([rule, reason]) => `${endpoint.id} should be allowed, but ${rule} forbids it: ${reason}`,
  );
}

/**
 * `first` asks for the leading group: no allowed endpoint has a better tier, or the same tier without bursting. Inside
 * a group the objective decides by live measurements, which a test does not have.
 */
function shouldBeFirst(
  first: string,
  named: readonly Verdict[],
  verdicts: readonly Verdict[],
  route: CompiledRoute | undefined,
): readonly string[] {
  const groupOf = ({ facts }: Verdict): number => {
    if (route === undefined) return 0;
    return (burstsOn(route, facts) ? route.prefer.length + 1 : 0) + tierOn(route, facts);
  };
  const allowed = verdicts.filter(({ forbiddenBy }) => forbiddenBy.size === 0);
  const best = Math.min(...allowed.map(groupOf));
  const leading = allowed.filter((verdict) => groupOf(verdict) === best);
  if (named.length === 0 || named.some((verdict) => leading.includes(verdict))) return [];
  const actual = leading.map(({ endpoint }) => endpoint.id).join(", ");
  return [`${first} should come first, but ${actual === "" ? "every endpoint is forbidden" : `${actual} does`}`];
}

/** Whether `id` is what `pattern` says, where `*` stands for any characters. */
function matchesPattern(id: string, pattern: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return id === pattern;
  if (!id.startsWith(head) || !id.endsWith(tail) || id.length < head.length + tail.length) return false;
  let position = head.length;
  for (const part of rest) {
    const found = id.indexOf(part, position);
    if (found === -1 || found + part.length > id.length - tail.length) return false;
    position = found + part.length;
  }
  return true;
}
