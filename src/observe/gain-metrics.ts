import { Counter, type Registry } from "prom-client";
import type { EndedAnswer } from "../core/request-metrics.ts";
import { toUsd } from "../core/money.ts";

const MS_PER_SECOND = 1_000;
/** What the sampled requests cost and took, and what going direct to the fixed endpoint would have. */
export function defineGainMetrics(registry: Registry): (ended: EndedAnswer) => void {
  const registers = [registry];
  const cost = new Counter({
    name: "signalbox_gain_cost_usd_total",
    help: "Of sampled requests: what they cost as they were routed, and what their tokens cost at the fixed endpoint",
    labelNames: ["way"],
    registers,
  });
  const seconds = new Counter({
    name: "signalbox_gain_seconds_total",
    help: "Of sampled requests: how long they took as they were routed, and were expected to take at the fixed endpoint",
    labelNames: ["way"],
    registers,
  });
  const requests = new Counter({
    name: "signalbox_gain_requests_total",
    help: "Sampled requests by what of them could be compared",
    labelNames: ["compared"],
    registers,
  });
  return ({ direct, costMicroUsd, totalMs, errorCode }) => {
    if (direct === undefined || errorCode !== undefined) return;
    const comparesCost = direct.costMicroUsd !== undefined && costMicroUsd !== undefined;
    if (comparesCost) {
      cost.inc({ way: "routed" }, toUsd(costMicroUsd));
      cost.inc({ way: "direct" }, toUsd(direct.costMicroUsd));
    }
    if (direct.totalMs !== undefined) {
      seconds.inc({ way: "routed" }, totalMs / MS_PER_SECOND);
      seconds.inc({ way: "direct" }, direct.totalMs / MS_PER_SECOND);
    }
    requests.inc({ compared: comparesCost ? "cost" : direct.totalMs === undefined ? "nothing" : "time" });
  };
}
