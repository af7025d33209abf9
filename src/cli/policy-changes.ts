import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { PolicyChange } from "../app/change-policy.ts";
import type { WantedPolicy } from "../gateway/admin/admin-ports.ts";
import { CommandFailure } from "./command-failure.ts";
import { readInstallation, type Installation } from "./installation.ts";
import type { Output } from "./print.ts";

/** Hexadecimal digits of a hash that people see. */
const SHOWN_DIGITS = 12;

interface JsonOption {
  readonly json?: boolean;
}

/** `signalbox policy activate|rollback|history|shadow`: which policy counts, and which is tried beside it. */
export function addPolicyChangeCommands(policy: Command, output: Output): void {
  policy
    .command("activate [file]")
    .description("make a policy file count, on record; without a file, the configured one")
    .option("--reason <text>", "why, for the audit log")
    .option("--json", "print JSON")
    .action(async (file: string | undefined, options: JsonOption & { readonly reason?: string }) => {
      const installation = readInstallation();
      const wanted = { ...(await readWanted(installation, file)), reason: options.reason };
      const { activatePolicy } = await import("../app/change-policy.ts");
      report(await activatePolicy(installation, wanted), output, options, "counts");
    });
  policy
    .command("rollback")
    .description("make the policy count that counted before this one, on record")
    .option("--json", "print JSON")
    .action(async (options: JsonOption) => {
      const { rollBackPolicy } = await import("../app/change-policy.ts");
      report(await rollBackPolicy(readInstallation()), output, options, "counts");
    });
  addHistory(policy, output);
  addShadow(policy, output);
}

function addHistory(policy: Command, output: Output): void {
  policy
    .command("history")
    .description("which policy counted from when on, newest first")
    .option("--json", "print JSON")
    .action(async (options: JsonOption) => {
      const { dataDir } = readInstallation();
      const { readPolicyActivations } = await import("../app/policy-history.ts");
      const history = readPolicyActivations(dataDir);
      if (options.json === true) return output.json(history);
      output.table(
        ["LEAF", "SINCE", "POLICY", "FILE", "BY", "REASON"],
        history.map(({ auditIndex, time, sha256, file, by, reason }) => [
          String(auditIndex),
          time.slice(0, 19),
          sha256.slice(0, SHOWN_DIGITS),
          file,
          by ?? "-",
          reason ?? "-",
        ]),
      );
    });
}

function addShadow(policy: Command, output: Output): void {
  policy
    .command("shadow [file]")
    .description("try a policy beside the one that counts; without a file, what the trial has shown so far")
    .option("--off", "end the trial")
    .option("--json", "print JSON")
    .action(async (file: string | undefined, options: JsonOption & { readonly off?: boolean }) => {
      const installation = readInstallation();
      const { shadowPolicy } = await import("../app/change-policy.ts");
      if (options.off === true) return report(await shadowPolicy(installation, undefined), output, options, "off");
      if (file === undefined) return printTrial(installation, output, options);
      report(await shadowPolicy(installation, await readWanted(installation, file)), output, options, "tried");
    });
}

async function printTrial({ dataDir }: Installation, output: Output, { json }: JsonOption): Promise<void> {
  const { readTrial } = await import("../app/compare-policies.ts");
  const trial = readTrial(dataDir);
  if (trial === undefined)
    throw new CommandFailure("No policy is tried. `signalbox policy shadow FILE` begins a trial.");
  if (json === true) return output.json(trial);
  const { printComparison } = await import("./print-comparison.ts");
  output.line(`tried     ${trial.file} (${trial.sha256.slice(0, SHOWN_DIGITS)}) since ${trial.since.slice(0, 19)}`);
  printComparison(trial.comparison, output);
}

async function readWanted({ config }: Installation, file: string | undefined): Promise<WantedPolicy> {
  const { policyFileOf, readPolicyText } = await import("../app/read-policy.ts");
  const path = file === undefined ? policyFileOf(config) : resolve(file);
  if (!existsSync(path)) throw new CommandFailure(`There is no file ${path}.`);
  const read = readPolicyText(path);
  if ("text" in read) return read;
  throw new CommandFailure(`${path} ${read.problems[0]?.message ?? "cannot be read"}.`);
}

function report(change: PolicyChange, output: Output, { json }: JsonOption, what: "counts" | "tried" | "off"): void {
  if (change.kind === "refused") throw new CommandFailure(change.message);
  const { outcome, atServer } = change;
  if (json === true) output.json(outcome);
  if (!outcome.ok) {
    const lines = outcome.problems.map(
      ({ file, line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`,
    );
    throw new CommandFailure(`${lines.join("\n")}\nthe policy file is refused; the one before stays`);
  }
  if (json === true) return;
  for (const warning of outcome.warnings) output.line(`warning: ${warning}`);
  const name = `${outcome.policyFile} (${outcome.policySha256.slice(0, SHOWN_DIGITS)})`;
  const record = `leaf ${outcome.auditIndex}`;
  if (what === "off") return output.line(`No policy is tried any more (${record}).`);
  if (what === "tried") return output.line(`${name} is tried beside the policy that counts (${record}).`);
  output.line(`${name} counts ${atServer ? "now" : "from the next start on"} (${record}).`);
  output.line("`signalbox policy rollback` takes it back.");
}
