import type { ServiceTier } from "./ticket.ts";

/** Grants to `priority` in a row while `standard` waits. */
export const MAX_PRIORITY_IN_A_ROW = 3;

/** Grants that pass a waiting `flex` before it is its turn. */
export const MAX_PASSED_FLEX = 8;

/** Whose tier's turn it is: priority first, but neither of the others starves. */
export class TierTurns {
  #priorityInARow = 0;
  #passedFlex = 0;

  /** The same, to try something out on. */
  copy(): TierTurns {
    const copy = new TierTurns();
    copy.#priorityInARow = this.#priorityInARow;
    copy.#passedFlex = this.#passedFlex;
    return copy;
  }

  /** Which of the tiers that wait is served next. */
  turnOf(waiting: ReadonlySet<ServiceTier>): ServiceTier | undefined {
    if (waiting.has("flex") && (waiting.size === 1 || this.#passedFlex >= MAX_PASSED_FLEX)) return "flex";
    const standardIsDue = waiting.has("standard") && this.#priorityInARow >= MAX_PRIORITY_IN_A_ROW;
    if (waiting.has("priority") && !standardIsDue) return "priority";
    return waiting.has("standard") ? "standard" : undefined;
  }

  /** A request of `tier` was served; `waiting` are the tiers that waited then, its own included. */
  granted(tier: ServiceTier, waiting: ReadonlySet<ServiceTier>): void {
    if (tier === "flex" || !waiting.has("flex")) this.#passedFlex = 0;
    else this.#passedFlex += 1;
    if (tier === "standard" || !waiting.has("standard")) this.#priorityInARow = 0;
    else if (tier === "priority") this.#priorityInARow += 1;
  }

  clear(): void {
    this.#priorityInARow = this.#passedFlex = 0;
  }
}
