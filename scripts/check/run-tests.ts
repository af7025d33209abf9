import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/** How many tests passed, failed and were skipped, and what failed, one line each. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

/** The whole suite takes minutes, the long one an hour; beyond this a run is stuck. */
const TESTS_TIMEOUT_MS = 3 * 3_600_000;

/** The parts of vitest's JSON report that are read. @see https://vitest.dev/guide/reporters.html#json-reporter */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/**
 * Runs vitest once, showing its output as it comes, and counts what happened. `words` are passed on: paths narrow the run.
 * A run without any test, a file that did not load, and an error outside of a test count as a failure each.
 */
export async function runTests(root: string, words: readonly string[]): Promise<TestCounts> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-check-"));
  try {
    const reportFile = join(folder, "report.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
    const command = {
      script: "node_modules/vitest/vitest.mjs",
      words: ["run", ...reporters, ...words],
      timeoutMs: TESTS_TIMEOUT_MS,
    };
    const { exitCode } = await runCommand(root, command, "live");
    // Without a report (vitest itself failed) the text is no JSON; that counts as one failure below.
    const report = await readFile(reportFile, "utf8").catch(() => undefined);
    return countTests(report, exitCode, root);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Counts a vitest report. `exitCode` is vitest's own: it knows of errors that belong to no test. */
export function countTests(reportText: string | undefined, exitCode: number | undefined, root: string): TestCounts {
  if (reportText === undefined) return failure("vitest wrote no report");
  const { testResults } = JSON.parse(reportText) as VitestReport;
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({ status, title: `${fromRoot(name, root)}: ${fullName}` })),
  );
  const failures = tests.filter(({ status }) => status === "failed").map(({ title }) => title);
  for (const { name, status, message, assertionResults } of testResults) {
    const hasFailedTest = assertionResults.some((test) => test.status === "failed");
    if (status === "failed" && !hasFailedTest) failures.push(`${fromRoot(name, root)}: ${firstLine(message)}`);
  }
  const passed = tests.filter(({ status }) => status === "passed").length;
  if (passed === 0 && failures.length === 0) failures.push("vitest ran no test");
  if (exitCode !== 0 && failures.length === 0) failures.push("vitest reported an error outside of any test");
  return { passed, failed: failures.length, skipped: tests.length - passed - countFailed(tests), failures };
}

function countFailed(tests: readonly { readonly status: string }[]): number {
  return tests.filter(({ status }) => status === "failed").length;
}

function failure(reason: string): TestCounts {
  return { passed: 0, failed: 1, skipped: 0, failures: [reason] };
}

function fromRoot(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function firstLine(message: string | undefined): string {
  return message?.trim().split("\n")[0] ?? "the file did not load";
}
