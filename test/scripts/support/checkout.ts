import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { PackageRegistry } from "./package-registry.ts";

const PROJECT = resolve(import.meta.dirname, "../../..");
/** The programs that the launcher uses besides node and npm. */
const TOOLS = ["bash", "sh", "env", "dirname", "readlink", "cmp", "head"] as const;

/** How a launcher ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A launcher that runs. */
export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Which packages a lock file pins: name to its entry, less the integrity, which the registry knows. */
export type LockEntries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A small project with the real launcher in it, a home folder of its own, and a PATH that holds only what a test puts there. */
export class Checkout {
  readonly root: string;
  private readonly bin: string;
  private readonly home: string;
  private readonly registryUrl: string;

  private constructor(folder: string, registryUrl: string) {
    this.root = join(folder, "checkout");
    this.bin = join(folder, "bin");
    this.home = join(folder, "home");
    this.registryUrl = registryUrl;
  }

  /** Copies the launcher and writes a project whose main program prints its arguments and the Node that runs it. */
  static async create(registryUrl: string): Promise<Checkout> {
    const checkout = new Checkout(await mkdtemp(join(tmpdir(), "signalbox-checkout-")), registryUrl);
    const { root } = checkout;
    await mkdir(join(root, "src"), { recursive: true });
    await mkdir(checkout.bin);
    await mkdir(checkout.home);
    for (const path of ["scripts/signalbox", "scripts/with-node", "scripts/bootstrap", "scripts/runtime"]) {
      await cp(join(PROJECT, path), join(root, path), { recursive: true });
    }
    await cp(join(PROJECT, ".npmrc"), join(root, ".npmrc"));
    await writeFile(join(root, "src/main.ts"), MAIN);
    for (const tool of TOOLS) await symlink(await findOnPath(tool), join(checkout.bin, tool));
    return checkout;
  }

  /** Puts a Node on the PATH that says it is of this version; it runs programs as the Node of this test does. */
  async addNode(version: string): Promise<void> {
    await writeFile(join(this.bin, "node"), nodeThatSays(version), { mode: 0o755 });
  }

  /** Puts the machine's own npm on the PATH. */
  async addNpm(): Promise<void> {
    await symlink(await findOnPath("npm"), join(this.bin, "npm"));
  }

  async removeNpm(): Promise<void> {
    await rm(join(this.bin, "npm"));
  }

  /** Writes a manifest and a lock file into a folder of the checkout. */
  async lock(folder: string, entries: LockEntries, registry: PackageRegistry): Promise<void> {
    const names = (field: "dependencies" | "devDependencies" | "optionalDependencies"): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(entries)
          .filter(([, entry]) => kindOf(entry) === field)
          .map(([name, entry]) => [name, entry["version"]]),
      );
    const manifest = {
      name: "checkout",
      dependencies: names("dependencies"),
      devDependencies: names("devDependencies"),
      optionalDependencies: names("optionalDependencies"),
    };
    const packages = Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [
        `node_modules/${name}`,
        { integrity: registry.integrity.get(name), ...entry },
      ]),
    );
    await mkdir(join(this.root, folder), { recursive: true });
    await writeFile(join(this.root, folder, "package.json"), JSON.stringify({ ...manifest, private: true }, null, 2));
    await writeFile(
      join(this.root, folder, "package-lock.json"),
      JSON.stringify({ name: "checkout", lockfileVersion: 3, requires: true, packages: { "": manifest, ...packages } }),
    );
  }

  /** Starts a launcher of the checkout. */
  start(launcher: "signalbox" | "with-node", words: readonly string[]): Started {
    const child = spawn(join(this.bin, "bash"), [join(this.root, "scripts", launcher), ...words], {
      cwd: this.root,
      env: {
        PATH: this.bin,
        HOME: this.home,
        npm_config_registry: this.registryUrl,
        npm_config_cache: join(this.home, "npm-cache"),
        NODE_COMPILE_CACHE: "",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<Ended>((resolveEnded, reject) => {
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.once("error", reject);
      child.once("close", (exitCode) => resolveEnded({ exitCode, stdout, stderr }));
    });
    return { process: child, ended };
  }

  /** Runs a launcher of the checkout to its end. */
  async run(launcher: "signalbox" | "with-node", ...words: readonly string[]): Promise<Ended> {
    return this.start(launcher, words).ended;
  }

  async remove(): Promise<void> {
    await rm(resolve(this.root, ".."), { recursive: true, force: true });
  }
}

/** A shell script that answers `--version` and otherwise is the Node that runs this test. */
export function nodeThatSays(version: string): string {
  return `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; exit; fi\nRAN_BY=${version} exec ${process.execPath} "$@"\n`;
}

const MAIN = `
const words: string[] = process.argv.slice(2);
if (words[0] === "fail") process.exit(7);
console.log(JSON.stringify({ words, ranBy: process.env.RAN_BY }));
`;

function kindOf(entry: Readonly<Record<string, unknown>>): "dependencies" | "devDependencies" | "optionalDependencies" {
  if (entry["optional"] === true) return "optionalDependencies";
  return entry["dev"] === true ? "devDependencies" : "dependencies";
}

async function findOnPath(program: string): Promise<string> {
  const { access, constants } = await import("node:fs/promises");
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, program);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new Error(`${program} is not on the PATH`);
}
