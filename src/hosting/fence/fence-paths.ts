import { readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What programs and their libraries are read from, and what the engine asks about the processor and the memory. */
export const SYSTEM: readonly string[] = [
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/nix/store",
  "/etc/ld.so.cache",
  "/etc/os-release",
  "/proc/cpuinfo",
  "/proc/meminfo",
  "/proc/stat",
  "/sys/devices/system",
];

/** Devices that any program may need; those that hold data are not among them. */
export const DEVICES: readonly string[] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

/** The sources and packages of this installation; not the folder itself, in which the data may lie. */
export const INSTALLATION: readonly string[] = withTargets(
  ["src", "node_modules", "package.json"].map((name) => fileURLToPath(new URL(`../../../${name}`, import.meta.url))),
);

/** A part of a model in several files. @see https://github.com/ggml-org/llama.cpp/blob/master/tools/gguf-split/README.md */
const SPLIT_NAME = /^(.*)-\d{5}-of-\d{5}\.gguf$/u;

/** The files of a model: the one named with all parts that belong to it, and what they are links to. */
export function modelFilesOf(modelFile: string): readonly string[] {
  const prefix = SPLIT_NAME.exec(basename(modelFile))?.[1];
  const folder = dirname(modelFile);
  const files =
    prefix === undefined
      ? [modelFile]
      : namesIn(folder)
          .filter((name) => SPLIT_NAME.exec(name)?.[1] === prefix)
          .map((name) => join(folder, name));
  return withTargets(files);
}

/** With what they are links to, each once. */
function withTargets(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => [path, realPathOf(path)]))];
}

/** A folder that can't be listed has no parts that could be read; the worker says what is wrong with its file. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // Not there: the worker says so of the name that was configured.
    return file;
  }
}
