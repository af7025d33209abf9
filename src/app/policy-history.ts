import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openLeafReader, type LeafReader, type RecordedLeaf } from "../audit/read-leaves.ts";
import { writeWholeSync } from "../files/write-whole.ts";
import { databaseFileOf, ensurePrivateFolder, isErrorWithCode } from "../journal/data-dir.ts";

/** Kind of the leaf that says which policy counts from then on. */
export const POLICY_ACTIVATED = "policy.activated";

/** Kind of the leaf that says which policy is tried beside it from then on, or that none is. */
export const POLICY_SHADOWED = "policy.shadowed";

/** Activations that are searched for the policy before the present one. */
const MAX_SEARCHED_ACTIVATIONS = 1_000;

/** Activations of one list. */
const LISTED_ACTIVATIONS = 100;

const SHA256 = /^[0-9a-f]{64}$/;

/** One moment from which on a policy counted, as the audit log has it. */
export interface PolicyActivation {
  readonly auditIndex: number;
  readonly time: string;
  readonly sha256: string;
  /** Where the text came from. */
  readonly file: string;
  /** Of the file that the configuration named then; another hash than `sha256` means that a command had the last word. */
  readonly configuredSha256: string;
  readonly reason?: string;
  /** Key of the caller; absent for a start of the box or a command on its own. */
  readonly by?: string;
}

/** A policy that is tried beside the one that counts. */
export interface PolicyShadowing {
  readonly sha256: string;
  readonly file: string;
}

/** The activations in the log, newest first; at most `limit`. */
export function listPolicyActivations(leaves: Pick<LeafReader, "list">, limit: number): readonly PolicyActivation[] {
  return leaves.list({ kind: POLICY_ACTIVATED, limit }).map(activationOf);
}

/** The text of the policy that counted before the one with this hash; undefined where there was none. Throws as {@link readKeptPolicyText}. */
export function policyBefore(
  sha256: string | undefined,
  leaves: Pick<LeafReader, "list">,
  dataDir: string,
): { readonly file: string; readonly text: string } | undefined {
  const before = listPolicyActivations(leaves, MAX_SEARCHED_ACTIVATIONS).find((one) => one.sha256 !== sha256);
  return before === undefined ? undefined : { file: before.file, text: readKeptPolicyText(dataDir, before.sha256) };
}

/** The activations in the log of a data folder, newest first; none where there is no log yet. */
export function readPolicyActivations(dataDir: string, limit = LISTED_ACTIVATIONS): readonly PolicyActivation[] {
  if (!existsSync(databaseFileOf(dataDir))) return [];
  const leaves = openLeafReader(dataDir);
  try {
    return listPolicyActivations(leaves, limit);
  } finally {
    leaves.close();
  }
}

/** The policy that the log says is tried beside the one that counts. */
export function newestShadowing(leaves: Pick<LeafReader, "list">): PolicyShadowing | undefined {
  const [leaf] = leaves.list({ kind: POLICY_SHADOWED, limit: 1 });
  const sha256 = textOf(leaf?.["sha256"]);
  return sha256 === undefined ? undefined : { sha256, file: textOf(leaf?.["file"]) ?? "unknown" };
}

function activationOf(leaf: RecordedLeaf): PolicyActivation {
  const sha256 = textOf(leaf["sha256"]) ?? "";
  const by = leaf["by"] as { readonly keyId?: unknown } | undefined;
  const reason = textOf(leaf["reason"]);
  const keyId = textOf(by?.keyId);
  return {
    auditIndex: leaf.index,
    time: textOf(leaf["time"]) ?? "",
    sha256,
    file: textOf(leaf["file"]) ?? "unknown",
    // Leaves of the first release name no other hash: then the configuration alone decided.
    configuredSha256: textOf(leaf["configuredSha256"]) ?? sha256,
    ...(reason === undefined ? {} : { reason }),
    ...(keyId === undefined ? {} : { by: keyId }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** SHA-256 of a policy's text, hexadecimal: its name in the log, in decisions and among the kept texts. */
export function policySha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Keeps a policy's text in the data folder under its hash, durably: a decision of any age can be explained with it. */
export function keepPolicyText(dataDir: string, text: string): void {
  const folder = policiesFolderOf(dataDir);
  const file = fileOf(dataDir, policySha256(text));
  if (readIfThere(file) === text) return;
  ensurePrivateFolder(folder);
  writeWholeSync(file, text);
}

/** A text that was kept. Throws an Error that says what to do where it is gone or was changed. */
export function readKeptPolicyText(dataDir: string, sha256: string): string {
  const text = readIfThere(fileOf(dataDir, sha256));
  if (text !== undefined && policySha256(text) === sha256) return text;
  const what = text === undefined ? "is not there" : "was changed";
  throw new Error(
    `The policy ${sha256} counts, but its text in ${policiesFolderOf(dataDir)} ${what}. ` +
      "Put it back from a backup, or make another policy count: `signalbox policy activate FILE`.",
  );
}

/** The same; undefined where no such text was kept. */
export function findKeptPolicyText(dataDir: string, sha256: string): string | undefined {
  const text = SHA256.test(sha256) ? readIfThere(fileOf(dataDir, sha256)) : undefined;
  return text !== undefined && policySha256(text) === sha256 ? text : undefined;
}

function policiesFolderOf(dataDir: string): string {
  return join(dataDir, "policies");
}

function fileOf(dataDir: string, sha256: string): string {
  return join(policiesFolderOf(dataDir), `${sha256}.yaml`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isErrorWithCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
