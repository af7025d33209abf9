import { readFileSync } from "node:fs";
import { InvalidArgumentError, type Command } from "commander";
import { SignalboxError } from "../core/errors.ts";
import type { Preset } from "../core/preset.ts";
import type { PresetReader } from "../presets/preset-reader.ts";
import type { PresetStore } from "../presets/preset-store.ts";
import { CommandFailure, EXIT } from "./command-failure.ts";
import { readInstallation, type Installation } from "./installation.ts";
import type { Output } from "./print.ts";

interface JsonOption {
  readonly json?: boolean;
}

/** `signalbox presets set|list|show|remove`. They work beside a running server, at once. */
export function addPresetsCommands(program: Command, output: Output): void {
  const presets = program
    .command("presets")
    .description("named request fields: callers write @preset/NAME as the model, or maker/model@preset/NAME");
  presets
    .command("set <name>")
    .description("store a JSON file with members of a request's body, and system_prompt, as the next version")
    .requiredOption("--file <file>", "the fields as JSON; - reads them from stdin")
    .option("--json", "print JSON")
    .action(async (name: string, options: JsonOption & { readonly file: string }) => {
      const fields = readFields(options.file);
      const installation = readInstallation();
      await checkFields(fields, installation);
      const stored = await withPresets(installation, ({ store }) => store.put(name, fields));
      if (options.json === true) output.json(stored);
      else output.line(`Stored ${name} as version ${stored.version}. Callers name it as @preset/${name}.`);
    });
  presets
    .command("list")
    .description("every preset with its newest version")
    .option("--json", "print JSON")
    .action(async (options: JsonOption) => {
      const listed = await withPresets(readInstallation(), ({ reader }) => Promise.resolve(reader.list()));
      if (options.json === true) return output.json(listed);
      output.table(["PRESET", "VERSION", "STORED", "MODEL", "FIELDS"], listed.map(rowOf));
    });
  presets
    .command("show <name>")
    .description("the fields of a preset")
    .option("--number <number>", "an older version, also of a preset that was removed", parseVersion)
    .option("--json", "print JSON with its number and time")
    .action(async (name: string, options: JsonOption & { readonly number?: number }) => {
      const preset = await withPresets(readInstallation(), ({ reader }) =>
        Promise.resolve(find(reader, name, options)),
      );
      output.json(options.json === true ? preset : preset.fields);
    });
  presets
    .command("remove <name>")
    .description("end a preset; its versions stay readable")
    .option("--json", "print JSON")
    .action(async (name: string, options: JsonOption) => {
      await withPresets(readInstallation(), ({ store }) => store.remove(name));
      if (options.json === true) output.json({ name, state: "removed" });
      else output.line(`Removed ${name}.`);
    });
}

function rowOf({ name, version, createdAtMs, fields }: Preset): readonly string[] {
  const { model } = fields;
  const stored = new Date(createdAtMs).toISOString().slice(0, 19);
  return [name, String(version), stored, typeof model === "string" ? model : "-", Object.keys(fields).join(",")];
}

function find(reader: PresetReader, name: string, { number: version }: { readonly number?: number }): Preset {
  const preset = version === undefined ? reader.find(name) : reader.version(name, version);
  if (preset !== undefined) return preset;
  throw new CommandFailure(`There is no preset ${name}${version === undefined ? "" : ` of version ${version}`}.`);
}

function readFields(file: string): Preset["fields"] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch (error) {
    throw new CommandFailure(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Preset["fields"];
  throw new CommandFailure(`${file} must hold a JSON object.`, EXIT.badUsage);
}

async function checkFields(fields: Preset["fields"], { config, dataDir }: Installation): Promise<void> {
  const [{ checkPreset }, { jointModelIds }, { describeEndpoints }] = await Promise.all([
    import("../app/check-preset.ts"),
    import("../app/joint-service.ts"),
    import("../app/describe-endpoints.ts"),
  ]);
  const endpoints = await describeEndpoints(config, dataDir);
  await explained(async () =>
    checkPreset(fields, { endpoints, jointModels: jointModelIds(config), dataClasses: config.dataClasses }),
  );
}

/** Opens the records for one command and closes them again. */
async function withPresets<Result>(
  { dataDir }: Installation,
  use: (presets: { readonly store: PresetStore; readonly reader: PresetReader }) => Promise<Result>,
): Promise<Result> {
  const [{ openRecords }, { systemClock }, { createPresetStore }] = await Promise.all([
    import("../app/open-records.ts"),
    import("../app/system-clock.ts"),
    import("../presets/preset-store.ts"),
  ]);
  const records = await openRecords({ dataDir, clock: systemClock }).catch((error: unknown) => {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  });
  const { journal, log, presets: reader } = records;
  try {
    const store = createPresetStore({ journal, reader, clock: systemClock, leaf: (draft) => log.leaf(draft) });
    return await explained(() => use({ store, reader }));
  } finally {
    await records.close();
  }
}

/** What is refused is said in one line, not with a stack. */
async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SignalboxError) throw new CommandFailure(error.message);
    throw error;
  }
}

function parseVersion(text: string): number {
  const version = Number(text);
  if (!Number.isInteger(version) || version < 1) throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return version;
}
