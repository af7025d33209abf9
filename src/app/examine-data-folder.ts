import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { signingKeyFileOf } from "../audit/audit-keys.ts";
import { databaseFileOf, keysFolderOf } from "../journal/data-dir.ts";
import { pepperFileOf } from "../ledger/key-secret.ts";
import type { Finding } from "./examine.ts";

/** What a file's mode may not grant, so that nobody but its owner can read it. */
const OTHERS_BITS = 0o077;

/** What is to be said of a data folder, and whether anything in it can be read at all. */
export interface DataFolderExamination {
  readonly isReadable: boolean;
  readonly findings: readonly Finding[];
}

/** Looks at the folder, at the secret keys in it and at the log, and changes nothing. */
export async function examineDataFolder(dataDir: string): Promise<DataFolderExamination> {
  if (!existsSync(dataDir)) {
    const parent = nearestFolder(dataDir);
    const access = examineAccess(parent, constants.W_OK);
    return {
      isReadable: true,
      findings: [access ?? { verdict: "good", subject: "data", message: `${dataDir} can be made` }, NO_LOG],
    };
  }
  const unreadable = examineAccess(dataDir, constants.R_OK | constants.X_OK) ?? examineDatabaseAccess(dataDir);
  if (unreadable !== undefined) return { isReadable: false, findings: [unreadable] };
  const unwritable = examineAccess(dataDir, constants.W_OK);
  return {
    isReadable: true,
    findings: [
      unwritable ?? { verdict: "good", subject: "data", message: `${dataDir} can be written` },
      ...examineSecrets(dataDir),
      ...(await examineLog(dataDir)),
    ],
  };
}

const NO_LOG: Finding = { verdict: "note", subject: "audit log", message: "not begun yet: the first start makes it" };

/** The folder itself, or the first one above it that is there: the one that a start would make it in. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function examineAccess(path: string, mode: number): Finding | undefined {
  try {
    accessSync(path, mode);
    return undefined;
  } catch {
    // Any reason comes to the same for the reader: the folder is of no use.
    return {
      verdict: "wrong",
      subject: "data",
      message: `${path} can't be ${mode === constants.W_OK ? "written" : "read"} by this user`,
      remedy: "Run this as the user that the box runs as; else change the owner, or set SIGNALBOX_DATA_DIR.",
    };
  }
}

function examineDatabaseAccess(dataDir: string): Finding | undefined {
  const file = databaseFileOf(dataDir);
  return existsSync(file) ? examineAccess(file, constants.R_OK) : undefined;
}

/** Keys that others could read, and keys without which a log that has begun can't go on. */
function examineSecrets(dataDir: string): readonly Finding[] {
  const subject = "keys";
  const folder = keysFolderOf(dataDir);
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const open = files.filter((file) => (statSync(file).mode & OTHERS_BITS) !== 0);
  const needed = existsSync(databaseFileOf(dataDir)) ? [signingKeyFileOf(dataDir), pepperFileOf(dataDir)] : [];
  return [
    ...open.map((file): Finding => ({
      verdict: "wrong",
      subject,
      message: `${file} can be read by others (mode ${(statSync(file).mode & 0o777).toString(8)})`,
      remedy: `chmod 600 ${file}; where somebody may have read it, take it for known.`,
    })),
    ...needed
      .filter((file) => !existsSync(file))
      .map((file): Finding => ({
        verdict: "wrong",
        subject,
        message: `${file} is missing`,
        remedy: "Put it back from a backup; a start refuses to go on without it.",
      })),
  ];
}

async function examineLog(dataDir: string): Promise<readonly Finding[]> {
  if (!existsSync(databaseFileOf(dataDir))) return [NO_LOG];
  const { verifyLog } = await import("../audit/verify-log.ts");
  const report = await verifyLog({ source: { dataDir } });
  if (report.ok) return [{ verdict: "good", subject: "audit log", message: `${report.size} leaves, whole` }];
  return [
    {
      verdict: "wrong",
      subject: "audit log",
      message: `${report.problem ?? "it does not verify"} (first bad index ${report.firstBadIndex ?? "unknown"})`,
      remedy: "Keep a copy of the data folder for whoever investigates, then `signalbox restore` a backup.",
    },
  ];
}
