import { readFileSync } from "node:fs";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { RequestToExplain } from "../app/explain-offline.ts";
import type { Decision } from "../core/decision.ts";
import { INFERENCE_KINDS, type InferenceKind } from "../core/inference-request.ts";
import type { ListedKey } from "../ledger/list-keys.ts";
import { CommandFailure } from "./command-failure.ts";
import { INSTALL_FOLDER, readInstallation, type Installation } from "./installation.ts";
import type { Output } from "./print.ts";

interface ExplainOptions {
  readonly request: string;
  readonly kind?: InferenceKind;
  readonly key?: string;
  readonly header: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

/** `signalbox explain`: where a request would go, and why not elsewhere. */
export function addExplainCommand(program: Command, output: Output): void {
  program
    .command("explain")
    .description("where a request would go now, and why not elsewhere; nothing is sent")
    .requiredOption("--request <file>", "the body of a request as JSON; - reads it from stdin")
    .addOption(
      new Option("--kind <kind>", "what the request asks for; without it, the fields of its body tell").choices(
        INFERENCE_KINDS,
      ),
    )
    .option("--key <id-or-name>", "the key whose rights count; without it, an ordinary key without tags")
    .option("--header <name:value>", "a header that matters to routing, such as x-data-class:restricted", addHeader, {})
    .option("--json", "print the whole decision as JSON")
    .action(async (options: ExplainOptions) => {
      const installation = readInstallation();
      const body = readRequest(options.request);
      const key = options.key === undefined ? undefined : await findKey(installation.dataDir, options.key);
      const { refusalOf } = await import("../routing/refusal.ts");
      const { kind, header: headers } = options;
      const request = {
        body,
        headers,
        ...(kind === undefined ? {} : { kind }),
        ...(key === undefined ? {} : { key }),
      };
      const decision = await decisionOf(installation, request);
      if (options.json === true) output.json(decision);
      else await printDecision(decision, output);
      if (decision.candidates.length > 0) return;
      const { errorCode, message } = refusalOf(decision);
      throw new CommandFailure(`it would be refused (${errorCode}): ${message}`);
    });
}

/** The running server's decision on live facts; without one, what the configuration alone says, with a line that says so. */
async function decisionOf(installation: Installation, request: RequestToExplain): Promise<Decision> {
  const { explainAtServer } = await import("../app/explain-at-server.ts");
  const answer = await explainAtServer(installation.dataDir, request);
  if (answer.kind === "answered") return answer.body;
  if (answer.kind === "refused") throw new CommandFailure(answer.message);
  process.stderr.write("No server answers here: every endpoint counts as loaded and idle, and no speed is known.\n");
  const { explainOffline } = await import("../app/explain-offline.ts");
  return explainOffline({ ...installation, installFolder: INSTALL_FOLDER }, request).catch((error: unknown) => {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  });
}

async function printDecision(decision: Decision, output: Output): Promise<void> {
  const { explainDecision } = await import("../routing/explain-decision.ts");
  const { workload, dataClass, routeId, objective } = decision;
  output.line(`workload  ${workload.class}: ${workload.reasons.join("; ")}`);
  output.line(
    `task      ${workload.task}${workload.difficulty === undefined ? "" : `, difficulty ${workload.difficulty}`}`,
  );
  output.line(`data      ${dataClass}`);
  output.line(`route     ${routeId}, objective ${objective}`);
  const { cascade } = decision;
  if (cascade !== undefined)
    output.line(
      `cascade   ${cascade.endpointId} first; ${cascade.nextEndpointId} where its mean log-probability is below ${cascade.minMeanLogprob}, and then both are paid`,
    );
  const { continuation } = decision;
  if (continuation !== undefined)
    output.line(
      `goes on   an answer that breaks off is gone on with, by an endpoint of the same model: ${continuation.endpointIds.join(", ")}`,
    );
  for (const note of decision.notes ?? []) output.line(`note      ${note}`);
  output.table(
    ["#", "ENDPOINT", "COST", "FIRST", "TOTAL", "SCORE (MICRO-USD)", "WHY"],
    explainDecision(decision).map((row) => [
      row.position === undefined ? "-" : String(row.position),
      row.endpointId,
      row.costUsd === undefined ? "-" : `$${row.costUsd.toFixed(6)}`,
      duration(row.ttftMs, row.ttftP90Ms),
      duration(row.totalMs, row.totalP90Ms),
      row.score ?? "-",
      row.why,
    ]),
  );
}

/** `1.2 s`, and in brackets what 9 of 10 stay within. */
function duration(ms: number | undefined, p90Ms: number | undefined): string {
  if (ms === undefined) return "-";
  const seconds = (value: number): string => (value < 1_000 ? `${value} ms` : `${(value / 1_000).toFixed(1)} s`);
  return p90Ms === undefined ? seconds(ms) : `${seconds(ms)} (${seconds(p90Ms)})`;
}

function readRequest(file: string): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw new CommandFailure(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function findKey(dataDir: string, idOrName: string): Promise<ListedKey> {
  const { listKeys } = await import("../ledger/list-keys.ts");
  const keys = listKeys(dataDir, Date.now());
  const key = keys.find(({ keyId, name }) => keyId === idOrName || name === idOrName);
  if (key === undefined) throw new CommandFailure(`There is no key ${idOrName}; \`signalbox keys list\` shows them.`);
  return key;
}

function addHeader(text: string, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const separator = text.indexOf(":");
  if (separator < 1) throw new InvalidArgumentError("It must be name:value.");
  return { ...headers, [text.slice(0, separator).trim().toLowerCase()]: text.slice(separator + 1).trim() };
}
