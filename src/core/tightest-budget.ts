import type { Balance, Spend } from "./records.ts";

/** A budget and what it leaves, in micro-USD. */
export interface TightestBudget {
  readonly of: "key" | "team";
  readonly limitMicroUsd: number;
  /** Settled and reserved. */
  readonly spentMicroUsd: number;
  /** Below 0 where answers have cost more than was reserved for them. */
  readonly leftMicroUsd: number;
}

/**
 * Of the budgets of a key and of its team the one that leaves less; nothing where neither has one.
 * @param budgetMicroUsd The key's own, where `spend` does not say.
 */
export function tightestBudget(spend: Spend | undefined, budgetMicroUsd?: number): TightestBudget | undefined {
  const ofKey = budgetOf("key", spend ?? NOTHING_SPENT, budgetMicroUsd);
  const ofTeam = spend?.team === undefined ? undefined : budgetOf("team", spend.team);
  if (ofKey === undefined || ofTeam === undefined) return ofKey ?? ofTeam;
  return ofTeam.leftMicroUsd < ofKey.leftMicroUsd ? ofTeam : ofKey;
}

const NOTHING_SPENT: Balance = { settledMicroUsd: 0, reservedMicroUsd: 0 };

function budgetOf(of: TightestBudget["of"], balance: Balance, otherwise?: number): TightestBudget | undefined {
  const limitMicroUsd = balance.limitMicroUsd ?? otherwise;
  if (limitMicroUsd === undefined) return undefined;
  const spentMicroUsd = balance.settledMicroUsd + balance.reservedMicroUsd;
  return { of, limitMicroUsd, spentMicroUsd, leftMicroUsd: limitMicroUsd - spentMicroUsd };
}
