// Runs npm for an installer: quietly, with its output kept in a file, and stopped when the installer is stopped.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { explainNpmFailure } from "./explain-npm-failure.mjs";
import { InstallFailure } from "./progress.mjs";

/** How much of npm's output is kept to explain a failure. npm prints its error last, and never this much. */
const OUTPUT_CHARS_MAX = 200_000;

/** How long npm may take to undo its work when it is stopped; while it waits for the network it does not react at all. */
const STOP_GRACE_MS = 3_000;

/**
 * No scripts of packages are run; audits and fund notes are left out. Retries are short, because each installer already
 * tells the reader what to do when the registry can't be reached. A package of another engine is a warning at most.
 */
const QUIET_AND_SAFE = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  "--no-progress",
  "--no-engine-strict",
  "--loglevel=error",
  "--prefer-offline",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];

/**
 * Runs `npm <words>` in a folder, under the Node that runs this file. Resolves when it succeeded; otherwise throws an
 * InstallFailure that says what to do. npm must decide about optional packages with the Node that will load them:
 * it leaves out those whose `engines` do not fit the Node that it runs on itself.
 * @param {{ readonly root: string, readonly folder: string, readonly words: readonly string[] }} options
 * @returns {Promise<void>}
 */
export async function runNpm({ root, folder, words }) {
  const logFile = join(root, ".runtime", "install.log");
  await mkdir(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const child = spawn("npm", [...words, ...QUIET_AND_SAFE], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output = (output + text).slice(-OUTPUT_CHARS_MAX);
      log.write(text);
    });
  }
  /** @type {NodeJS.Signals | undefined} */
  let stoppedBy;
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    stoppedBy = signal;
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS).unref();
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, stop);
  try {
    const exitCode = await untilExit(child);
    if (stoppedBy !== undefined) throw new InstallFailure(`stopped by ${stoppedBy}; the next start continues`, 130);
    if (exitCode !== 0) throw new InstallFailure(explainNpmFailure(output, logFile));
  } finally {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.off(signal, stop);
    log.end();
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>} the exit code; 1 where a signal ended it
 */
async function untilExit(child) {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      const missing = "code" in error && error.code === "ENOENT";
      reject(
        new InstallFailure(
          missing
            ? "npm was not found on the PATH. It comes with Node from https://nodejs.org; on Debian: apt install npm."
            : `npm could not be started: ${error.message}`,
        ),
      );
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
}
