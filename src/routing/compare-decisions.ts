import type { Decision, DecisionChange, RejectedCandidate, ShadowDecision } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";

/** How one decision differs from another about the same request. */
export interface DecisionDifference {
  readonly change: DecisionChange;
  /** Endpoints that a constraint of the second forbids and none of the first did, with that constraint. */
  readonly forbidden: readonly { readonly endpointId: EndpointId; readonly by: string }[];
  /** Endpoints that a constraint of the first forbade and none of the second does. */
  readonly allowed: readonly { readonly endpointId: EndpointId; readonly by: string }[];
}

/**
 * What a second decision about a request would change in the first:
 *
 * 1. `refused`: there was a candidate, and there would be none
 * 2. `permitted`: there was none, and there would be one
 * 3. `first`: another endpoint would be asked first
 * 4. `fallbacks`: the first stays, those behind it or their order do not
 * 5. `none`
 */
export function compareDecisions(before: Decision, after: Decision): DecisionDifference {
  return { change: changeOf(before, after), forbidden: added(before, after), allowed: added(after, before) };
}

function changeOf(before: Decision, after: Decision): DecisionChange {
  const [first, ...fallbacks] = before.candidates;
  const [newFirst, ...newFallbacks] = after.candidates;
  // 1, 2
  if (newFirst === undefined) return first === undefined ? "none" : "refused";
  if (first === undefined) return "permitted";
  // 3
  if (first.endpointId !== newFirst.endpointId) return "first";
  // 4, 5
  const isSame =
    fallbacks.length === newFallbacks.length &&
    fallbacks.every(({ endpointId }, index) => endpointId === newFallbacks[index]?.endpointId);
  return isSame ? "none" : "fallbacks";
}

/** What the second forbids by a constraint and the first did not. */
function added(first: Decision, second: Decision): DecisionDifference["forbidden"] {
  const before = new Set(first.rejected.filter(byConstraint).map(({ endpointId }) => endpointId));
  return second.rejected
    .filter((one) => byConstraint(one) && !before.has(one.endpointId))
    .map(({ endpointId, by }) => ({ endpointId, by }));
}

function byConstraint({ kind }: RejectedCandidate): boolean {
  return kind === "constraint";
}

/** What the record of `decision` says about a policy that is only tried. */
export function shadowOf(decision: Decision, shadow: Decision): ShadowDecision {
  const { change, forbidden, allowed } = compareDecisions(decision, shadow);
  const [first] = shadow.candidates;
  return {
    policySha256: shadow.policySha256,
    change,
    routeId: shadow.routeId,
    ...(first === undefined ? {} : { firstEndpointId: first.endpointId }),
    ...(first?.prediction.costMicroUsd === undefined ? {} : { costMicroUsd: first.prediction.costMicroUsd }),
    ...(first?.prediction.ttftMs === undefined ? {} : { ttftMs: first.prediction.ttftMs }),
    ...(forbidden.length === 0 ? {} : { forbidden }),
    ...(allowed.length === 0 ? {} : { allowed }),
  };
}
