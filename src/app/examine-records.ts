import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Finding } from "./examine.ts";

/** What the configuration says of the records and this release does not do: nobody shall rely on it. */
export function examineRecords({ payloads, retentionDays }: ApplianceConfig["audit"]): readonly Finding[] {
  const subject = "audit";
  const findings: Finding[] = [];
  if (payloads === "encrypted") {
    const message = "prompts and answers are not stored, although audit.payloads is encrypted: this release keeps none";
    findings.push({ verdict: "note", subject, message, remedy: "Set audit.payloads to none, or keep them elsewhere." });
  }
  if (retentionDays !== undefined) {
    const message = `leaves are kept for good, although audit.retentionDays is ${retentionDays}: this release ends none`;
    findings.push({ verdict: "note", subject, message });
  }
  return findings;
}
