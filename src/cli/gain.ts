import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { GainOverEndpoint, GainReport } from "../app/report-gain.ts";
import type { Estimate, Gain } from "../measure/estimate-gain.ts";
import { CommandFailure } from "./command-failure.ts";
import { readInstallation } from "./installation.ts";
import { parseSince } from "./parse-since.ts";
import { formatUsd, type Output } from "./print.ts";

/** `signalbox gain`: what routing has gained over going direct to one fixed endpoint, from the audit log. */
export function addGainCommand(program: Command, output: Output): void {
  program
    .command("gain")
    .description("what routing has saved in money and time against going direct to the configured baseline")
    .option("--since <time>", "how far back, such as 7d or 36h, or a date", parseSince, parseSince("30d"))
    .option("--json", "print JSON; money is in micro-USD, times in ms")
    .action(async (options: { readonly since: number; readonly json?: boolean }) => {
      const { dataDir, config } = readInstallation();
      const report = await readGain(dataDir, options.since);
      if (options.json === true) return output.json(report);
      if (report.over.length > 0) return printGain(report, output);
      output.line(`No sampled request was answered since ${report.since}.`);
      if (config.gain === undefined)
        output.line("None is sampled: add `gain: {baseline: <an endpoint or a model>}` to the configuration.");
    });
}

async function readGain(dataDir: string, sinceMs: number): Promise<GainReport> {
  const { databaseFileOf } = await import("../journal/data-dir.ts");
  const { openLeafReader } = await import("../audit/read-leaves.ts");
  const { reportGain } = await import("../app/report-gain.ts");
  const file = databaseFileOf(dataDir);
  if (!existsSync(file)) throw new CommandFailure(`There is no audit log at ${file}.`);
  const reader = openLeafReader(dataDir);
  try {
    return await reportGain(reader, sinceMs);
  } finally {
    reader.close();
  }
}

function printGain({ since, over }: GainReport, output: Output): void {
  for (const one of over) {
    output.line(`${one.sampled} sampled requests since ${since}, against going direct to ${one.endpointId}:`);
    output.table(
      ["", "REQUESTS", "ROUTED", "DIRECT", "SAVED", "OF DIRECT"],
      [
        ...(one.cost === undefined ? [] : [rowOf("cost of a request", one.cost, formatMicroUsd)]),
        ...(one.time === undefined ? [] : [rowOf("time of a request", one.time, formatMs)]),
      ],
    );
    for (const note of notesOn(one)) output.line(note);
  }
  output.line(
    "In brackets: 95 % interval (bootstrap). The cost of going direct is that of the tokens that were used: another",
  );
  output.line(
    "model counts other tokens and writes other answers. Its time is what was predicted then. Quality is not compared.",
  );
}

function rowOf(name: string, gain: Gain, format: (value: number) => string): readonly string[] {
  const { count, routedMean, directMean, savedMean, savedShare } = gain;
  const share = savedShare === undefined ? "-" : estimate(savedShare, (value) => `${(value * 100).toFixed(1)} %`);
  return [name, String(count), format(routedMean), format(directMean), estimate(savedMean, format), share];
}

function notesOn({ excluded, predictedTime }: GainOverEndpoint): readonly string[] {
  const rules = Object.entries(excluded).map(([rule, count]) => `${rule} (${count})`);
  return [
    ...(rules.length === 0 ? [] : [`Could not have gone there, and are in no comparison: ${rules.join(", ")}.`]),
    ...(predictedTime === undefined
      ? []
      : [
          `${predictedTime.count} of them did go there and took ${predictedTime.observedOverPredicted.toFixed(2)} times the predicted time (median).`,
        ]),
  ];
}

function estimate({ value, low, high }: Estimate, format: (value: number) => string): string {
  return low === undefined || high === undefined
    ? format(value)
    : `${format(value)} (${format(low)} to ${format(high)})`;
}

/** A fraction of a micro-USD has no meaning as money, but a mean may have one. */
function formatMicroUsd(microUsd: number): string {
  return microUsd < 0 ? `-${formatUsd(Math.round(-microUsd))}` : formatUsd(Math.round(microUsd));
}

function formatMs(ms: number): string {
  return `${Math.round(ms)} ms`;
}
