import { existsSync } from "node:fs";
import { InvalidArgumentError, type Command } from "commander";
import type { RecordedLeaf } from "../audit/read-leaves.ts";
import { CommandFailure, EXIT, orFail } from "./command-failure.ts";
import { dataDirOf, readInstallation } from "./installation.ts";
import type { Output } from "./print.ts";

/** `signalbox audit list|show|verify|checkpoint|export`: the log, beside a running server or without one. */
export function addAuditCommands(program: Command, output: Output): void {
  const audit = program.command("audit").description("read, verify, sign and export the audit log");
  addList(audit, output);
  addShow(audit, output);
  addVerify(audit, output);
  addCheckpoint(audit, output);
  addExport(audit, output);
}

interface ListOptions {
  readonly limit: number;
  readonly request?: string;
  readonly kind?: string;
  readonly before?: number;
  readonly json?: boolean;
}

function addList(audit: Command, output: Output): void {
  audit
    .command("list")
    .description("the newest leaves, newest first")
    .option("--limit <count>", "at most this many", parseIndex, 50)
    .option("--request <id>", "only the leaves of one request")
    .option("--kind <kind>", "only one kind, for example attempt, outcome or refusal")
    .option("--before <index>", "only leaves before this index: the next page", parseIndex)
    .option("--json", "print an array of leaves")
    .action(async (options: ListOptions) => {
      const reader = await openReader();
      try {
        const leaves = reader.list({
          limit: options.limit,
          ...(options.request === undefined ? {} : { requestId: options.request }),
          ...(options.kind === undefined ? {} : { kind: options.kind }),
          ...(options.before === undefined ? {} : { before: options.before }),
        });
        if (options.json === true) return output.json(leaves);
        output.table(["INDEX", "TIME", "KIND", "REQUEST", "WHAT"], leaves.map(rowOf));
      } finally {
        reader.close();
      }
    });
}

function addShow(audit: Command, output: Output): void {
  audit
    .command("show")
    .description("one leaf with all its facts and the receipt that proves it")
    .argument("<index>", "its place in the log, from 0", parseIndex)
    .option("--json", "print JSON")
    .action(async (index: number, options: { json?: boolean }) => {
      const reader = await openReader();
      try {
        const shown = reader.show(index);
        if (shown === undefined) throw new CommandFailure(`The log has no leaf ${index}.`);
        if (options.json === true) return output.json(shown);
        output.json(shown.leaf);
        output.line(shown.receipt ?? "No checkpoint covers this leaf yet; one is signed at least every minute.");
      } finally {
        reader.close();
      }
    });
}

function addVerify(audit: Command, output: Output): void {
  audit
    .command("verify")
    .description("rebuild the tree from every leaf and compare it with every signed checkpoint")
    .option("--data-dir <folder>", "a copy of a data folder, instead of the configured one")
    .option("--vkey <key>", "the log's public key as it was published; otherwise the one beside the log is believed")
    .option("--json", "print JSON")
    .action(async (options: { dataDir?: string; vkey?: string; json?: boolean }) => {
      const { verifyLog } = await import("../audit/verify-log.ts");
      const dataDir = options.dataDir ?? configuredDataDir();
      const report = await orFail(() =>
        verifyLog({ source: { dataDir }, ...(options.vkey === undefined ? {} : { vkey: options.vkey }) }),
      );
      if (options.json === true) output.json(report);
      else if (report.ok)
        output.line(
          `The log is whole: ${report.size} leaves, root ${report.root}, the first ${report.checkpointSize} under a signed checkpoint.`,
        );
      if (report.ok) return;
      const where = report.firstBadIndex === undefined ? "" : ` First bad index: ${report.firstBadIndex}.`;
      throw new CommandFailure(
        `The log is not whole: ${report.problem ?? "it does not verify"}.${where}`,
        EXIT.answerIsNo,
      );
    });
}

function addCheckpoint(audit: Command, output: Output): void {
  audit
    .command("checkpoint")
    .description("sign the head of the log as it is now and print it, to be kept elsewhere")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }) => {
      const [{ openRecords }, { systemClock }] = await Promise.all([
        import("../app/open-records.ts"),
        import("../app/system-clock.ts"),
      ]);
      const dataDir = configuredDataDir();
      await requireLog(dataDir);
      const note = await orFail(async () => {
        const records = await openRecords({ dataDir, clock: systemClock });
        try {
          return await records.log.checkpoint();
        } finally {
          await records.close();
        }
      });
      const [origin, size, root] = note.split("\n");
      if (options.json === true) output.json({ origin, size: Number(size), root, note });
      else output.line(note.trimEnd());
    });
}

function addExport(audit: Command, output: Output): void {
  audit
    .command("export <folder>")
    .description("write the log up to its newest signed head as files that others' tools read, without keys")
    .option("--data-dir <folder>", "a copy of a data folder, instead of the configured one")
    .option("--json", "print JSON")
    .action(async (folder: string, options: { dataDir?: string; json?: boolean }) => {
      const { exportLog } = await import("../audit/export-log.ts");
      const dataDir = options.dataDir ?? configuredDataDir();
      const report = await orFail(() => exportLog({ dataDir, folder }));
      if (options.json === true) return output.json({ folder, ...report });
      output.line(`Exported ${report.size} leaves to ${folder}: root ${report.root}, signed by ${report.origin}.`);
    });
}

function configuredDataDir(): string {
  const { environment, config } = readInstallation();
  return dataDirOf(environment, config);
}

/** A command that only looks or signs must not make a log where there is none. */
async function requireLog(dataDir: string): Promise<void> {
  const { databaseFileOf } = await import("../journal/data-dir.ts");
  const file = databaseFileOf(dataDir);
  if (!existsSync(file)) throw new CommandFailure(`There is no audit log at ${file}.`);
}

async function openReader() {
  const { openLeafReader } = await import("../audit/read-leaves.ts");
  const dataDir = configuredDataDir();
  await requireLog(dataDir);
  try {
    return openLeafReader(dataDir);
  } catch (error) {
    throw new CommandFailure(`The audit log can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** One line about a leaf. */
function rowOf(leaf: RecordedLeaf): readonly string[] {
  const text = (name: string): string | undefined =>
    typeof leaf[name] === "string" ? (leaf[name] as string) : undefined;
  const what = [text("endpointId"), text("result"), text("errorCode"), text("message"), text("keyId")];
  return [
    String(leaf.index),
    text("time") ?? "-",
    leaf.kind,
    text("requestId") ?? "-",
    what.filter((part) => part !== undefined).join(" · "),
  ];
}

function parseIndex(text: string): number {
  const index = Number(text);
  if (!Number.isSafeInteger(index) || index < 0)
    throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return index;
}
