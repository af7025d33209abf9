import type { Command } from "commander";
import { SignalboxError } from "../core/errors.ts";
import { CommandFailure } from "./command-failure.ts";
import { INSTALL_FOLDER, readInstallation } from "./installation.ts";

/** `signalbox serve`: runs the box until SIGTERM or SIGINT, then drains. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("start the box: host the configured models and answer on the configured address")
    .action(async () => {
      const installation = readInstallation();
      const { startBox } = await import("../app/start-box.ts");
      const { announce } = await import("./announce.ts");
      const stopped = untilAskedToStop();
      const options = { ...installation, installFolder: INSTALL_FOLDER, version: program.version() ?? "unknown" };
      const box = await startBox(options).catch((error: unknown) => {
        if (error instanceof SignalboxError) throw new CommandFailure(`${error.message} ${error.facts.remedy}`);
        throw new CommandFailure(error instanceof Error ? error.message : String(error));
      });
      announce(box);
      await stopped;
      await box.stop();
    });
}

/** Resolves at the first SIGTERM or SIGINT. A second one ends the process without waiting for the drain. */
function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on("SIGTERM", onSignal);
    process.on("SIGINT", onSignal);
  });
}
