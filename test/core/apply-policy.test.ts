import { expect, test } from "vitest";
import { activeConstraints, violationOf } from "../../src/core/apply-policy.ts";
import type { CompiledConstraint, PolicyFacts } from "../../src/core/policy-port.ts";

const holds = () => true;
const doesNot = () => false;
const breaks = () => ({ error: "principal.team is unknown" });
const facts = {} as PolicyFacts;

function constraintOf(when: CompiledConstraint["when"], require: CompiledConstraint["require"]): CompiledConstraint {
  return { id: "stays", when, whenReadsEndpoint: false, require, requireText: "endpoint.location" };
}

test.each([
  ["does not apply", doesNot, doesNot, undefined],
  ["is met", holds, holds, undefined],
  ["is not met", holds, doesNot, "requires endpoint.location"],
  [
    "can't be evaluated in what it requires",
    holds,
    breaks,
    "requires endpoint.location, but principal.team is unknown",
  ],
  [
    "can't be evaluated in when it applies",
    breaks,
    holds,
    "its condition can't be evaluated: principal.team is unknown",
  ],
])("a constraint that %s forbids or permits as it should", (_, when, require, violation) => {
  expect(violationOf(constraintOf(when, require), facts)).toBe(violation);
});

test("a constraint that can't be evaluated before any endpoint is known still counts for each", () => {
  const [broken, other] = [constraintOf(breaks, holds), constraintOf(doesNot, doesNot)];
  expect(activeConstraints([broken, other], facts)).toEqual([broken]);
});
