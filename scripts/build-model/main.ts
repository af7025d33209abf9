import { parseArgs } from "node:util";
import { STORAGE_TYPES } from "./architectures.ts";
import { buildModel, listPresets } from "./build-model.ts";
import type { PresetOptions } from "./presets.ts";

const USAGE = `Writes a GGUF model file with made-up weights. The same options give the same bytes on every machine.

  node scripts/build-model/main.ts --preset NAME --out FILE [options]
  node scripts/build-model/main.ts --list

  --seed N            for the random weights (default 1)
  --layers N          transformer layers
  --context N         context length, in tokens
  --type TYPE         how weights are stored: ${STORAGE_TYPES.join(", ")}
  --script TEXT       for scripted models: what the model says
  --tool NAME         for scripted-tools: the function that it calls
  --arguments JSON    for scripted-tools: the arguments of the call
  --result-script T   for scripted-tools: what it says after the outcome
  --json              print a summary with the SHA-256 as JSON on stdout
`;

const values = readArguments();

/** Of the file being written. */
let reportedTenths = 0;

if (values.help) process.stdout.write(USAGE);
else if (values.list) printPresets();
else if (values.preset === undefined || values.out === undefined) fail("--preset and --out are needed.");
else if (!listPresets().some(({ name }) => name === values.preset)) fail(`There is no preset ${values.preset}.`);
else await build(values.preset, values.out);

function readArguments() {
  try {
    return parseArgs({
      options: {
        preset: { type: "string" },
        out: { type: "string" },
        seed: { type: "string" },
        layers: { type: "string" },
        context: { type: "string" },
        type: { type: "string" },
        script: { type: "string" },
        tool: { type: "string" },
        arguments: { type: "string" },
        "result-script": { type: "string" },
        json: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

async function build(preset: string, file: string): Promise<void> {
  const built = await buildModel(preset, file, readOptions(), reportProgress);
  if (values.json) process.stdout.write(`${JSON.stringify(built)}\n`);
  else process.stderr.write(`${built.file}: ${built.bytes} bytes, sha256 ${built.sha256}\n`);
}

function readOptions(): PresetOptions {
  const type = STORAGE_TYPES.find((name) => name === values.type?.toUpperCase());
  if (values.type !== undefined && type === undefined) fail(`--type must be one of ${STORAGE_TYPES.join(", ")}.`);
  const seed = readNumber("seed");
  const layers = readNumber("layers");
  const contextTokens = readNumber("context");
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(layers === undefined ? {} : { layers }),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...(type === undefined ? {} : { type }),
    ...(values.script === undefined ? {} : { script: values.script }),
    ...(values.tool === undefined ? {} : { toolName: values.tool }),
    ...(values.arguments === undefined ? {} : { toolArguments: values.arguments }),
    ...(values["result-script"] === undefined ? {} : { resultScript: values["result-script"] }),
  };
}

function readNumber(option: "seed" | "layers" | "context"): number | undefined {
  const value = values[option];
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) fail(`--${option} must be a positive whole number, not ${value}.`);
  return Number(value);
}

/** Large files take seconds: one line for every tenth. */
function reportProgress(writtenBytes: number, totalBytes: number): void {
  const tenths = Math.floor((writtenBytes * 10) / totalBytes);
  if (totalBytes < 100_000_000 || tenths === reportedTenths) return;
  reportedTenths = tenths;
  process.stderr.write(`${tenths * 10} % of ${totalBytes} bytes\n`);
}

function printPresets(): void {
  for (const { name, description } of listPresets()) process.stdout.write(`${name.padEnd(22)}${description}\n`);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}`);
  process.exit(2);
}
