// Installs what package-lock.json pins, and writes the stamp by which the launcher knows that it need not ask again.
// Arguments: whom the installation is for (Node's major version and the platform), and `production` or `all`.
import { access, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { unlinkEngines } from "./engine-links.mjs";
import { withInstallLock } from "./install-lock.mjs";
import { findMissingPackages } from "./locked-packages.mjs";
import { InstallFailure, runInstaller, say, showProgress } from "./progress.mjs";
import { runNpm } from "./run-npm.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const lockFile = join(root, "package-lock.json");
const stamp = join(root, "node_modules", ".signalbox");
/** There while an installation runs. Found at the start of one, it tells that the last one was cut off. */
const unfinished = join(root, ".runtime", "installation-unfinished");

await runInstaller(async () => {
  const [installedFor = "", wantedScope = "production"] = process.argv.slice(2);
  await withInstallLock(root, async () => {
    const stamped = await readStamp();
    // A developer's installation stays one: the next start would otherwise remove what the tests need.
    const scope = stamped.scope === "all" ? "all" : wantedScope;
    if (stamped.installedFor === installedFor && stamped.scope === scope && (await lockFileIsUnchanged())) return;
    await installDependencies(scope);
    await mkdir(stamp, { recursive: true });
    await copyFile(lockFile, join(stamp, "package-lock.json"));
    await writeFile(join(stamp, "installed-for"), `${installedFor}\n${scope}\n`);
  });
});

/**
 * `npm install --no-save` and not `npm ci`: see docs/adr/2026-11-21-install-from-the-lock-without-npm-ci.md. Each package
 * that the lock names is checked against its integrity all the same, and the lock file is not written.
 * @param {string} scope
 */
async function installDependencies(scope) {
  await rm(join(stamp, "installed-for"), { force: true });
  await removeCutOffInstallation();
  await unlinkEngines(root);
  await writeFile(unfinished, "");
  const dev = scope === "all" ? "--include=dev" : "--omit=dev";
  await showProgress("installing the locked dependencies", () =>
    runNpm({ root, folder: root, words: ["install", "--no-save", dev, "--include=optional"] }),
  );
  await rm(unfinished);
  const missing = await findMissingPackages(root, { includeDevelopment: scope === "all" });
  if (missing.length > 0) throw new InstallFailure(explainMissing(missing));
}

/**
 * npm takes a package whose package.json is there for a whole one, so what a killed npm left behind can't be mended by
 * another run. Starting over costs seconds, since the archives are in npm's cache.
 */
async function removeCutOffInstallation() {
  const wasCutOff = await access(unfinished).then(
    () => true,
    () => false,
  );
  if (!wasCutOff) return;
  say("the last installation was cut off; starting over");
  await rm(join(root, "node_modules"), { recursive: true, force: true });
}

/**
 * @param {readonly string[]} missing
 * @returns {string}
 */
function explainMissing(missing) {
  return [
    `npm left out ${missing.length} locked package(s) that this machine needs, without saying so:`,
    ...missing.map((name) => `  ${name}`),
    "It does that when a download was damaged or when npm itself is too old to recognise the C library (9.3 to 9.6).",
    "Empty the cache (`npm cache clean --force`), or update npm (`npm install --global npm@10`), and start again.",
  ].join("\n");
}

/** @returns {Promise<{ readonly installedFor?: string, readonly scope?: string }>} */
async function readStamp() {
  const text = await readFile(join(stamp, "installed-for"), "utf8").catch(() => "");
  const [installedFor, scope] = text.split("\n");
  return installedFor === undefined || scope === undefined ? {} : { installedFor, scope };
}

async function lockFileIsUnchanged() {
  const [locked, stamped] = await Promise.all([
    readFile(lockFile),
    readFile(join(stamp, "package-lock.json")).catch(() => Buffer.alloc(0)),
  ]);
  return locked.equals(stamped);
}
