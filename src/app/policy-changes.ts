import type { LeafDraft } from "../audit/leaf.ts";
import type { LeafReader } from "../audit/read-leaves.ts";
import type { Actor, ConfigurationProblem } from "../gateway/admin/admin-ports.ts";
import type { PolicyContext } from "../policy/known-names.ts";
import { newestShadowing, POLICY_ACTIVATED, POLICY_SHADOWED, readKeptPolicyText } from "./policy-history.ts";
import type { PreparedConfiguration } from "./prepare-configuration.ts";
import { compilePolicy, policyProblems, type PolicyText, type UsablePolicy } from "./read-policy.ts";

/** What a change of the policy did: everything or nothing. */
export type PolicyOutcome =
  | {
      readonly ok: true;
      readonly policyFile: string;
      readonly policySha256: string;
      readonly previousSha256: string;
      /** Index of the leaf that says so. */
      readonly auditIndex: number;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** The configuration with another policy in it, or why that can't be. The rest stays the very same. */
export function withPolicy(
  before: PreparedConfiguration,
  wanted: PolicyText,
): { readonly ok: true; readonly prepared: PreparedConfiguration } | Extract<PolicyOutcome, { ok: false }> {
  const policy = compilePolicy(wanted, contextOf(before));
  if (!policy.ok) return { ok: false, problems: policyProblems(policy) };
  return { ok: true, prepared: { ...before, policy, routing: { ...before.routing, policy: policy.policy } } };
}

/** The configuration with `wanted` tried beside its policy, or with nothing tried. */
export function withShadow(
  before: PreparedConfiguration,
  wanted: PolicyText | undefined,
): { readonly ok: true; readonly prepared: PreparedConfiguration } | Extract<PolicyOutcome, { ok: false }> {
  const { shadow: _, ...routing } = before.routing;
  const { shadow: __, ...rest } = before;
  if (wanted === undefined) return { ok: true, prepared: { ...rest, routing } };
  const shadow = compilePolicy(wanted, contextOf(before));
  if (!shadow.ok) return { ok: false, problems: policyProblems(shadow) };
  return { ok: true, prepared: { ...before, shadow, routing: { ...routing, shadow: shadow.policy } } };
}

/** The policy that the log says is tried; undefined, with the reason, where it can't be any more. */
export function shadowInForce(
  leaves: Pick<LeafReader, "list">,
  dataDir: string,
  context: PolicyContext,
): { readonly shadow?: UsablePolicy; readonly problem?: string } {
  const wanted = newestShadowing(leaves);
  if (wanted === undefined) return {};
  try {
    const shadow = compilePolicy({ file: wanted.file, text: readKeptPolicyText(dataDir, wanted.sha256) }, context);
    return shadow.ok ? { shadow } : { problem: `${wanted.file} is refused: ${shadow.problems[0]?.message ?? ""}` };
  } catch (error) {
    // A policy that is only tried must not keep the box from running; the caller logs why it is not tried.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The leaf that makes a policy count. */
export function policyLeaf(
  { policy, configuredPolicySha256 }: PreparedConfiguration,
  by: Actor | undefined,
  reason?: string,
): LeafDraft {
  return {
    kind: POLICY_ACTIVATED,
    sha256: policy.policy.sha256,
    file: policy.fileName,
    configuredSha256: configuredPolicySha256,
    reason,
    by,
  };
}

/** The leaf that begins or ends the trial of a policy. */
export function shadowLeaf({ shadow }: PreparedConfiguration, by: Actor | undefined): LeafDraft {
  return { kind: POLICY_SHADOWED, sha256: shadow?.policy.sha256, file: shadow?.fileName, by };
}

function contextOf({ routing }: PreparedConfiguration): PolicyContext {
  return { endpoints: [...routing.endpoints.values()].map((live) => live.facts), dataClasses: routing.dataClasses };
}
