import type { EndpointReport, ProvidersReport } from "../app/report-providers.ts";
import type { CheckedStatement } from "../measure/check-stated.ts";
import type { Comparison } from "../measure/compare-with-baseline.ts";
import type { ShareInterval } from "../measure/statistics/wilson-interval.ts";
import { formatUsd, type Output } from "./print.ts";

/** Prints stated against measured for people: one table, then each thing that stands out. */
export function printProvidersReport({ since, probes, endpoints }: ProvidersReport, output: Output): void {
  if (endpoints.length === 0) return output.line("No endpoint is configured.");
  output.table(
    ["ENDPOINT", "ANSWERS", "CONTEXT", "TOOLS", "SCHEMA", "DRIFT", "FIRST", "TOKENS/S", "UPTIME", "SPENT"],
    endpoints.map(rowOf),
  );
  output.line("Shares are of the newest answers to probes, with their 95 % interval; times and speeds are medians of");
  output.line(
    `callers' answers since ${since}, or of probes where no caller was answered. Uptime and cost are since then.`,
  );
  for (const { endpointId, alerts, notProbed } of endpoints) {
    for (const { subject, detail, sinceMs, clearedAtMs } of alerts) {
      const when = clearedAtMs === undefined ? `since ${iso(sinceMs)}` : `${iso(sinceMs)} to ${iso(clearedAtMs)}, over`;
      output.line(`${clearedAtMs === undefined ? "!" : " "} ${endpointId}  ${subject} (${when}): ${detail}`);
    }
    if (notProbed !== undefined) output.line(`  ${endpointId}  not probed: ${notProbed}`);
  }
  if (probes === undefined) {
    output.line("Probes are off: add `probes: {budgetPerDay: 0.50}` to the configuration.");
    return;
  }
  output.line(
    `Probes cost ${formatUsd(probes.spentMicroUsd)} today of the ${formatUsd(probes.budgetMicroUsdPerDay)} that they may.`,
  );
}

function rowOf({ endpointId, statedFacts, probes, traffic, probeCostMicroUsd }: EndpointReport): readonly string[] {
  const { context, tools, schema } = probes.stated;
  const first = traffic.firstContentMs ?? probes.firstContentMs;
  const speed = traffic.tokensPerSecond ?? probes.tokensPerSecond;
  return [
    endpointId,
    share(probes.answers),
    `${statedFacts.contextTokens ?? "?"}: ${verdict(context)}${context.readTokens === undefined ? "" : ` to ${context.readTokens}`}`,
    verdict(tools),
    verdict(schema),
    drift(probes.comparisons, probes.baseline),
    first === undefined ? "-" : `${Math.round(first.p50)} ms`,
    speed === undefined ? "-" : speed.p50.toFixed(1),
    share(traffic.uptime),
    formatUsd(probeCostMicroUsd),
  ];
}

function verdict({ verdict: said, seen }: CheckedStatement): string {
  return seen === undefined ? said : `${said} (${seen.successes}/${seen.trials})`;
}

function share(interval: ShareInterval | undefined): string {
  if (interval === undefined) return "-";
  const [low, middle, high] = [interval.low, interval.share, interval.high].map((one) => Math.round(one * 100));
  return `${middle} % (${low}-${high})`;
}

function drift(
  comparisons: readonly Comparison[],
  baseline: { readonly answers: number; readonly of: number },
): string {
  const changed = comparisons.filter(({ isChanged }) => isChanged).map(({ quantity }) => quantity);
  if (changed.length > 0) return changed.join(", ");
  if (comparisons.length === 0) return `baseline ${baseline.answers}/${baseline.of}`;
  return "none seen";
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, "2026-01-01T00:00".length);
}
