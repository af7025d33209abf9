import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import { ADMIN_KEY, startBox, stopProcess } from "./start-process.ts";

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
  for (const file of files) {
    const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
    const model = { id: "bench/model", file, device: "cpu", threads: 1, contextTokens: 4_096, slots: 1 };
    const box = await startBox({ models: [model] }, folder);
    try {
      await ask(box.url, "Hello.", new AbortController().signal, 1); // Waits until the model is loaded.
      const figures = {
        model: file.split("/").at(-1),
        prefillMs: await measure(box.url, folder, "prefill"),
        decodeMs: await measure(box.url, folder, "decode"),
      };
      process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : describe(figures));
    } finally {
      await stopProcess(box.child);
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Milliseconds from the client's going to the process's being free, ascending. */
async function measure(url: URL, folder: string, phase: "prefill" | "decode"): Promise<readonly number[]> {
  const [socketPath] = globSync(join(folder, "data/run/*/*.sock"));
  if (socketPath === undefined) throw new Error("The model's process has no socket.");
  const latenciesMs: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const client = new AbortController();
    const words = phase === "prefill" ? `${round} `.repeat(1_500) : `Tell me story number ${round}.`;
    const answer = ask(url, words, client.signal).catch(() => undefined);
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

async function ask(url: URL, content: string, signal: AbortSignal, maxTokens = 1_000): Promise<void> {
  const response = await fetch(new URL("/v1/chat/completions", url), {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify({
      model: "bench/model",
      stream: true,
      max_tokens: maxTokens,
      messages: [{ role: "user", content }],
    }),
    signal,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The box answered ${response.status}: ${text}`);
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
    `  ${phase.padEnd(10)}median ${String(sorted[Math.floor(sorted.length / 2)])} ms, worst ${String(sorted.at(-1))} ms\n`;
  return `${figures.model ?? ""}\n${line("prefill", figures.prefillMs)}${line("decode", figures.decodeMs)}`;
}
