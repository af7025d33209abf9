import { loadPolicy, type LoadedPolicy } from "../../src/policy/load-policy.ts";
import type { PolicyContext } from "../../src/policy/known-names.ts";

/** The text of a policy with the given rules and a test that always passes. */
export function policyText({ constraints = "[]", routes = "[]", rest = "" } = {}): string {
  return `apiVersion: signalbox/v1
constraints: ${constraints}
routes: ${routes}
${rest === "" ? "tests: [{name: a route is chosen or none, expect: {forbidden: [nobody/knows], by: sure}}]" : rest}
`;
}

/** A policy with one rule that forbids everything, beside the given ones, so that the standard test passes. */
export function load(parts: Parameters<typeof policyText>[0] = {}, context: PolicyContext = {}): LoadedPolicy {
  return loadPolicy(policyText(parts), "policy.yaml", context);
}

/** The problems of a policy in which `condition` is what a constraint requires. */
export function problemsOf(condition: string, context: PolicyContext = {}): readonly string[] {
  const constraints = JSON.stringify([
    { id: "sure", require: "false" },
    { id: "tried", require: condition },
  ]);
  const loaded = load({ constraints }, context);
  return (loaded.ok ? loaded.warnings : loaded.problems)
    .filter(({ message }) => !message.includes("nobody/knows"))
    .map(({ message, suggestion }) => (suggestion === undefined ? message : `${message} (${suggestion})`));
}
