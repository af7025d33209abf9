import type { PoolView } from "../../core/memory-view.ts";
import { budgetFor } from "./memory-room.ts";
import type { PlacementState } from "./placement-state.ts";

/** The pools that models have claims on: what is held, allowed and, as of the last look, free. */
export function describePools(state: PlacementState): readonly PoolView[] {
  const { standings, reading } = state;
  return claimedPools(state)
    .toSorted()
    .map((pool) => {
      const budgetBytes = budgetFor(state, pool);
      const freeBytes = reading[pool]?.freeBytes;
      return {
        pool,
        heldBytes: standings.values().reduce((sum, { held }) => sum + (held[pool] ?? 0), 0),
        ...(budgetBytes === undefined ? {} : { budgetBytes }),
        ...(freeBytes === undefined ? {} : { freeBytes }),
      };
    });
}

/** The names of these pools, each once. */
export function claimedPools({ standings }: PlacementState): readonly string[] {
  return [...new Set(standings.values().flatMap(({ claims }) => Object.keys(claims)))];
}
