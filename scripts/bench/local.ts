import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import type { RawJob } from "./raw-engine.ts";
import { type BoxedModel, countIn, saying, withBoxedModel } from "./boxed-model.ts";
import { stopProcess } from "./start-process.ts";
import { median } from "./statistics.ts";

const USAGE = `Measures how much of the engine's speed reaches a client: tokens a second of a plain loop over the engine's native
code, which is the most that can be had from here, of the library's own sequences, and of the whole box (gateway,
routing, audit log, the model's own process), for several texts at a time. Rounds alternate; the median counts.

  node scripts/bench/local.ts [--model FILE] [--threads N] [--tokens N] [--rounds N] [--json]

Without --model a model with random weights and the shape of a 0.5 B one is made (530 MB) and kept in the cache folder.
`;

/** What both sides do. */
export interface BenchSettings {
  readonly modelFile: string;
  readonly threads: number;
  readonly contextTokens: number;
  readonly slots: number;
  readonly prompt: string;
  readonly answerTokens: number;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly seed: number;
}

/** One generated text. */
export interface BenchText {
  readonly tokens: number;
  /** On the wall clock, which all processes share. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

interface BenchRow {
  readonly concurrency: number;
  readonly nativeTokensPerSecond: number;
  readonly libraryTokensPerSecond: number;
  readonly boxTokensPerSecond: number;
  readonly libraryShare: number;
  readonly boxShare: number;
}

type Side = (concurrency: number) => Promise<readonly BenchText[]>;

const CONCURRENCIES = [1, 2, 4, 8] as const;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    threads: { type: "string", default: "1" },
    tokens: { type: "string", default: "48" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await main();

async function main(): Promise<void> {
  const settings: BenchSettings = {
    modelFile: values.model === undefined ? await cachedBenchModel() : resolve(values.model),
    threads: Number(values.threads),
    contextTokens: 512,
    slots: Math.max(...CONCURRENCIES),
    prompt: "Write a long story about a lighthouse keeper and the sea.",
    answerTokens: Number(values.tokens),
    temperature: 0.8,
    topK: 40,
    topP: 0.95,
    minP: 0.05,
    seed: 1,
  };
  const engine = await startRaw(settings);
  try {
    const { modelFile: file, threads, contextTokens, slots } = settings;
    const rows = await withBoxedModel({ file, threads, contextTokens, slots }, (box) =>
      measure({ ...engine.sides, box: boxSide(settings, box) }, Number(values.rounds)),
    );
    print(rows);
  } finally {
    await stopProcess(engine.child);
  }
}

type Sides = Readonly<Record<"native" | "library" | "box", Side>>;

async function measure(sides: Sides, rounds: number): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  // The first round reads the prompt, and the worker learns how long its steps take.
  for (const side of Object.values(sides)) await side(Math.max(...CONCURRENCIES));
  for (const concurrency of CONCURRENCIES) {
    const rates: Record<keyof Sides, number>[] = [];
    for (let round = 0; round < rounds; round++)
      rates.push({
        native: rateOf(await sides.native(concurrency)),
        library: rateOf(await sides.library(concurrency)),
        box: rateOf(await sides.box(concurrency)),
      });
    rows.push({
      concurrency,
      nativeTokensPerSecond: median(rates.map(({ native }) => native)),
      libraryTokensPerSecond: median(rates.map(({ library }) => library)),
      boxTokensPerSecond: median(rates.map(({ box }) => box)),
      libraryShare: median(rates.map(({ native, library }) => library / native)),
      boxShare: median(rates.map(({ native, box }) => box / native)),
    });
  }
  return rows;
}

/** Tokens a second of all texts together, the prompt's last token included: its others are in the cache of both sides. */
function rateOf(texts: readonly BenchText[]): number {
  const tokens = texts.reduce((sum, text) => sum + text.tokens, 0);
  const startedAtMs = Math.min(...texts.map((text) => text.startedAtMs));
  const endedAtMs = Math.max(...texts.map((text) => text.endedAtMs));
  return (tokens * 1_000) / (endedAtMs - startedAtMs);
}

async function startRaw(settings: BenchSettings): Promise<{ child: ChildProcess; sides: Omit<Sides, "box"> }> {
  const child = fork(join(import.meta.dirname, "raw-engine.ts"), [JSON.stringify(settings)], { execArgv: [] });
  await once(child, "message");
  const side =
    (by: RawJob["by"]): Side =>
    async (concurrency) => {
      child.send({ concurrency, by } satisfies RawJob);
      const [{ texts }] = (await once(child, "message")) as [{ readonly texts: readonly BenchText[] }];
      return texts;
    };
  return { child, sides: { native: side("native"), library: side("library") } };
}

function boxSide(settings: BenchSettings, box: BoxedModel): Side {
  return async (concurrency) => await Promise.all(Array.from({ length: concurrency }, () => ask(settings, box)));
}

async function ask(settings: BenchSettings, box: BoxedModel): Promise<BenchText> {
  const startedAtMs = Date.now();
  const response = await box.chat({
    stream: true,
    max_tokens: settings.answerTokens,
    temperature: settings.temperature,
    top_k: settings.topK,
    top_p: settings.topP,
    min_p: settings.minP,
    seed: settings.seed,
    ...saying(settings.prompt),
  });
  const tokens = countIn(await response.text(), "completion_tokens");
  return { tokens, startedAtMs, endedAtMs: Date.now() };
}

function print(rows: readonly BenchRow[]): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ threads: Number(values.threads), rows })}\n`);
    return;
  }
  process.stdout.write("at a time   native tok/s  library tok/s      box tok/s  library/native    box/native\n");
  for (const row of rows) {
    const cells = [
      row.nativeTokensPerSecond.toFixed(1),
      row.libraryTokensPerSecond.toFixed(1),
      row.boxTokensPerSecond.toFixed(1),
      row.libraryShare.toFixed(2),
      row.boxShare.toFixed(2),
    ];
    process.stdout.write(`${String(row.concurrency).padStart(9)}${cells.map((cell) => cell.padStart(15)).join("")}\n`);
  }
}
