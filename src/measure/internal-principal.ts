import type { Principal } from "../core/principal.ts";

/** Days are those of UTC. */
const DAY_LENGTH = "2026-01-01".length;

/** Requests of the box itself: what for, and for how much a day. */
export interface InternalWork {
  /** `probes` or `comparisons`. */
  readonly name: string;
  readonly tag: string;
  readonly budgetMicroUsdPerDay: number;
}

const INTERNAL_TEAMS = "signalbox:";

/** The team that all of it is summed under in `usage --by team`. */
export function internalTeamOf(name: string): string {
  return `${INTERNAL_TEAMS}${name}`;
}

/** Whether a team is the box itself. */
export function isInternalTeam(team: string | undefined): boolean {
  return team?.startsWith(INTERNAL_TEAMS) === true;
}

/**
 * Who the box is when it asks on its own account. Each day is a key of its own, with the day's budget, so that the ledger
 * holds the budget as it does any other: in the transaction that records the request. A clock that is set back finds that
 * day's key as it was left.
 * @param dataClass Absent: as for any key without one.
 */
export function internalPrincipal(work: InternalWork, nowMs: number, dataClass: string | undefined): Principal {
  const day = new Date(nowMs).toISOString().slice(0, DAY_LENGTH);
  return {
    keyId: `${work.name}:${day}`,
    keyName: work.name,
    role: "inference",
    tags: [work.tag],
    team: internalTeamOf(work.name),
    budgetMicroUsd: work.budgetMicroUsdPerDay,
    ...(dataClass === undefined ? {} : { dataClass }),
  };
}
