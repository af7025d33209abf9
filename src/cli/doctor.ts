import type { Command } from "commander";
import { CommandFailure } from "./command-failure.ts";
import { INSTALL_FOLDER, readInstallation } from "./installation.ts";
import type { Output } from "./print.ts";

/** `signalbox doctor`: what is detected, what is misconfigured, and what to do about it. */
export function addDoctorCommand(program: Command, output: Output): void {
  program
    .command("doctor")
    .description("examine configuration, policy, models, hardware, data folder and log; say what to do")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }) => {
      const installation = readInstallation();
      const { examine } = await import("../app/examine.ts");
      const findings = await examine({ ...installation, installFolder: INSTALL_FOLDER });
      if (options.json === true) output.json(findings);
      else {
        for (const { verdict, subject, message, remedy } of findings) {
          output.line(`${MARKS[verdict]}  ${subject}: ${message}`);
          if (remedy !== undefined) output.line(`      → ${remedy}`);
        }
      }
      const wrong = findings.filter(({ verdict }) => verdict === "wrong").length;
      if (wrong > 0) throw new CommandFailure(`${wrong} of ${findings.length} findings need attention`);
    });
}

const MARKS = { good: "ok  ", note: "note", wrong: "FAIL" } as const;
