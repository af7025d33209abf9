import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Measurement, correct, correctionFor } from "../../src/hosting/fit/corrections.ts";
import type { MemoryEstimate } from "../../src/hosting/fit/estimate-memory.ts";
import { buildModel } from "../build-model/build-model.ts";
import type { PresetOptions } from "../build-model/presets.ts";
import { cachedBenchModel } from "./bench-model.ts";
import { measureLoad } from "./measure-load.ts";

const USAGE = `Compares the estimate of what a model takes with what its whole worker has in memory.

  node scripts/bench/fit.ts [--fill TOKENS] [--only NAME] [--json]

--fill is how many tokens are evaluated in each case (default 1024), --only a part of a model's name. A model of 530 MB is
kept in the cache folder. Each file is loaded in turn as each of its cases says. "Corrected" is the estimate as it would be
with the measured load before it on record, which is another one of the same file.
`;

interface FileCase {
  readonly preset: string;
  readonly options?: PresetOptions;
  /** Slots and tokens of each. */
  readonly loads: readonly (readonly [slots: number, contextTokens: number])[];
}

/** Shapes that differ in what dominates: the process, the cache, the vocabulary, the weights, the buffers. */
const CASES: readonly FileCase[] = [
  {
    preset: "noise",
    loads: [
      [1, 2048],
      [4, 8192],
    ],
  },
  {
    preset: "noise",
    options: { layers: 24, type: "F16" },
    loads: [
      [1, 16_384],
      [8, 8192],
    ],
  },
  {
    preset: "bench-moe",
    loads: [
      [2, 2048],
      [4, 16_384],
    ],
  },
  {
    preset: "bench-moe",
    options: { type: "Q4_0" },
    loads: [
      [1, 2048],
      [4, 8192],
    ],
  },
  {
    preset: "bench-window",
    loads: [
      [1, 2048],
      [8, 4096],
    ],
  },
  { preset: "bench-window", options: { type: "F16" }, loads: [[2, 16_384]] },
  {
    preset: "bench-0.5b",
    options: { layers: 4, type: "Q4_0" },
    loads: [
      [1, 2048],
      [2, 16_384],
    ],
  },
  { preset: "bench-0.5b", options: { layers: 4, type: "F16" }, loads: [[2, 16_384]] },
  {
    preset: "bench-0.5b",
    loads: [
      [1, 2048],
      [4, 8192],
    ],
  },
  {
    preset: "embed",
    options: { layers: 12, contextTokens: 8192 },
    loads: [
      [1, 2048],
      [8, 8192],
    ],
  },
  { preset: "rank", loads: [[4, 2048]] },
];

interface Row {
  readonly case: string;
  readonly estimatedBytes: number;
  readonly correctedBytes?: number;
  readonly loadedBytes: number;
  readonly usedBytes: number;
  readonly peakBytes: number;
  readonly anonymousBytes: number;
  readonly proportionalBytes: number | undefined;
  readonly filledTokens: number;
  readonly givenBackBytes: number | undefined;
  readonly contextAgainMs: number | undefined;
  /** Of the larger of both, in percent. */
  readonly error: number;
  readonly correctedError?: number;
}

