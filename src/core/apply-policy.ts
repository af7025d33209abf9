import type { CompiledConstraint, CompiledRoute, PolicyFacts } from "./policy-port.ts";

/*
 * What the parts of a policy mean. Routing applies them to requests and a policy's own tests apply them to examples:
 * one meaning for both, so that a test that passes says something about the requests.
 */

/** The constraints that may matter to a request: those whose `when` is not plainly false before any endpoint is known. */
export function activeConstraints(
  constraints: readonly CompiledConstraint[],
  requestFacts: PolicyFacts,
): readonly CompiledConstraint[] {
  return constraints.filter(
    (constraint) => constraint.whenReadsEndpoint !== false || constraint.when(requestFacts) !== false,
  );
}

/** Why `constraint` forbids the endpoint of `facts`, or nothing when it does not. What can't be evaluated forbids. */
export function violationOf(constraint: CompiledConstraint, facts: PolicyFacts): string | undefined {
  const applies = constraint.when(facts);
  if (applies === false) return undefined;
  if (applies !== true) return `its condition can't be evaluated: ${applies.error}`;
  const met = constraint.require(facts);
  if (met === true) return undefined;
  const requirement = `requires ${constraint.requireText}`;
  return met === false ? requirement : `${requirement}, but ${met.error}`;
}

/** The first route whose `when` holds. A condition that can't be evaluated does not hold; `note` hears why. */
export function chooseRoute(
  routes: readonly CompiledRoute[],
  requestFacts: PolicyFacts,
  note: (text: string) => void,
): CompiledRoute | undefined {
  for (const route of routes) {
    const holds = route.when(requestFacts);
    if (holds === true) return route;
    if (holds !== false) note(`route ${route.id} was passed over: ${holds.error}`);
  }
  return undefined;
}

/**
 * The tier that `route` gives to the endpoint of `facts`: the index of the first of `prefer` that holds, the number of tiers
 * when none does. A preference that can't be evaluated does not hold.
 */
export function tierOn({ prefer }: CompiledRoute, facts: PolicyFacts): number {
  let tier = 0;
  while (tier < prefer.length && prefer[tier]?.holds(facts) !== true) tier += 1;
  return tier;
}

/** Whether `route` has the endpoint of `facts` burst. A condition that can't be evaluated does not hold. */
export function burstsOn(route: CompiledRoute, facts: PolicyFacts): boolean {
  return route.burstWhen?.holds(facts) === true;
}
