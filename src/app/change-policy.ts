import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { LeafDraft } from "../audit/leaf.ts";
import { openLeafReader } from "../audit/read-leaves.ts";
import type { WantedPolicy } from "../gateway/admin/admin-ports.ts";
import { askServer, type AdminQuestion } from "./ask-server.ts";
import { describeEndpoints } from "./describe-endpoints.ts";
import { openRecords, type Records } from "./open-records.ts";
import type { PolicyOutcome } from "./policy-changes.ts";
import {
  keepPolicyText,
  listPolicyActivations,
  POLICY_ACTIVATED,
  policyBefore,
  policySha256,
} from "./policy-history.ts";
import { compilePolicy, policyFileOf, policyProblems, readPolicyInForce, readPolicyText } from "./read-policy.ts";
import { systemClock } from "./system-clock.ts";

/** The files that a change is about. */
export interface PolicySite {
  readonly config: ApplianceConfig;
  readonly dataDir: string;
}

/** What came of a change: the outcome, with whether a running server made it, or why it can't be tried. */
export type PolicyChange =
  | { readonly kind: "tried"; readonly outcome: PolicyOutcome; readonly atServer: boolean }
  | { readonly kind: "refused"; readonly message: string };

/** Makes a policy text count: at the server that runs on this data folder, or from its next start on. */
export async function activatePolicy(site: PolicySite, wanted: WantedPolicy): Promise<PolicyChange> {
  const asked = await changeAtServer(site, { method: "POST", path: "/admin/policies/activate", body: wanted });
  return asked ?? { kind: "tried", outcome: await activateOffline(site, wanted), atServer: false };
}

/** Makes the policy count that counted before: at the server, or from its next start on. */
export async function rollBackPolicy(site: PolicySite): Promise<PolicyChange> {
  const asked = await changeAtServer(site, { method: "POST", path: "/admin/policies/rollback", body: {} });
  if (asked !== undefined) return asked;
  const before = readPolicyBefore(site);
  if (before === undefined) return { kind: "refused", message: "No other policy has counted before this one." };
  return { kind: "tried", outcome: await activateOffline(site, before), atServer: false };
}

/** Tries a policy beside the one that counts, or ends the trial. Only a running server can. */
export async function shadowPolicy(site: PolicySite, wanted: WantedPolicy | undefined): Promise<PolicyChange> {
  const path = "/admin/policies/shadow";
  const question: AdminQuestion =
    wanted === undefined ? { method: "DELETE", path } : { method: "POST", path, body: wanted };
  const asked = await changeAtServer(site, question);
  return asked ?? { kind: "refused", message: "No server answers here, and only a running one can try a policy." };
}

/** Undefined where no server runs. */
async function changeAtServer({ dataDir }: PolicySite, question: AdminQuestion): Promise<PolicyChange | undefined> {
  const answer = await askServer<PolicyOutcome>(dataDir, question);
  switch (answer.kind) {
    case "answered":
      return { kind: "tried", outcome: answer.body, atServer: true };
    case "refused":
      return { kind: "refused", message: answer.message };
    case "no-server":
      return undefined;
  }
}

async function activateOffline({ config, dataDir }: PolicySite, wanted: WantedPolicy): Promise<PolicyOutcome> {
  const context = { endpoints: await describeEndpoints(config, dataDir), dataClasses: config.dataClasses };
  const policy = compilePolicy(wanted, context);
  if (!policy.ok) return { ok: false, problems: policyProblems(policy) };
  const configured = readPolicyText(policyFileOf(config));
  if (!("text" in configured)) return { ok: false, problems: policyProblems(configured) };
  const inForce = readPolicyInForce(config, dataDir, context);
  keepPolicyText(dataDir, wanted.text);
  const auditIndex = await append(dataDir, {
    kind: POLICY_ACTIVATED,
    sha256: policy.policy.sha256,
    file: wanted.file,
    configuredSha256: policySha256(configured.text),
    reason: wanted.reason,
  });
  return {
    ok: true,
    policyFile: wanted.file,
    policySha256: policy.policy.sha256,
    previousSha256: policySha256(inForce.text),
    auditIndex,
    warnings: policy.warnings.map(({ line, message }) => `${wanted.file}:${line}: ${message}`),
  };
}

async function append(dataDir: string, leaf: LeafDraft): Promise<number> {
  const records: Records = await openRecords({ dataDir, clock: systemClock });
  try {
    return (await records.log.append(leaf)).auditIndex;
  } finally {
    await records.close();
  }
}

function readPolicyBefore({ dataDir }: PolicySite): WantedPolicy | undefined {
  const leaves = openLeafReader(dataDir);
  try {
    const before = policyBefore(listPolicyActivations(leaves, 1)[0]?.sha256, leaves, dataDir);
    return before === undefined ? undefined : { ...before, reason: "rolled back" };
  } finally {
    leaves.close();
  }
}
