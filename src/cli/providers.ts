import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { ProvidersReport } from "../app/report-providers.ts";
import type { RoundEntry } from "../measure/prober.ts";
import { askRunning } from "./ask-running.ts";
import { CommandFailure } from "./command-failure.ts";
import { readInstallation } from "./installation.ts";
import { printProvidersReport } from "./print-providers-report.ts";
import type { Output } from "./print.ts";

/** A round asks every endpoint a dozen questions, a long prompt among them. */
const ROUND_PATIENCE_MS = 60 * 60_000;

interface ReportOptions {
  readonly provider?: string;
  readonly json?: boolean;
}

/** `signalbox providers report|probe|reset`: what is stated of each endpoint against what was measured. */
export function addProvidersCommands(program: Command, output: Output): void {
  const providers = program
    .command("providers")
    .description("what is stated of each endpoint against what was measured");
  providers
    .command("report")
    .description("stated against measured: context, tools, schemas, drift, speed, uptime, and what stands out")
    .option("--provider <id>", "of this provider or endpoint alone")
    .option("--json", "print JSON; money is in micro-USD, times in ms")
    .action(async (options: ReportOptions) => {
      const report = await readReport(options.provider);
      if (options.json === true) return output.json(report);
      printProvidersReport(report, output);
    });
  providers
    .command("probe")
    .description("put every probe to the running server's endpoints now, within the day's budget")
    .option("--provider <id>", "to this provider or endpoint alone")
    .option("--json", "print JSON")
    .action(async ({ provider, json }: ReportOptions) => {
      const body = provider === undefined ? {} : { provider };
      const answer = await askRunning("POST", "/admin/providers/probe", body, ROUND_PATIENCE_MS);
      const { probes } = answer as { readonly probes: readonly RoundEntry[] };
      if (json === true) return output.json(probes);
      output.table(["ENDPOINT", "QUESTION", "OUTCOME"], probes.map(rowOf));
    });
  providers
    .command("reset <endpoint>")
    .description("forget what probes have shown of an endpoint, because its model was changed on purpose")
    .option("--json", "print JSON")
    .action(async (endpoint: string, options: { json?: boolean }) => {
      const answer = await askRunning("POST", "/admin/providers/reset", { endpoint });
      if (options.json === true) return output.json(answer);
      const { results } = answer as { readonly results: number };
      output.line(
        `${results} results of ${endpoint} are forgotten; its next answers are what later ones are compared with.`,
      );
    });
}

function rowOf({ endpointId, question, result, notSent }: RoundEntry): readonly string[] {
  const outcome = result?.errorCode ?? (result?.isRight === true ? "right" : "wrong");
  return [endpointId, question, result === undefined ? `not asked: ${notSent ?? "unknown"}` : outcome];
}

/** From the running server, which knows also why something was not asked; without one, from what is on disk. */
async function readReport(provider: string | undefined): Promise<ProvidersReport> {
  const { dataDir, config } = readInstallation();
  const { askServer } = await import("../app/ask-server.ts");
  const query = provider === undefined ? "" : `?provider=${encodeURIComponent(provider)}`;
  const answer = await askServer<ProvidersReport>(dataDir, { method: "GET", path: `/admin/providers${query}` });
  if (answer.kind === "answered") return answer.body;
  if (answer.kind === "refused") throw new CommandFailure(answer.message);
  const { databaseFileOf } = await import("../journal/data-dir.ts");
  const file = databaseFileOf(dataDir);
  if (!existsSync(file)) throw new CommandFailure(`There are no records at ${file}.`);
  const { reportOffline } = await import("../app/report-offline.ts");
  const report = await reportOffline(dataDir, config);
  const endpoints = report.endpoints.filter(
    ({ endpointId, providerId }) => provider === undefined || provider === endpointId || provider === providerId,
  );
  if (provider !== undefined && endpoints.length === 0)
    throw new CommandFailure(`No provider or endpoint is named ${JSON.stringify(provider)}.`);
  return { ...report, endpoints };
}
