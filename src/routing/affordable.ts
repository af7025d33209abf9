import type { Prediction } from "../core/decision.ts";
import type { Principal } from "../core/principal.ts";
import type { Spend } from "../core/records.ts";
import type { Rejection } from "./request-filters.ts";

/** What excludes for money, as `by` of a rejection. */
export const PRICE_FILTERS = { unknown: "unknown-price", budget: "budget" } as const;

/**
 * Why a key can't pay for an endpoint, or nothing. Keys without a budget can pay for everything. The ledger decides
 * again when it reserves; this keeps a request that is too dear for one endpoint from failing when another is cheap enough.
 */
export function unaffordable(
  prediction: Prediction,
  principal: Principal,
  spend: Spend | undefined,
): Rejection | undefined {
  const limitMicroUsd = spend?.limitMicroUsd ?? principal.budgetMicroUsd;
  if (limitMicroUsd === undefined) return undefined;
  if (prediction.worstCostMicroUsd === undefined) {
    const missing = prediction.costMicroUsd === undefined ? "its price" : "its longest answer";
    return { kind: "price", by: PRICE_FILTERS.unknown, detail: `${missing} is unknown, and the key has a budget` };
  }
  const remainingMicroUsd = limitMicroUsd - (spend?.settledMicroUsd ?? 0) - (spend?.reservedMicroUsd ?? 0);
  if (prediction.worstCostMicroUsd <= remainingMicroUsd) return undefined;
  const detail = `it may cost ${usd(prediction.worstCostMicroUsd)} USD and the key has ${usd(Math.max(0, remainingMicroUsd))} USD left`;
  return { kind: "price", by: PRICE_FILTERS.budget, detail };
}

function usd(microUsd: number): string {
  return String(microUsd / 1_000_000);
}
