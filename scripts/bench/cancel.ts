import { globSync } from "node:fs";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import { type BoxedModel, saying, withBoxedModel } from "./boxed-model.ts";
import { median } from "./statistics.ts";

const USAGE = `Measures how soon a model's process is free again when its client goes away: while it reads a long prompt,
and while it writes. The process is asked over its own socket every 2 ms.

  node scripts/bench/cancel.ts [--model FILE] [--rounds N] [--json]

Without --model the shipped model and one with the shape of a 0.5 B model (530 MB, random weights) are used.
`;

/** Between two looks at the process. */
const LOOK_INTERVAL_MS = 2;
/** A process that is not free after this time counts as stuck. */
const MAX_WAIT_MS = 60_000;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    rounds: { type: "string", default: "7" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await main();

async function main(): Promise<void> {
  const shipped = join(import.meta.dirname, "../../models/nano.gguf");
  const files = values.model === undefined ? [shipped, await cachedBenchModel()] : [resolve(values.model)];
  for (const file of files)
    await withBoxedModel({ file, threads: 1, contextTokens: 4_096, slots: 1 }, async (box) => {
      const figures = {
        model: file.split("/").at(-1),
        prefillMs: await measure(box, "prefill"),
        decodeMs: await measure(box, "decode"),
      };
      process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : describe(figures));
    });
}

/** Milliseconds from the client's going to the process's being free, ascending. */
async function measure(box: BoxedModel, phase: "prefill" | "decode"): Promise<readonly number[]> {
  const [socketPath] = globSync(join(box.folder, "data/run/*/*.sock"));
  if (socketPath === undefined) throw new Error("The model's process has no socket.");
  const latenciesMs: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const client = new AbortController();
    const words = phase === "prefill" ? `${round} `.repeat(1_500) : `Tell me story number ${round}.`;
    const answer = ask(box, words, client.signal).catch(() => undefined);
    await until(socketPath, (running) => running > 0);
    if (phase === "decode") await Promise.race([answer, wait(300)]);
    const goneMs = performance.now();
    client.abort();
    await until(socketPath, (running) => running === 0);
    latenciesMs.push(Math.round(performance.now() - goneMs));
    await answer;
  }
  return latenciesMs.toSorted((a, b) => a - b);
}

async function ask(box: BoxedModel, content: string, signal: AbortSignal): Promise<void> {
  const response = await box.chat({ stream: true, max_tokens: 1_000, ...saying(content) }, signal);
  await response.text();
}

async function until(socketPath: string, holds: (running: number) => boolean): Promise<void> {
  const endMs = performance.now() + MAX_WAIT_MS;
  while (!holds(await running(socketPath))) {
    if (performance.now() > endMs) throw new Error("The model's process did not get there.");
    await wait(LOOK_INTERVAL_MS);
  }
}

async function running(socketPath: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  httpRequest({ socketPath, path: "/health" }, resolve).on("error", reject).end();
  let text = "";
  for await (const part of await promise) text += String(part);
  return (JSON.parse(text) as { readonly running: number }).running;
}

function describe(figures: {
  readonly model: string | undefined;
  readonly prefillMs: readonly number[];
  readonly decodeMs: readonly number[];
}): string {
  const line = (phase: string, sorted: readonly number[]): string =>
    `  ${phase.padEnd(10)}median ${median(sorted)} ms, worst ${String(sorted.at(-1))} ms\n`;
  return `${figures.model ?? ""}\n${line("prefill", figures.prefillMs)}${line("decode", figures.decodeMs)}`;
}
