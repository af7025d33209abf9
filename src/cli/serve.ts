import { once } from "node:events";
import type { Command } from "commander";
import type { Box, BoxOptions } from "../app/start-box.ts";
import { SignalboxError } from "../core/errors.ts";
import { CommandFailure } from "./command-failure.ts";
import { INSTALL_FOLDER, readInstallation } from "./installation.ts";

/** `signalbox serve`: runs the box until SIGTERM or SIGINT, then drains. SIGHUP applies a changed configuration. */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("start the box: host the configured models and answer on the configured address")
    .action(async () => {
      const stop = stopSignal();
      const hangups = new Hangups();
      const installation = readInstallation();
      const version = program.version() ?? "unknown";
      const box = await start({ ...installation, installFolder: INSTALL_FOLDER, version, signal: stop });
      if (box === undefined) return;
      const { announce } = await import("./announce.ts");
      announce(box);
      hangups.handle(() => box.reload());
      if (!stop.aborted) await once(stop, "abort");
      await box.stop();
    });
}

/** The box, or nothing when it was asked to stop before it answered. */
async function start(options: BoxOptions): Promise<Box | undefined> {
  const { startBox } = await import("../app/start-box.ts");
  try {
    return await startBox(options);
  } catch (error) {
    if (options.signal.aborted && error === options.signal.reason) return undefined;
    if (error instanceof SignalboxError) throw new CommandFailure(`${error.message} ${error.facts.remedy}`);
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  }
}

/** The SIGHUPs of this process. One that comes before anybody handles them is kept until then, instead of ending the process. */
class Hangups {
  #isPending = false;
  #handle: (() => Promise<void>) | undefined;

  constructor() {
    process.on("SIGHUP", () => {
      if (this.#handle === undefined) this.#isPending = true;
      else void this.#handle();
    });
  }

  /** From now on `handle`, which must not reject, is called for each. */
  handle(handle: () => Promise<void>): void {
    this.#handle = handle;
    if (this.#isPending) void handle();
  }
}

/** Aborts at the first SIGTERM or SIGINT. A second one ends the process without waiting for the drain. */
function stopSignal(): AbortSignal {
  const asked = new AbortController();
  const onSignal = (): void => {
    if (asked.signal.aborted) process.exit(1);
    asked.abort();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  return asked.signal;
}
