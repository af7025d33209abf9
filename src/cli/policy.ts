import { resolve } from "node:path";
import type { Command } from "commander";
import type { LoadedPolicy } from "../policy/load-policy.ts";
import { CommandFailure } from "./command-failure.ts";
import { readInstallation } from "./installation.ts";
import { addPolicyChangeCommands } from "./policy-changes.ts";
import { addPolicyDiffCommand } from "./policy-diff.ts";
import type { Output } from "./print.ts";

/** `signalbox policy check|test|diff|activate|rollback|history|shadow`. */
export function addPolicyCommands(program: Command, output: Output): void {
  const policy = program.command("policy").description("check, test, compare and activate policies");
  policy
    .command("check [file]")
    .description("compile a policy file and run its tests; without a file, the configured one")
    .option("--json", "print JSON")
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      const loaded = await load(file);
      if (options.json === true) output.json(summaryOf(loaded));
      else output.line((await import("../policy/format-policy-report.ts")).formatPolicyCheck(loaded));
      refuse(loaded);
    });
  policy
    .command("test [file]")
    .description("run the tests of a policy file, one line each")
    .option("--json", "print JSON")
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      const loaded = await load(file);
      if (options.json === true) output.json(summaryOf(loaded));
      else output.line((await import("../policy/format-policy-report.ts")).formatPolicyTests(loaded));
      refuse(loaded);
    });
  addPolicyDiffCommand(policy, output);
  addPolicyChangeCommands(policy, output);
}

async function load(file: string | undefined): Promise<LoadedPolicy> {
  const { config, dataDir } = readInstallation();
  const { describeEndpoints } = await import("../app/describe-endpoints.ts");
  const { policyFileOf, readPolicy } = await import("../app/read-policy.ts");
  const endpoints = await describeEndpoints(config, dataDir);
  return readPolicy(file === undefined ? policyFileOf(config) : resolve(file), {
    endpoints,
    dataClasses: config.dataClasses,
  });
}

function summaryOf(loaded: LoadedPolicy): unknown {
  const { ok, fileName, tests } = loaded;
  return ok
    ? { ok, file: fileName, sha256: loaded.policy.sha256, warnings: loaded.warnings, tests }
    : { ok, file: fileName, problems: loaded.problems, tests };
}

function refuse(loaded: LoadedPolicy): void {
  if (!loaded.ok) throw new CommandFailure("the policy file is refused");
}
