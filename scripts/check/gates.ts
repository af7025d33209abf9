import { checkImportDirections } from "./import-directions.ts";
import { runCommand, type Command } from "./run-command.ts";

/** What one gate found. */
export interface GateResult {
  readonly passed: boolean;
  /** What to show when it failed. */
  readonly output: string;
}

/** One check of the whole tree that is not a test. */
export interface Gate {
  readonly name: string;
  run(root: string): Promise<GateResult>;
}

/** A gate of a few seconds that takes minutes is stuck. */
const GATE_TIMEOUT_MS = 300_000;

/** Folders with sources of our own; a linter that is given no folder would read node_modules as well. */
const SOURCE_FOLDERS = ["src", "test", "scripts"] as const;

/** Every gate, the slowest first, so that they end at about the same time when run side by side. */
export const GATES: readonly Gate[] = [
  commandGate("types", { script: "node_modules/typescript/bin/tsc", words: ["--noEmit"], timeoutMs: GATE_TIMEOUT_MS }),
  commandGate("lint", {
    script: "node_modules/oxlint/bin/oxlint",
    words: ["--type-aware", "--deny-warnings", ...SOURCE_FOLDERS],
    timeoutMs: GATE_TIMEOUT_MS,
  }),
  commandGate("format", {
    script: "node_modules/oxfmt/bin/oxfmt",
    words: ["--check", "."],
    timeoutMs: GATE_TIMEOUT_MS,
  }),
  { name: "import directions", run: runImportDirections },
];

function commandGate(name: string, command: Command): Gate {
  return {
    name,
    async run(root) {
      const { exitCode, output } = await runCommand(root, command, "captured");
      return { passed: exitCode === 0, output: exitCode === undefined ? `${output}\nstopped before it ended` : output };
    },
  };
}

async function runImportDirections(root: string): Promise<GateResult> {
  const { violations } = checkImportDirections(root);
  return { passed: violations.length === 0, output: violations.join("\n") };
}
