import { readFileSync } from "node:fs";
import type { CommandOutcome, HardwareSources } from "../../src/hardware/sources.ts";

const FIXTURES = new URL("../fixtures/hardware/", import.meta.url);

/** The text of one fixture's file section, or a command's output under `$ command`. */
export function sectionsOf(name: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  const text = readFileSync(new URL(`${name}.txt`, FIXTURES), "utf8");
  for (const section of text.split(/^==> /m).slice(1)) {
    const end = section.indexOf(" <==\n");
    sections.set(section.slice(0, end), section.slice(end + 5));
  }
  return sections;
}

/** A captured machine in the place of this one. `overrides` changes or (with undefined) removes single files. */
export function machineFixture(
  name: string,
  overrides: Partial<Omit<HardwareSources, "readText">> & { readonly files?: Readonly<Record<string, string>> } = {},
): HardwareSources {
  const { files = {}, ...rest } = overrides;
  const sections = new Map([...sectionsOf(name), ...Object.entries(files)]);
  return {
    platform: "linux",
    architecture: "x64",
    availableParallelism: 1,
    readText: async (path) => sections.get(path),
    list: async (path) => [
      ...new Set(
        [...sections.keys()].flatMap((key) =>
          key.startsWith(`${path}/`) ? [key.slice(path.length + 1).split("/", 1)[0] ?? ""] : [],
        ),
      ),
    ],
    run: async (command, args) => outcomeOf(sections, command, args),
    fileSystemSize: async () => undefined,
    ...rest,
  };
}

function outcomeOf(sections: ReadonlyMap<string, string>, command: string, args: readonly string[]): CommandOutcome {
  const line = `$ ${[command, ...args].join(" ")} (exit `;
  const [key, stdout = ""] = [...sections].find(([section]) => section.startsWith(line)) ?? [];
  if (key === undefined) return { kind: "not-found" };
  return { kind: "exited", exitCode: Number.parseInt(key.slice(line.length), 10), stdout, stderr: "" };
}
