import { mkdtemp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildModel } from "../build-model/build-model.ts";
import type { PresetOptions } from "../build-model/presets.ts";
import { cachedBenchModel } from "./bench-model.ts";
import { measureLoad } from "./measure-load.ts";

const USAGE = `Compares the estimate of what a model takes with what is resident once it is loaded, and once it is used.

  node scripts/bench/fit.ts [--fill TOKENS] [--json]

--fill is how many tokens are evaluated in each case (default 2048). A model of 530 MB is kept in the cache folder.
`;

/** Shapes that differ in what dominates: the process, the cache, the vocabulary, the weights. */
const CASES: readonly { preset: string; options: PresetOptions; contextTokens: number; slots: number }[] = [
  { preset: "noise", options: {}, contextTokens: 2048, slots: 1 },
  { preset: "noise", options: {}, contextTokens: 8192, slots: 4 },
  { preset: "noise", options: { layers: 24, type: "F16" }, contextTokens: 8192, slots: 8 },
  { preset: "bench-0.5b", options: { layers: 4 }, contextTokens: 4096, slots: 2 },
  { preset: "bench-0.5b", options: { layers: 4, type: "F16" }, contextTokens: 4096, slots: 2 },
  { preset: "bench-0.5b", options: {}, contextTokens: 1024, slots: 1 },
  { preset: "bench-0.5b", options: {}, contextTokens: 8192, slots: 4 },
];

const { values } = parseArgs({
  options: {
    fill: { type: "string", default: "2048" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await main(Number(values.fill), values.json);

async function main(fillTokens: number, json: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-fit-"));
  const rows = [];
  try {
    for (const { preset, options, contextTokens, slots } of CASES) {
      const modelFile = await builtModel(folder, preset, options);
      const { estimate, memory } = await measureLoad({ modelFile, contextTokens, slots, fillTokens });
      const estimatedBytes = estimate.residentBytes;
      rows.push({
        case: [preset, ...Object.values(options), `${slots} × ${contextTokens}`].join(" "),
        estimatedBytes,
        ...memory,
        loadedError: errorOf(estimatedBytes, memory.loadedBytes),
        usedError: errorOf(estimatedBytes, memory.usedBytes),
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (json) process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
  else
    for (const row of rows)
      process.stdout.write(
        `${row.case.padEnd(32)} estimated ${inMib(row.estimatedBytes)}, loaded ${inMib(row.loadedBytes)} ` +
          `(${row.loadedError} %), after ${row.filledTokens} tokens ${inMib(row.usedBytes)} (${row.usedError} %)\n`,
      );
}

/** The large model outlives the run; the others are removed with the folder. */
async function builtModel(folder: string, preset: string, options: PresetOptions): Promise<string> {
  if (preset === "bench-0.5b" && Object.keys(options).length === 0) return cachedBenchModel();
  const file = join(folder, `${[preset, ...Object.values(options)].join("-")}.gguf`);
  if (!existsSync(file)) await buildModel(preset, file, options);
  return file;
}

function errorOf(estimated: number, measured: number): number {
  return Math.round((estimated / measured - 1) * 1000) / 10;
}

function inMib(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
