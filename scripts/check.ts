// `npm test`: every gate, then every test that needs no GPU and no network. The last line counts both.
// Arguments: `--long` runs the long suite alone; anything else is passed to vitest and narrows the run to its tests.
import { resolve } from "node:path";
import { GATES, type Gate } from "./check/gates.ts";
import { stopCommands } from "./check/run-command.ts";
import { runTests, type TestCounts } from "./check/run-tests.ts";

const NO_GATES: TestCounts = { passed: 0, failed: 0, skipped: 0, failures: [] };
const root = resolve(import.meta.dirname, "..");

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stopCommands();
    process.exitCode = 130;
  });
}

await check(process.argv.slice(2));

async function check(words: readonly string[]): Promise<void> {
  const isLong = words.includes("--long");
  const vitestWords = words.filter((word) => word !== "--long");
  const gates = isLong || vitestWords.length > 0 ? NO_GATES : await runGates();
  const config = isLong ? ["--config", "vitest.long.config.ts"] : [];
  const tests = await timed("tests", () => runTests(root, [...config, ...vitestWords]));
  report(gates, tests.result, tests.seconds);
}

/** The gates run side by side: each is one process that is seldom busy on more than one core. */
async function runGates(): Promise<TestCounts> {
  const results = await Promise.all(GATES.map(runGate));
  const failures = results.filter((result) => result.failed).map(({ name }) => name);
  return { passed: results.length - failures.length, failed: failures.length, skipped: 0, failures };
}

async function runGate(gate: Gate): Promise<{ readonly name: string; readonly failed: boolean }> {
  const { result, seconds } = await timed(gate.name, () => gate.run(root));
  print(`${result.passed ? "passed" : "FAILED"}  ${gate.name} (${seconds} s)`);
  if (!result.passed) print(result.output.trimEnd().replaceAll(/^/gm, "        "));
  return { name: gate.name, failed: !result.passed };
}

async function timed<T>(
  name: string,
  action: () => Promise<T>,
): Promise<{ readonly result: T; readonly seconds: string }> {
  print(`running ${name}`);
  const startedAtMs = performance.now();
  const result = await action();
  return { result, seconds: ((performance.now() - startedAtMs) / 1000).toFixed(1) };
}

function report(gates: TestCounts, tests: TestCounts, testSeconds: string): void {
  print(`${tests.failed === 0 ? "passed" : "FAILED"}  tests (${testSeconds} s)`);
  const failures = [...gates.failures, ...tests.failures];
  if (failures.length > 0) print(`\nWhat failed:\n${failures.map((failure) => `  ${failure}`).join("\n")}\n`);
  const skipped = tests.skipped === 0 ? "" : `, ${tests.skipped} skipped`;
  if (failures.length > 0) process.exitCode ??= 1;
  print(`${gates.passed + tests.passed} passed, ${gates.failed + tests.failed} failed${skipped}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
