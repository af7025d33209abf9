import { runCommandLine } from "./cli/command-line.ts";

// A reader that goes away (`signalbox audit list | head`) has what it wanted; a server must not end with its terminal.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2));
