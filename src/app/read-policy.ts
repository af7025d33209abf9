import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { ConfigurationProblem } from "../gateway/admin/admin-ports.ts";
import { formatPolicyProblem } from "../policy/format-policy-report.ts";
import type { PolicyContext } from "../policy/known-names.ts";
import { loadPolicy, type LoadedPolicy } from "../policy/load-policy.ts";
import { policySha256, readKeptPolicyText, readPolicyActivations, type PolicyActivation } from "./policy-history.ts";

/** The policy file of a configuration: the one that it names, else the one shipped with the release. */
export function policyFileOf(config: Pick<ApplianceConfig, "policies">): string {
  return config.policies ?? fileURLToPath(new URL("../../config/policies/default.yaml", import.meta.url));
}

/** A policy's text and where it came from. */
export interface PolicyText {
  readonly file: string;
  readonly text: string;
}

/** A policy as its file has it: compiled or refused, with its text where it could be read. */
export type ReadPolicy = LoadedPolicy & { readonly text: string };

/** A policy that can be used, with its text. */
export type UsablePolicy = Extract<ReadPolicy, { ok: true }>;

/** Reads and compiles a policy file and runs its tests; anything wrong with it is in the result. */
export function readPolicy(file: string, context: PolicyContext): ReadPolicy {
  const read = readPolicyText(file);
  return "text" in read ? compilePolicy(read, context) : { ...read, text: "" };
}

/** Compiles a policy's text and runs its tests; anything wrong with it is in the result. */
export function compilePolicy({ text, file }: PolicyText, context: PolicyContext): ReadPolicy {
  return { ...loadPolicy(text, file, context), text };
}

/** The text of a policy file, or the problem that keeps it from being read. */
export function readPolicyText(file: string): PolicyText | Extract<LoadedPolicy, { ok: false }> {
  try {
    return { file, text: readFileSync(file, "utf8") };
  } catch (error) {
    // The reason is passed on to the reader of the problem list.
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, fileName: file, problems: [{ line: 1, column: 1, message }], tests: [] };
  }
}

/**
 * The text that counts: of the configured file and the newest activation, whichever came last. An activation by command
 * stays while the configured file is as it was then; a change of that file is the later act. Throws an Error where the
 * text that counts is gone.
 */
export function policyInForce(
  configured: PolicyText,
  newest: Pick<PolicyActivation, "sha256" | "configuredSha256" | "file"> | undefined,
  dataDir: string,
): PolicyText {
  if (newest === undefined || newest.configuredSha256 !== policySha256(configured.text)) return configured;
  if (newest.sha256 === newest.configuredSha256) return configured;
  return { file: newest.file, text: readKeptPolicyText(dataDir, newest.sha256) };
}

/** The policy that would count at a start now, compiled; for commands beside a running box and without one. */
export function readPolicyInForce(
  config: Pick<ApplianceConfig, "policies">,
  dataDir: string,
  context: PolicyContext,
): ReadPolicy {
  const configured = readPolicyText(policyFileOf(config));
  if (!("text" in configured)) return { ...configured, text: "" };
  return compilePolicy(policyInForce(configured, readPolicyActivations(dataDir, 1)[0], dataDir), context);
}

/** What is wrong with a policy, as a reload lists it. */
export function policyProblems({ fileName, problems }: Extract<LoadedPolicy, { ok: false }>): ConfigurationProblem[] {
  return problems.map(({ line, message, suggestion }) => ({
    file: fileName,
    line,
    message: suggestion === undefined ? message : `${message} (${suggestion})`,
  }));
}

/** The problems of a refused policy file, one a line. */
export function formatPolicyProblems({ fileName, problems }: Extract<LoadedPolicy, { ok: false }>): string {
  return problems.map((problem) => formatPolicyProblem(fileName, problem)).join("\n");
}
