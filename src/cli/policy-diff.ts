import { resolve } from "node:path";
import type { Command } from "commander";
import type { CompiledPolicy } from "../core/policy-port.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { CommandFailure } from "./command-failure.ts";
import { readInstallation, type Installation } from "./installation.ts";
import { parseSince } from "./parse-since.ts";
import type { Output } from "./print.ts";

/** `signalbox policy diff OLD NEW`: what a policy would have changed in the decisions of the last days. */
export function addPolicyDiffCommand(policy: Command, output: Output): void {
  policy
    .command("diff <old> <new>")
    .description(
      "make recorded decisions again under two policies, and say what the second changes; `active` is the one that counts",
    )
    .option("--since <time>", "how far back, such as 7d or 36h, or a date", parseSince, parseSince("7d"))
    .option("--json", "print JSON")
    .action(async (old: string, wanted: string, options: { readonly since: number; readonly json?: boolean }) => {
      const installation = readInstallation();
      const { describeEndpoints } = await import("../app/describe-endpoints.ts");
      const endpoints = await describeEndpoints(installation.config, installation.dataDir);
      const before = await compiled(installation, old, endpoints);
      const after = await compiled(installation, wanted, endpoints);
      const { replayComparison } = await import("../app/compare-policies.ts");
      const site = {
        endpoints: new Map(endpoints.map((facts) => [facts.id, facts])),
        dataClasses: installation.config.dataClasses,
      };
      const result = replayComparison(installation.dataDir, options.since, site, { before, after });
      if (options.json === true) return output.json({ since: new Date(options.since).toISOString(), ...result });
      const { printComparison } = await import("./print-comparison.ts");
      const { comparison, joint, own } = result;
      printComparison(comparison, output);
      if (joint.requests > 0)
        output.line(
          `${joint.requests} panels and plans, whose parts are counted above; refused as wholes: ${joint.refusedBefore} → ${joint.refusedAfter}`,
        );
      if (own.decisions > 0)
        output.line(`${own.decisions} requests of the box itself are not counted; ${own.refused} would be refused.`);
      if (result.notReplayable > 0)
        output.line(`${result.notReplayable} more can't be made again: their record lacks the request or was cut.`);
    });
}

async function compiled(
  { config, dataDir }: Installation,
  file: string,
  endpoints: readonly EndpointFacts[],
): Promise<CompiledPolicy> {
  const { formatPolicyProblems, readPolicy, readPolicyInForce } = await import("../app/read-policy.ts");
  const context = { endpoints, dataClasses: config.dataClasses };
  const policy = file === "active" ? readPolicyInForce(config, dataDir, context) : readPolicy(resolve(file), context);
  if (policy.ok) return policy.policy;
  throw new CommandFailure(`${formatPolicyProblems(policy)}\nthe policy file is refused`);
}
