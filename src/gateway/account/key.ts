import type { Request, Response } from "express";
import type { Balance, KeyDirectory, Spend } from "../../core/records.ts";
import { tightestBudget } from "../../core/tightest-budget.ts";
import { exchangeOf } from "../exchange.ts";
import { writeJson } from "../write-json.ts";
import { MICRO_USD_PER_USD, toUsd } from "../../core/money.ts";

/** What `/credits` says of a key without a budget, in USD: the largest sum that can be counted here. */
const UNLIMITED_USD = Math.floor(Number.MAX_SAFE_INTEGER / MICRO_USD_PER_USD);

/** Fields of OpenRouter's key that have no counterpart here; strict clients require them. -1 stands for no limit. */
const WITHOUT_COUNTERPART = {
  byok_usage: 0,
  byok_usage_daily: 0,
  byok_usage_weekly: 0,
  byok_usage_monthly: 0,
  include_byok_in_limit: false,
  is_free_tier: false,
  is_provisioning_key: false,
  limit_reset: null,
  creator_user_id: null,
  organization_id: null,
  workspace_id: null,
  allowed_data_regions: [],
  rate_limit: { requests: -1, interval: "10s", note: "Requests are limited by the endpoints' queues." },
  free_model_daily_requests: { limit: -1, remaining: -1, used: 0 },
} as const;

/** `GET /v1/key`: limits and spend of the calling key, in USD. @see https://openrouter.ai/docs/api-reference/limits */
export function getKey(keys: Pick<KeyDirectory, "spendByPeriodOf">) {
  return (_request: Request, response: Response): void => {
    const { caller } = exchangeOf(response);
    const spend = keys.spendByPeriodOf(caller.keyId);
    writeJson(response, 200, {
      data: {
        ...WITHOUT_COUNTERPART,
        label: caller.keyName,
        is_management_key: caller.role === "admin",
        usage: toUsd(spend.settledMicroUsd),
        usage_daily: toUsd(spend.dayMicroUsd),
        usage_weekly: toUsd(spend.weekMicroUsd),
        usage_monthly: toUsd(spend.monthMicroUsd),
        limit: toUsd(spend.limitMicroUsd) ?? null,
        limit_remaining: toUsd(remaining(spend)) ?? null,
        team_limit: toUsd(spend.team?.limitMicroUsd) ?? null,
        team_usage: toUsd(spentOf(spend.team)) ?? null,
        reserved: toUsd(spend.reservedMicroUsd),
        expires_at: caller.expiresAtMs === undefined ? null : new Date(caller.expiresAtMs).toISOString(),
        role: caller.role,
        team: caller.team ?? null,
        tags: caller.tags,
        data_class: caller.dataClass ?? null,
      },
    });
  };
}

/** `GET /v1/credits`: the key's budget and what was spent of it, in USD. */
export function getCredits(keys: Pick<KeyDirectory, "spendOf">) {
  return (_request: Request, response: Response): void => {
    const spend = keys.spendOf(exchangeOf(response).caller.keyId);
    writeJson(response, 200, {
      data: {
        total_credits: toUsd(spend.limitMicroUsd) ?? UNLIMITED_USD,
        total_usage: toUsd(spend.settledMicroUsd),
      },
    });
  };
}

/**
 * What may still be reserved, of the key's own budget or its team's: money that is held for requests under way is not to be
 * had twice.
 */
function remaining(spend: Spend): number | undefined {
  const budget = tightestBudget(spend);
  return budget === undefined ? undefined : Math.max(0, budget.leftMicroUsd);
}

function spentOf(balance: Balance | undefined): number | undefined {
  return balance?.settledMicroUsd;
}
