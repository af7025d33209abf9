// `scripts/signalbox engines`: the GPU builds of the local engine, brought only to machines that want them.
import { cp, mkdir, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { engineFolder, engineState, knownEngines, linkEngines, unlinkEngines } from "./engine-links.mjs";
import { withInstallLock } from "./install-lock.mjs";
import { InstallFailure, runInstaller, say, showProgress } from "./progress.mjs";
import { runNpm } from "./run-npm.mjs";

/**
 * What an engine needs: the space for its files and, while it is fetched, for the archives; and the shared libraries
 * without which it can't run, each with the names of which one suffices. The CUDA packages hold one build for CUDA 13
 * and one for CUDA 12, and neither holds NVIDIA's own libraries.
 * @type {ReadonlyMap<string, { readonly diskBytesMin: number, readonly libraries: readonly (readonly string[])[], readonly advice: string }>}
 */
const NEEDS = new Map([
  [
    "cuda",
    {
      diskBytesMin: 1_600_000_000,
      libraries: [["libcuda.so.1"], ["libcudart.so.13", "libcudart.so.12"], ["libcublas.so.13", "libcublas.so.12"]],
      advice:
        "NVIDIA's driver, and the CUDA runtime and cuBLAS of version 13 or 12 (Debian: cuda-cudart-13-0 libcublas-13-0)",
    },
  ],
  [
    "vulkan",
    { diskBytesMin: 300_000_000, libraries: [["libvulkan.so.1"]], advice: "a Vulkan loader (Debian: libvulkan1)" },
  ],
]);

/** Where Linux keeps shared libraries; containers get the driver's at one of these as well. */
const LIBRARY_FOLDERS = [
  "/usr/lib/x86_64-linux-gnu",
  "/lib/x86_64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/nvidia/lib64",
  "/usr/local/cuda/lib64",
  "/usr/local/cuda/targets/x86_64-linux/lib",
  "/usr/lib/wsl/lib",
];

const USAGE = `usage: signalbox engines list [--json]
       signalbox engines install cuda|vulkan
       signalbox engines remove cuda|vulkan

The CPU engine comes with the dependencies; on a Mac it uses Metal. The GPU builds are large, so they are fetched on
request, checked against scripts/runtime/engines, and kept in .runtime/engines.`;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

await runInstaller(async () => {
  const [command, ...words] = process.argv.slice(2);
  switch (command) {
    case "list":
      return list(words.includes("--json"));
    case "install":
      return install(await engineNamed(words[0]));
    case "remove":
      return remove(await engineNamed(words[0]));
    case "link": // The launcher's own word, after a reinstall or an upgrade.
      return link();
    case "help":
    case "--help":
    case "-h":
      process.stdout.write(`${USAGE}\n`);
      return;
    default:
      throw new InstallFailure(`${command === undefined ? "no command" : `unknown command ${command}`}\n${USAGE}`, 2);
  }
});

/** @param {boolean} asJson */
async function list(asJson) {
  const rows = [];
  for (const engine of await knownEngines(root)) {
    const state = await engineState(root, engine);
    const bytes = state === "absent" ? 0 : await folderBytes(engineFolder(root, engine));
    rows.push({ engine, state, bytes, version: await pinnedVersion(engine), missing: await missingLibraries(engine) });
  }
  if (asJson) {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return;
  }
  for (const { engine, state, bytes, version, missing } of rows) {
    const size = bytes === 0 ? "" : `, ${megabytes(bytes)}`;
    const libraries = missing.length === 0 ? "its libraries are here" : `not on this machine: ${missing.join(", ")}`;
    process.stdout.write(`${engine.padEnd(8)} ${version}  ${state}${size}; ${libraries}\n`);
  }
}

/** @param {string} engine */
async function install(engine) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new InstallFailure(
      `the ${engine} engine is built for Linux on x64 only, and this is ${process.platform} on ${process.arch}.`,
    );
  }
  await withInstallLock(root, async () => {
    if ((await engineState(root, engine)) === "current") {
      say(`the ${engine} engine is installed already`);
    } else {
      await checkDiskSpace(engine);
      await fetchEngine(engine);
    }
    await linkEngines(root);
  });
  const missing = await missingLibraries(engine);
  if (missing.length > 0) {
    say(
      `not found on this machine: ${missing.join(", ")}. Where it runs, the engine needs ${NEEDS.get(engine)?.advice}.`,
    );
  }
  say(`the ${engine} engine is ready; restart a running server to use it`);
}

/**
 * Fetches into a folder of its own and moves it into place when it is whole.
 * @param {string} engine
 */
async function fetchEngine(engine) {
  const source = join(root, "scripts/runtime/engines", engine);
  const incoming = join(root, ".runtime/engines", `.incoming-${engine}-${process.pid}`);
  await mkdir(incoming, { recursive: true });
  try {
    await cp(source, incoming, { recursive: true });
    await cp(join(root, "scripts/runtime/.npmrc"), join(incoming, ".npmrc"));
    await showProgress(`fetching the ${engine} engine ${await pinnedVersion(engine)}`, () =>
      runNpm({ root, folder: incoming, words: ["ci"] }),
    );
    await rm(engineFolder(root, engine), { recursive: true, force: true });
    await rename(incoming, engineFolder(root, engine));
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/** @param {string} engine */
async function remove(engine) {
  await withInstallLock(root, async () => {
    await unlinkEngines(root, [engine]);
    await rm(engineFolder(root, engine), { recursive: true, force: true });
  });
  say(`the ${engine} engine is removed`);
}

async function link() {
  await withInstallLock(root, async () => {
    for (const engine of await linkEngines(root)) {
      say(
        `the installed ${engine} engine is of another version and is not used: scripts/signalbox engines install ${engine}`,
      );
    }
  });
}

/** @param {string} engine */
async function checkDiskSpace(engine) {
  const needed = NEEDS.get(engine)?.diskBytesMin ?? 0;
  const { bavail, bsize } = await statfs(join(root, ".runtime"));
  if (bavail * bsize < needed) {
    throw new InstallFailure(
      `the ${engine} engine needs ${megabytes(needed)} of disk space while it is installed, ` +
        `and ${megabytes(bavail * bsize)} are free at ${root}.`,
    );
  }
}

/**
 * @param {string | undefined} name
 * @returns {Promise<string>}
 */
async function engineNamed(name) {
  const known = await knownEngines(root);
  if (name !== undefined && known.includes(name)) return name;
  throw new InstallFailure(
    `${name === undefined ? "name an engine" : `no engine ${name}`}: ${known.join(", ")}\n${USAGE}`,
    2,
  );
}

/** @param {string} engine */
async function pinnedVersion(engine) {
  const manifest = JSON.parse(await readFile(join(root, "scripts/runtime/engines", engine, "package.json"), "utf8"));
  return String(Object.values(manifest.dependencies)[0]);
}

/**
 * The libraries that the engine needs and that are in none of the usual folders; "one or another" where one suffices.
 * @param {string} engine
 * @returns {Promise<string[]>}
 */
async function missingLibraries(engine) {
  const folders = [...(process.env["LD_LIBRARY_PATH"] ?? "").split(":").filter(Boolean), ...LIBRARY_FOLDERS];
  const missing = [];
  for (const names of NEEDS.get(engine)?.libraries ?? []) {
    const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
    const found = await Promise.all(places.map(exists));
    if (!found.includes(true)) missing.push(names.join(" or "));
  }
  return missing;
}

/** @param {string} path */
async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** @param {string} folder */
async function folderBytes(folder) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files.filter((file) => file.isFile()).map((file) => stat(join(file.parentPath, file.name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
