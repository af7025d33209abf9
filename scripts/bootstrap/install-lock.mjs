// Keeps two starts of the same checkout from installing at once.
import { link, mkdir, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { InstallFailure, say } from "./progress.mjs";

/** How long a start waits for another one's installation; a slow line needs a few minutes for the largest engine. */
const WAIT_MS_MAX = 15 * 60_000;
/** How often a waiting start looks again. */
const POLL_INTERVAL_MS = 250;

/**
 * Runs `action` while no other process that installs into this checkout runs. Waits for the other one first; the lock of
 * a process that has died is taken over. The action must look again at what is installed: the other one may have done it.
 * @template T
 * @param {string} root the checkout
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withInstallLock(root, action) {
  const folder = join(root, ".runtime");
  await mkdir(folder, { recursive: true });
  const lock = join(folder, "installing.pid");
  await acquire(lock);
  try {
    return await action();
  } finally {
    await rm(lock, { force: true });
  }
}

/** @param {string} lock */
async function acquire(lock) {
  const startedAtMs = performance.now();
  for (let announced = false; !(await claim(lock)); announced = true) {
    const owner = await ownerOf(lock);
    if (owner === undefined) continue;
    if (!isRunning(owner)) {
      await breakStale(lock);
      continue;
    }
    if (!announced) say(`waiting for another start that is installing (process ${owner})`);
    if (performance.now() - startedAtMs > WAIT_MS_MAX) {
      throw new InstallFailure(
        `process ${owner} has held ${lock} for ${WAIT_MS_MAX / 60_000} minutes. ` +
          "If it is not installing Signalbox, remove that file and start again.",
      );
    }
    await delay(POLL_INTERVAL_MS);
  }
}

/**
 * A link appears with its content, so no reader ever sees a lock without its owner.
 * @param {string} lock
 */
async function claim(lock) {
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await unlink(mine);
  }
}

/**
 * Removes the lock of a dead process. Only one process at a time may do so, and it looks again at the owner: otherwise a
 * late one would remove the lock that an early one has just taken.
 * @param {string} lock
 */
async function breakStale(lock) {
  const guard = `${lock}.breaking`;
  if (!(await claim(guard))) {
    const breaker = await ownerOf(guard);
    if (breaker !== undefined && !isRunning(breaker)) await rm(guard, { force: true });
    await delay(POLL_INTERVAL_MS);
    return;
  }
  try {
    const owner = await ownerOf(lock);
    if (owner !== undefined && !isRunning(owner)) await rm(lock, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/**
 * @param {string} lock
 * @returns {Promise<number | undefined>} undefined where the lock is free
 */
async function ownerOf(lock) {
  try {
    return Number(await readFile(lock, "utf8"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && "code" in error && error.code === code;
}