const { values } = parseArgs({
  options: {
    fill: { type: "string", default: "1024" },
    only: { type: "string", default: "" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await main(Number(values.fill), values.only, values.json);

async function main(fillTokens: number, only: string, json: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-fit-"));
  const rows: Row[] = [];
  try {
    for (const fileCase of CASES.filter(({ preset }) => preset.includes(only))) {
      for await (const row of measureFile(fileCase, folder, fillTokens)) {
        rows.push(row);
        if (!json) printRow(row);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const summary = { first: spreadOf(rows.map(({ error }) => error)), corrected: spreadOf(correctedErrors(rows)) };
  if (json) process.stdout.write(`${JSON.stringify({ rows, ...summary }, undefined, 2)}\n`);
  else {
    process.stdout.write(`first estimates: ${describe(summary.first)}\n`);
    process.stdout.write(`corrected by another load of the file: ${describe(summary.corrected)}\n`);
  }
}

async function* measureFile(
  { preset, options = {}, loads }: FileCase,
  folder: string,
  fillTokens: number,
): AsyncGenerator<Row> {
  const name = [preset, ...Object.values(options)].join(" ");
  const modelFile = await builtModel(join(folder, "model.gguf"), preset, options);
  let before: Measurement | undefined;
  for (const [slots, contextTokens] of loads) {
    const { estimate, memory } = await measureLoad({ modelFile, contextTokens, slots, fillTokens });
    const { loaded, used, proportionalBytes, filledTokens, givenBackBytes, contextAgainMs } = memory;
    const takenBytes = Math.max(loaded.residentBytes, used.residentBytes);
    yield {
      case: `${name}, ${slots} × ${contextTokens}`,
      estimatedBytes: estimate.residentBytes,
      loadedBytes: loaded.residentBytes,
      usedBytes: used.residentBytes,
      peakBytes: used.peakBytes,
      anonymousBytes: used.anonymousBytes + used.sharedBytes,
      proportionalBytes,
      filledTokens,
      givenBackBytes,
      contextAgainMs,
      error: errorOf(estimate.residentBytes, takenBytes),
      ...(before === undefined ? {} : correctedBy(before, estimate, takenBytes)),
    };
    const key = { file: name, device: "cpu", contextTokens, sequences: slots };
    before = { ...key, estimatedBytes: estimate.residentBytes, residentBytes: takenBytes, atMs: 0 };
  }
}

function correctedBy(
  before: Measurement,
  estimate: MemoryEstimate,
  takenBytes: number,
): Pick<Row, "correctedBytes" | "correctedError"> {
  const key = { file: before.file, device: before.device, contextTokens: 0, sequences: 0 };
  const { residentBytes } = correct(estimate, correctionFor([before], key));
  return { correctedBytes: residentBytes, correctedError: errorOf(residentBytes, takenBytes) };
}

/** The large model outlives the run; the others are removed with the folder. */
async function builtModel(file: string, preset: string, options: PresetOptions): Promise<string> {
  if (preset === "bench-0.5b" && Object.keys(options).length === 0) return cachedBenchModel();
  await buildModel(preset, file, options);
  return file;
}

function printRow(row: Row): void {
  const { loadedBytes, usedBytes, peakBytes, correctedError } = row;
  const { givenBackBytes, contextAgainMs } = row;
  const given =
    givenBackBytes === undefined
      ? ""
      : `; context back ${inMib(givenBackBytes)}, again in ${contextAgainMs?.toFixed(0)} ms`;
  const corrected = correctedError === undefined ? "" : `, corrected ${correctedError} %`;
  process.stdout.write(
    `${row.case.padEnd(36)} estimated ${inMib(row.estimatedBytes)}, loaded ${inMib(loadedBytes)}, ` +
      `after ${row.filledTokens} tokens ${inMib(usedBytes)}, peak ${inMib(peakBytes)}: ${row.error} %${corrected}${given}\n`,
  );
}

function correctedErrors(rows: readonly Row[]): readonly number[] {
  return rows.flatMap(({ correctedError }) => correctedError ?? []);
}

interface Spread {
  readonly cases: number;
  readonly medianPercent: number;
  readonly lowestPercent: number;
  readonly highestPercent: number;
}

/** The median of the sizes of the errors, and the furthest to both sides. */
function spreadOf(errors: readonly number[]): Spread {
  const sizes = errors.map((error) => Math.abs(error)).toSorted((a, b) => a - b);
  return {
    cases: errors.length,
    medianPercent: sizes[Math.floor(sizes.length / 2)] ?? 0,
    lowestPercent: Math.min(...errors),
    highestPercent: Math.max(...errors),
  };
}

function describe(spread: Spread): string {
  return spread.cases === 0 ? "none" : inWords(spread);
}

function inWords({ cases, medianPercent, lowestPercent, highestPercent }: Spread): string {
  return `${cases} cases, median error ${medianPercent} %, from ${lowestPercent} % to ${highestPercent} %`;
}

function errorOf(estimated: number, measured: number): number {
  return Math.round((estimated / measured - 1) * 1000) / 10;
}

function inMib(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
