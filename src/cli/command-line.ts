import { Command, CommanderError } from "commander";
import { addAuditCommands } from "./audit.ts";
import { addBackupCommands } from "./backup.ts";
import { UnusableDatabase } from "../journal/unusable-database.ts";
import { CommandFailure, EXIT } from "./command-failure.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addExplainCommand } from "./explain.ts";
import { addGainCommand } from "./gain.ts";
import { addHardwareCommand } from "./hardware.ts";
import { addKeysCommands } from "./keys.ts";
import { addModelsCommands } from "./models.ts";
import { addPolicyCommands } from "./policy.ts";
import { addPresetsCommands } from "./presets.ts";
import { standardOutput, type Output } from "./print.ts";
import { addServeCommand } from "./serve.ts";
import { addProvidersCommands } from "./providers.ts";
import { addSimulateCommand } from "./simulate.ts";
import { addUsageCommand } from "./usage.ts";

/**
 * Runs one command and resolves with the exit code: 0 done, 1 what was asked about is wrong, 2 bad usage.
 * Each command's file adds its options here and imports the parts that it needs only when it runs, so that `--help`
 * and short commands start fast.
 */
export async function runCommandLine(words: readonly string[], output: Output = standardOutput()): Promise<number> {
  try {
    await createProgram(output).parseAsync(words, { from: "user" });
    return EXIT.success;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** The whole command line with every command's options; what a command finds goes to `output`. */
export function createProgram(output: Output): Command {
  const program = new Command("signalbox")
    .description("A self-hosted inference router: hosts models, routes requests, proves where data went.")
    .version("0.1.0")
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .addHelpText("after", HELP_FOOTER);
  for (const add of COMMANDS) add(program, output);
  return program;
}

const COMMANDS: readonly ((program: Command, output: Output) => void)[] = [
  addServeCommand,
  addDoctorCommand,
  addHardwareCommand,
  addModelsCommands,
  addKeysCommands,
  addExplainCommand,
  addPolicyCommands,
  addPresetsCommands,
  addAuditCommands,
  addBackupCommands,
  addUsageCommand,
  addGainCommand,
  addProvidersCommands,
  addSimulateCommand,
];

const HELP_FOOTER = `
The launcher adds:
  engines list|install cuda|install vulkan|remove   the engine's builds for GPUs

Environment:
  SIGNALBOX_CONFIG      configuration file (default: config/appliance.yaml of the installation)
  SIGNALBOX_DATA_DIR    database, audit log, keys (default: ./data)
  SIGNALBOX_HOST        overrides the listener's address
  SIGNALBOX_PORT        overrides the listener's port; 0 picks a free one
  SIGNALBOX_ADMIN_KEY   the bootstrap admin key: sbx_ and 48 hexadecimal digits
  SIGNALBOX_LOG_LEVEL   trace, debug, info, warn, error, fatal or silent`;

/** Commander has printed its own message; failures of a command are printed here, defects with their stack. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.badUsage;
  if (error instanceof CommandFailure) {
    process.stderr.write(`signalbox: ${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof UnusableDatabase) {
    process.stderr.write(`signalbox: ${error.message}\n`);
    return EXIT.answerIsNo;
  }
  process.stderr.write(
    `signalbox: unexpected failure\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return EXIT.answerIsNo;
}
