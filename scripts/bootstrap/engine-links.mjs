// The GPU builds of the local engine live under .runtime/engines, where a reinstall of node_modules does not reach them.
// In node_modules each is a link, so that node-llama-cpp finds it by the name it imports.
import { lstat, mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { join, relative } from "node:path";

/**
 * The engines that this checkout can install, by the names of their lock files.
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function knownEngines(root) {
  return (await readdir(join(root, "scripts/runtime/engines"))).toSorted();
}

/**
 * Where an engine is kept once installed.
 * @param {string} root
 * @param {string} engine
 */
export function engineFolder(root, engine) {
  return join(root, ".runtime/engines", engine);
}

/**
 * What is installed of an engine: nothing, the pinned version, or one that another version of the checkout pinned.
 * node-llama-cpp refuses a build of another version than its own.
 * @param {string} root
 * @param {string} engine
 * @returns {Promise<"absent" | "current" | "outdated">}
 */
export async function engineState(root, engine) {
  const installed = await readFileOrNothing(join(engineFolder(root, engine), "package-lock.json"));
  if (installed === undefined) return "absent";
  const pinned = await readFileOrNothing(join(root, "scripts/runtime/engines", engine, "package-lock.json"));
  return installed === pinned ? "current" : "outdated";
}

/**
 * Puts a link for every installed engine of the pinned version into node_modules, in the place of the placeholder that
 * package.json names there.
 * @param {string} root
 * @returns {Promise<string[]>} the engines that are outdated and therefore not linked
 */
export async function linkEngines(root) {
  const outdated = [];
  for (const engine of await installedEngines(root)) {
    if ((await engineState(root, engine)) === "current") await linkEngine(root, engine);
    else outdated.push(engine);
  }
  await unlinkEngines(root, outdated);
  return outdated;
}

/**
 * Removes the links of the given engines, or of all that are installed. Without its build, node-llama-cpp reports the
 * engine as not available, as it does with the placeholder.
 * @param {string} root
 * @param {readonly string[]} [engines]
 */
export async function unlinkEngines(root, engines) {
  for (const engine of engines ?? (await installedEngines(root))) {
    for (const name of await enginePackages(root, engine)) {
      const place = join(root, "node_modules/@node-llama-cpp", name);
      if (await isLink(place)) await rm(place);
    }
  }
}

/**
 * @param {string} root
 * @param {string} engine
 */
async function linkEngine(root, engine) {
  const scope = join(root, "node_modules/@node-llama-cpp");
  await mkdir(scope, { recursive: true });
  for (const name of await enginePackages(root, engine)) {
    const place = join(scope, name);
    const source = join(engineFolder(root, engine), "node_modules/@node-llama-cpp", name);
    await rm(place, { recursive: true, force: true });
    await symlink(relative(scope, source), place);
  }
}

/**
 * @param {string} root
 * @returns {Promise<string[]>}
 */
async function installedEngines(root) {
  return namesIn(join(root, ".runtime/engines"));
}

/**
 * @param {string} root
 * @param {string} engine
 * @returns {Promise<string[]>}
 */
async function enginePackages(root, engine) {
  return namesIn(join(engineFolder(root, engine), "node_modules/@node-llama-cpp"));
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} nothing where there is no such folder; names that begin with a dot are work in progress
 */
async function namesIn(folder) {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith(".")).toSorted();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** @param {string} path */
async function isLink(path) {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    // Nothing there, or not readable: not a link that could be removed.
    return false;
  }
}

/** @param {string} path */
async function readFileOrNothing(path) {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
