import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import { formatPolicyProblem } from "../policy/format-policy-report.ts";
import type { PolicyContext } from "../policy/known-names.ts";
import { loadPolicy, type LoadedPolicy } from "../policy/load-policy.ts";

/** The policy file of a configuration: the one that it names, else the one shipped with the release. */
export function policyFileOf(config: Pick<ApplianceConfig, "policies">): string {
  return config.policies ?? fileURLToPath(new URL("../../config/policies/default.yaml", import.meta.url));
}

/** A policy as its file has it: compiled or refused, with its text where it could be read. */
export type ReadPolicy = LoadedPolicy & { readonly text: string };

/** Reads and compiles a policy file and runs its tests; anything wrong with it is in the result. */
export function readPolicy(file: string, context: PolicyContext): ReadPolicy {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    // The reason is passed on to the reader of the problem list.
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, fileName: file, problems: [{ line: 1, column: 1, message }], tests: [], text: "" };
  }
  return { ...loadPolicy(text, file, context), text };
}

/** The problems of a refused policy file, one a line. */
export function formatPolicyProblems({ fileName, problems }: Extract<LoadedPolicy, { ok: false }>): string {
  return problems.map((problem) => formatPolicyProblem(fileName, problem)).join("\n");
}
