import { readFileSync } from "node:fs";

const PACKAGE_FILE = new URL("../../node_modules/node-llama-cpp/package.json", import.meta.url);

let known: string | undefined;

/** Name and version of the engine that is installed, without loading it: speeds hold for one version alone. */
export function engineVersion(): string {
  if (known === undefined) {
    const { name, version } = JSON.parse(readFileSync(PACKAGE_FILE, "utf8")) as Record<"name" | "version", string>;
    known = `${name}@${version}`;
  }
  return known;
}
