import { join } from "node:path";

/** The folder of everything that lives only while a server runs. */
export function runFolderOf(dataDir: string): string {
  return join(dataDir, "run");
}

/** Where a running server listens for commands on the same machine. */
export function controlSocketOf(dataDir: string): string {
  return join(runFolderOf(dataDir), "control.sock");
}
