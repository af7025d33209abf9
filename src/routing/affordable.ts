import type { Prediction } from "../core/decision.ts";
import type { Principal } from "../core/principal.ts";
import type { Spend } from "../core/records.ts";
import { tightestBudget } from "../core/tightest-budget.ts";
import type { Rejection } from "./request-filters.ts";

/** What excludes for money, as `by` of a rejection. */
export const PRICE_FILTERS = { unknown: "unknown-price", budget: "budget" } as const;

/**
 * Why a key can't pay for an endpoint, or nothing. Keys without a budget, of their own or their team's, can pay for everything. The ledger decides
 * again when it reserves; this keeps a request that is too dear for one endpoint from failing when another is cheap enough.
 */
export function unaffordable(
  prediction: Prediction,
  principal: Principal,
  spend: Spend | undefined,
): Rejection | undefined {
  const budget = tightestBudget(spend, principal.budgetMicroUsd);
  if (budget === undefined) return undefined;
  const whose = budget.of === "key" ? "the key" : "the key's team";
  if (prediction.worstCostMicroUsd === undefined) {
    const missing = prediction.costMicroUsd === undefined ? "its price" : "its longest answer";
    return { kind: "price", by: PRICE_FILTERS.unknown, detail: `${missing} is unknown, and ${whose} has a budget` };
  }
  if (prediction.worstCostMicroUsd <= budget.leftMicroUsd) return undefined;
  const detail = `it may cost ${usd(prediction.worstCostMicroUsd)} USD and ${whose} has ${usd(Math.max(0, budget.leftMicroUsd))} USD left`;
  return { kind: "price", by: PRICE_FILTERS.budget, detail };
}

/** An amount in USD, as reasons name it: all digits that count, and no sign. */
export function usd(microUsd: number): string {
  return String(microUsd / 1_000_000);
}
