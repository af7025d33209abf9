import type { RankedCandidate } from "../core/decision.ts";
import type { SimulatedEndpoint } from "./simulated-endpoint.ts";

/** Who puts the permitted endpoints in order: Signalbox itself, or a rule that it is compared with. */
export const ROUTERS = ["signalbox", "round-robin", "least-busy", "cheapest-first"] as const;

/** One of {@link ROUTERS}. */
export type RouterName = (typeof ROUTERS)[number];

/** Puts the candidates of a decision in order. All routers permit the same endpoints: constraints are no matter of taste. */
export type ChooseOrder = (candidates: readonly RankedCandidate[]) => readonly RankedCandidate[];

/**
 * The order of a router. `round-robin` begins one endpoint further with every request, in the order of the
 * configuration; `least-busy` begins with the one that has least running and queued for its slots; `cheapest-first` with
 * the one that is expected to cost the caller least, of equals the less busy one.
 */
export function orderOf(router: RouterName, endpoints: ReadonlyMap<string, SimulatedEndpoint>): ChooseOrder {
  const positions = new Map([...endpoints.keys()].map((id, position) => [id, position]));
  const positionOf = ({ endpointId }: RankedCandidate): number => positions.get(endpointId) ?? positions.size;
  const busyness = ({ endpointId }: RankedCandidate): number => {
    const endpoint = endpoints.get(endpointId);
    return endpoint === undefined ? Infinity : (endpoint.engine.running + endpoint.queued) / endpoint.spec.facts.slots;
  };
  const byPosition = (a: RankedCandidate, b: RankedCandidate): number => positionOf(a) - positionOf(b);
  switch (router) {
    case "signalbox":
      return (candidates) => candidates;
    case "round-robin": {
      let turn = 0;
      return (candidates) => {
        const inOrder = candidates.toSorted(byPosition);
        const first = candidates.length === 0 ? 0 : turn++ % candidates.length;
        return [...inOrder.slice(first), ...inOrder.slice(0, first)];
      };
    }
    case "least-busy":
      return (candidates) => candidates.toSorted((a, b) => busyness(a) - busyness(b) || byPosition(a, b));
    case "cheapest-first": {
      const cost = ({ prediction }: RankedCandidate): number => prediction.costMicroUsd ?? Infinity;
      return (candidates) =>
        candidates.toSorted((a, b) => cost(a) - cost(b) || busyness(a) - busyness(b) || byPosition(a, b));
    }
  }
}
