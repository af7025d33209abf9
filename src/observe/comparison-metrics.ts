import { Counter, type Registry } from "prom-client";
import type { ComparisonMetrics } from "../core/comparison-metrics.ts";

/** How comparisons of a cheap model's answers with strong ones go. */
export function defineComparisonMetrics(registry: Registry): ComparisonMetrics {
  const ended = new Counter({
    name: "signalbox_comparisons_total",
    help: "Comparisons of a cheap answer with the one that was given: as-good, worse, or why there was no verdict",
    labelNames: ["outcome"],
    registers: [registry],
  });
  return { comparisonEnded: (outcome) => ended.inc({ outcome }) };
}
