import type { Command } from "commander";
import { expect, onTestFinished, test, vi } from "vitest";
import { createProgram, runCommandLine } from "../../src/cli/command-line.ts";
import type { Output } from "../../src/cli/print.ts";

const silent: Output = { line: () => undefined, json: () => undefined, table: () => undefined };

/** Runs the command line in this process, with what it writes caught. */
async function run(...words: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    const spy = vi.spyOn(process[stream], "write").mockImplementation((chunk) => {
      written[stream] += String(chunk);
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  const exitCode = await runCommandLine(words, silent);
  vi.restoreAllMocks();
  return { exitCode, ...written };
}

/** Every command with the words that call it; those that only group others too. */
function commandsOf(command: Command, words: readonly string[] = []): readonly (readonly [string, Command])[] {
  const below = command.commands.flatMap((child) => commandsOf(child, [...words, child.name()]));
  return [[words.join(" "), command], ...below];
}

const COMMANDS = commandsOf(createProgram(silent));

test.each(COMMANDS)("`signalbox %s --help` explains itself on stdout, with exit code 0", async (words, command) => {
  const { exitCode, stdout, stderr } = await run(...words.split(" ").filter((word) => word !== ""), "--help");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`^Usage: signalbox ?${words}`));
  expect(command.description()).not.toBe("");
  for (const option of command.options) expect([words, option.flags, option.description !== ""]).toContain(true);
});

test("every command that does or shows something can print it as JSON", () => {
  const without = COMMANDS.filter(
    ([words, command]) =>
      command.commands.length === 0 &&
      !words.endsWith("help") &&
      !command.options.some(({ long }) => long === "--json"),
  );
  expect(without.map(([words]) => words)).toEqual(["serve"]);
});

test.each([
  ["unknown command", "nonsense"],
  ["unknown option '--nonsense'", "doctor", "--nonsense"],
  ["Did you mean --json", "doctor", "--jsn"],
  ["--name", "keys", "create"],
  ["--role", "keys", "create", "--name", "a", "--role", "king"],
  ["USD", "keys", "create", "--name", "a", "--budget-usd", "-1"],
  ["date", "keys", "create", "--name", "a", "--expires", "never"],
  ["secret is not configured", "keys", "create", "--name", "a", "--data-class", "secret"],
  ["whole number", "audit", "list", "--limit", "many"],
  ["missing required argument", "audit", "show"],
  ["whole number", "audit", "show", "first"],
  ["USD", "teams", "budget", "web", "much"],
] as const)("bad usage is said on stderr, with exit code 2: %s", async (message, ...words) => {
  const { exitCode, stdout, stderr } = await run(...words);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
});
