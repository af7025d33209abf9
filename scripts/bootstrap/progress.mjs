// What an installer says while it works: one line when a step starts, one every few seconds, one when it has ended.
// Everything goes to stderr, so that a command's own output stays clean.

/** How often a running step repeats that it is still at work; often enough that nobody takes it for hung. */
const REMINDER_INTERVAL_MS = 10_000;

/**
 * Runs `action` under a visible title and resolves with its result. A failure is passed on after its time was shown.
 * @template T
 * @param {string} title what is being done, starting with a verb: "installing 292 packages"
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function showProgress(title, action) {
  const startedAtMs = performance.now();
  const elapsed = () => `${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`;
  say(`${title} …`);
  const reminder = setInterval(() => say(`still ${title}, ${elapsed()} so far`), REMINDER_INTERVAL_MS);
  try {
    const result = await action();
    say(`done ${title} (${elapsed()})`);
    return result;
  } catch (error) {
    say(`failed ${title} (${elapsed()})`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}

/**
 * Prints one line on stderr.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`signalbox: ${line}\n`);
}

/** A failure that was foreseen: its message is all that the reader needs, so no stack is printed. */
export class InstallFailure extends Error {
  /**
   * @param {string} message what failed and what to do
   * @param {number} [exitCode] 1, or 2 for wrong usage
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * The outermost handler of an installer: prints a foreseen failure as text, anything else with its stack, and sets the
 * exit code.
 * @param {() => Promise<void>} main
 */
export async function runInstaller(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof InstallFailure) {
      say(error.message);
      process.exitCode = error.exitCode;
    } else {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exitCode = 1;
    }
  }
}
