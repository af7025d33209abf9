import { existsSync } from "node:fs";
import { Option, type Command } from "commander";
import type { UsageGrouping, UsageReport, UsageSum } from "../audit/usage-report.ts";
import { CommandFailure } from "./command-failure.ts";
import { dataDirOf, readInstallation } from "./installation.ts";
import { parseSince } from "./parse-since.ts";
import { formatUsd, type Output } from "./print.ts";

interface UsageOptions {
  readonly by: UsageGrouping;
  readonly since: number;
  readonly json?: boolean;
}

/** `signalbox usage`: attempts, tokens and cost from the audit log, beside a running server or without one. */
export function addUsageCommand(program: Command, output: Output): void {
  program
    .command("usage")
    .description("attempts, tokens and cost on record, by team, key, model, endpoint or day")
    .addOption(
      // The names are the log's; that module is loaded only when the command runs.
      new Option("--by <what>", "what to sum by").choices(["team", "key", "model", "endpoint", "day"]).default("model"),
    )
    .option("--since <time>", "how far back, such as 7d or 36h, or a date", parseSince, parseSince("30d"))
    .option("--json", "print JSON; money is in micro-USD")
    .action(async (options: UsageOptions) => {
      const report = await readUsage(options);
      if (options.json === true) return output.json(report);
      printUsage(report, output);
    });
}

async function readUsage({ by, since }: UsageOptions): Promise<UsageReport> {
  const { openLeafReader } = await import("../audit/read-leaves.ts");
  const { reportUsage } = await import("../audit/usage-report.ts");
  const { databaseFileOf } = await import("../journal/data-dir.ts");
  const { environment, config } = readInstallation();
  const dataDir = dataDirOf(environment, config);
  const file = databaseFileOf(dataDir);
  if (!existsSync(file)) throw new CommandFailure(`There is no audit log at ${file}.`);
  const reader = openLeafReader(dataDir);
  try {
    return await reportUsage(reader, by, since);
  } finally {
    reader.close();
  }
}

function printUsage({ by, since, groups, total }: UsageReport, output: Output): void {
  if (groups.length === 0) return output.line(`The log has no request since ${since}.`);
  output.table(
    [by.toUpperCase(), "ANSWERED", "FAILED", "CANCELLED", "REFUSED", "OPEN", "PROMPT", "CACHED", "COMPLETION", "COST"],
    [...groups.map((sum) => rowOf(sum.name ?? "-", sum)), rowOf("total", total)],
  );
  if (total.estimated > 0)
    output.line(`Of ${total.estimated} attempts the tokens were counted here, not by the server that did the work.`);
  if (total.unpriced > 0)
    output.line(`${total.unpriced} attempts have no known cost (the endpoint states no price) and are in no sum.`);
  if (total.reservedMicroUsd !== undefined)
    output.line(`${formatUsd(total.reservedMicroUsd)} more is reserved for attempts without a recorded end.`);
}

function rowOf(name: string, sum: UsageSum): readonly string[] {
  const counts = [sum.answered, sum.failed, sum.cancelled, sum.refused, sum.open];
  const tokens = [sum.promptTokens, sum.cachedPromptTokens, sum.completionTokens];
  return [name, ...[...counts, ...tokens].map((count) => String(count ?? "-")), formatUsd(sum.costMicroUsd)];
}
