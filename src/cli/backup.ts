import type { Command } from "commander";
import { orFail } from "./command-failure.ts";
import { readInstallation } from "./installation.ts";
import { formatBytes, type Output } from "./print.ts";

/** `signalbox backup` and `signalbox restore`: everything of a data folder but the models' files, which can be fetched again. */
export function addBackupCommands(program: Command, output: Output): void {
  program
    .command("backup <folder>")
    .description("copy the records, keys and policies into a new folder, verified, beside a running server")
    .option("--json", "print what was written as JSON")
    .action(async (folder: string, options: { readonly json?: boolean }) => {
      const { dataDir } = readInstallation();
      const [{ makeBackup }, { systemClock }] = await Promise.all([
        import("../app/backup/make-backup.ts"),
        import("../app/system-clock.ts"),
      ]);
      const manifest = await orFail(
        () => makeBackup({ dataDir, folder, clock: systemClock, program: program.version() ?? "unknown" }),
        "No backup was made",
      );
      if (options.json === true) return output.json({ folder, ...manifest });
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      output.line(
        `Backed up ${dataDir} to ${folder}: ${manifest.files.length} files, ${formatBytes(bytes)}, ` +
          `a log of ${manifest.log.size} leaves with the root ${manifest.log.root}.`,
      );
      output.line("It holds the box's secret keys. Files of imported models are not in it.");
    });
  program
    .command("restore <folder>")
    .description("make a stopped box's records, keys and policies what they were when a backup was made")
    .option("--replace", "put records that are there aside, in a folder beside them")
    .option("--json", "print what was restored as JSON")
    .action(async (folder: string, options: { readonly replace?: boolean; readonly json?: boolean }) => {
      const { dataDir } = readInstallation();
      const [{ restoreBackup }, { systemClock }] = await Promise.all([
        import("../app/backup/restore-backup.ts"),
        import("../app/system-clock.ts"),
      ]);
      const report = await orFail(
        () => restoreBackup({ dataDir, folder, replace: options.replace === true, clock: systemClock }),
        "Nothing was restored",
      );
      if (options.json === true) return output.json({ dataDir, ...report });
      const { madeAt, log } = report.backup;
      output.line(`Restored ${dataDir} to ${madeAt}: a log of ${log.size} leaves, and one more that says so.`);
      if (report.replacedIn !== undefined) output.line(`What was there before is in ${report.replacedIn}.`);
      output.line(
        "Keys, budgets and spend are what they were then: revoke again what was revoked since (`signalbox keys list`).",
      );
    });
}
