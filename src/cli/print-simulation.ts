import type { SimulatedLoad } from "../app/simulate-load.ts";
import type { GroupSummary, Latency, SimulationSummary } from "../simulate/summarize.ts";
import type { TracedRequest } from "../simulate/traced-request.ts";
import { formatUsd, type Output } from "./print.ts";

/** Simulations for people: one table for each, or one line for each router where they are compared. */
export function printSimulation(
  runs: readonly SimulatedLoad[],
  requests: readonly TracedRequest[],
  output: Output,
): void {
  const lastMs = requests.at(-1)?.atMs ?? 0;
  output.line(`${requests.length} requests within ${(lastMs / 1_000).toFixed(0)} s`);
  if (runs.length > 1) printComparison(runs, output);
  for (const run of runs.length > 1 ? [] : runs) printRun(run, output);
  const assumedPlans = runs[0]?.assumedPlans ?? 0;
  if (assumedPlans > 0)
    output.line(
      `Requests to plans that say no steps: ${assumedPlans}. Each counts as having as many, and as long, as its plan allows; --steps says others.`,
    );
  for (const { router, summary } of runs)
    if (summary.all.unpriced !== undefined)
      output.line(
        `${router}: ${summary.all.unpriced} answers of endpoints whose price is not known are not in the cost`,
      );
}

function printComparison(runs: readonly SimulatedLoad[], output: Output): void {
  output.table(
    ["ROUTER", "TTFT P50", "TTFT P95", "TTFT P99", "TOTAL P95", "COST", "BURST", "REFUSED", "CANCELLED", "FAILED"],
    runs.map(({ router, summary: { all } }) => [
      router,
      ms(all.ttftMs, "p50"),
      ms(all.ttftMs, "p95"),
      ms(all.ttftMs, "p99"),
      ms(all.totalMs, "p95"),
      formatUsd(all.costMicroUsd),
      share(all.burst, all.finished),
      share(all.refused, all.arrived),
      share(all.cancelled, all.arrived),
      share(all.failed, all.arrived),
    ]),
  );
  output.table(
    ["CLASS", "ROUTER", "TTFT P50", "TTFT P95", "COST", "BURST", "REFUSED"],
    runs.flatMap(({ router, summary }) =>
      Object.entries(summary.classes).map(([name, group]) => [
        name,
        router,
        ms(group.ttftMs, "p50"),
        ms(group.ttftMs, "p95"),
        formatUsd(group.costMicroUsd),
        share(group.burst, group.finished),
        share(group.refused, group.arrived),
      ]),
    ),
  );
}

function printRun({ router, summary }: SimulatedLoad, output: Output): void {
  const { all, classes, streams, endpoints, furtherAttempts, cascades } = summary;
  output.line(`router ${router}; ${furtherAttempts} times a further endpoint was asked`);
  const row = (name: string, group: GroupSummary): readonly string[] => [
    name,
    String(group.arrived),
    ms(group.ttftMs, "p50"),
    ms(group.ttftMs, "p95"),
    ms(group.ttftMs, "p99"),
    ms(group.totalMs, "p50"),
    ms(group.totalMs, "p95"),
    formatUsd(group.costMicroUsd),
    share(group.burst, group.finished),
    String(group.refused),
    String(group.cancelled),
    String(group.failed),
  ];
  const named = Object.entries(streams).length > 1 ? Object.entries(streams) : [];
  output.table(
    [
      "CLASS, TRACE",
      "REQUESTS",
      "TTFT P50",
      "P95",
      "P99",
      "TOTAL P50",
      "P95",
      "COST",
      "BURST",
      "REFUSED",
      "CANCELLED",
      "FAILED",
    ],
    [
      row("all", all),
      ...Object.entries(classes).map(([name, group]) => row(name, group)),
      ...named.map(([name, group]) => row(`  ${name}`, group)),
    ],
  );
  const fails = endpoints.some(({ failures }) => failures !== undefined);
  output.table(
    [
      ...["ENDPOINT", "SERVED", "TTFT P95", "SLOTS IN USE", "BUSY", "PRICE PAID", "HARDWARE"],
      ...(fails ? ["FAILURES", "BREAKER OPENED"] : []),
    ],
    endpoints.map((endpoint) => [
      endpoint.endpointId,
      String(endpoint.served),
      ms(endpoint.ttftMs, "p95"),
      share(endpoint.slotUtilisation, 1),
      share(endpoint.busyShare, 1),
      formatUsd(endpoint.costMicroUsd),
      formatUsd(endpoint.hardwareMicroUsd),
      ...(fails ? [String(endpoint.failures ?? 0), String(endpoint.breakerOpenings ?? 0)] : []),
    ]),
  );
  printCascades(cascades, output);
}

function printCascades({ held, unsure, givenBack }: SimulationSummary["cascades"], output: Output): void {
  if (held === 0) return;
  output.line(
    `${held} answers were held back until they were whole; ${unsure} (${share(unsure, held)}) were not sure enough, and ${givenBack} of those were given, as nobody else could answer`,
  );
  if (unsure === 0)
    output.line("Which share is not sure enough is taken from unsureShare; where none is stated, none is.");
}

function ms(latency: Latency | undefined, name: keyof Latency): string {
  const value = latency?.[name];
  if (value === undefined) return "-";
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(2)} s`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}
