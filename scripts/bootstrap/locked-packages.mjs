// What the lock file says must be in node_modules on this machine.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * @typedef {object} LockedPackage
 * @property {string} version
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {readonly string[] | string} [os]
 * @property {readonly string[] | string} [cpu]
 * @property {readonly string[] | string} [libc]
 */

/**
 * The locked packages of this platform that are not in node_modules at their locked version, as `path@version`. npm
 * exits with success when it dropped an optional package, and native parts are optional packages.
 * @param {string} root
 * @param {{ readonly includeDevelopment: boolean }} options
 * @returns {Promise<string[]>}
 */
export async function findMissingPackages(root, { includeDevelopment }) {
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const libc = machineLibc();
  const missing = [];
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (path === "" || !isRequired(locked) || !isForThisMachine(locked, libc)) continue;
    if (locked.dev === true && !includeDevelopment) continue;
    if ((await installedVersion(join(root, path))) !== locked.version) missing.push(`${path}@${locked.version}`);
  }
  return missing;
}

/**
 * An optional package without a platform is needed only by other optional packages, which may be for other platforms.
 * @param {LockedPackage} locked
 * @returns {boolean}
 */
function isRequired({ optional, os, cpu }) {
  return optional !== true || os !== undefined || cpu !== undefined;
}

/**
 * @param {LockedPackage} locked
 * @param {string | undefined} libc
 * @returns {boolean}
 */
function isForThisMachine(locked, libc) {
  return admits(locked.os, process.platform) && admits(locked.cpu, process.arch) && admits(locked.libc, libc);
}

/**
 * npm's rule: no list admits everything, `!name` excludes, anything else must be named.
 * @see https://docs.npmjs.com/cli/configuring-npm/package-json#os
 * @param {readonly string[] | string | undefined} list
 * @param {string | undefined} value
 * @returns {boolean}
 */
function admits(list, value) {
  if (list === undefined) return true;
  if (value === undefined) return false;
  const names = typeof list === "string" ? [list] : list;
  if (names.includes(`!${value}`)) return false;
  return names.includes(value) || names.every((name) => name.startsWith("!"));
}

/** @returns {"glibc" | "musl" | undefined} undefined where it is not Linux */
function machineLibc() {
  if (process.platform !== "linux") return undefined;
  Object.assign(process.report, { excludeNetwork: true }); // Else the report looks up the names of all addresses.
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/**
 * @param {string} folder
 * @returns {Promise<string | undefined>} undefined where there is no such package
 */
async function installedVersion(folder) {
  try {
    return JSON.parse(await readFile(join(folder, "package.json"), "utf8")).version;
  } catch {
    // Whatever keeps the manifest from being read, the package is not usable: the caller reports it as missing.
    return undefined;
  }
}
