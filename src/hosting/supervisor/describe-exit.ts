import type { WorkerFailure } from "./restart-policy.ts";

/** How a child ended, or that it never began. */
export type ChildExit =
  | { readonly kind: "not-started"; readonly error: Error }
  | {
      readonly kind: "ended";
      readonly code: number | null;
      readonly signal: string | null;
      /** Whether the kernel killed it for want of memory. Absent: unknown. */
      readonly outOfMemory?: boolean;
    };

/** What else is known about the end. */
export interface ExitContext {
  /** Whether the kernel killed a process for want of memory in the meantime. */
  readonly outOfMemory: boolean;
  /** The child's last lines, oldest first. */
  readonly lastLines: readonly string[];
}

/** The longest quotation of the child's own words. */
const MAX_QUOTED_CHARACTERS = 300;

/** Signals that mean more than their name; the kernel's or the C library's doing. @see https://man7.org/linux/man-pages/man7/signal.7.html */
const SIGNAL_MEANINGS: Readonly<Record<string, string>> = {
  SIGABRT: "the engine aborted (SIGABRT)",
  SIGSEGV: "the engine crashed (SIGSEGV)",
  SIGBUS: "the model file became unreadable or shorter while it was in use (SIGBUS)",
  SIGFPE: "the engine crashed (SIGFPE)",
  SIGILL: "this processor lacks an instruction that the engine uses (SIGILL)",
  SIGKILL: "it was killed from outside (SIGKILL)",
};

/** What a child's end means, in words for a person. Only a missing instruction makes every restart pointless. */
export function describeExit(exit: ChildExit, { outOfMemory, lastLines }: ExitContext): WorkerFailure {
  if (exit.kind === "not-started") {
    return { problem: `its process could not be started: ${exit.error.message}`, hopeless: false };
  }
  const { code, signal } = exit;
  if (signal === "SIGKILL" && outOfMemory) {
    return { problem: "the kernel killed it because memory ran out (SIGKILL)", hopeless: false, outOfMemory: true };
  }
  const line = tellingLine(lastLines);
  const words = line === undefined ? "" : `; its last words: ${line.slice(0, MAX_QUOTED_CHARACTERS)}`;
  const meaning =
    signal === null
      ? code === 0
        ? "it ended by itself (exit code 0)"
        : `it ended with exit code ${code}`
      : (SIGNAL_MEANINGS[signal] ?? `it was ended by ${signal}`);
  return { problem: `${meaning}${words}`, hopeless: signal === "SIGILL" };
}

/** An assertion or error is often followed by the lines of a stack trace. */
function tellingLine(lines: readonly string[]): string | undefined {
  const line = lines.findLast((text) => /assert|error|fatal|failed/i.test(text));
  return (line ?? lines.findLast((text) => text.trim() !== ""))?.trim();
}
