import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import { ADMIN_KEY, startBox, stopProcess } from "./start-process.ts";

const USAGE = `Measures what a long beginning costs that was read before: the time to the first token of a prompt of about
600 tokens and a short question, through the whole box. Cold: never read. Warm: read for the question before. Restored:
read before, but the model's only slot was taken by another conversation in between.

  node scripts/bench/prefix.ts [--model FILE] [--threads N] [--rounds N] [--json]

Without --model a model with random weights and the shape of a 0.5 B one is made (530 MB) and kept in the cache folder.
`;

/** About 600 tokens with the words below. */
const PREFIX_SENTENCES = 25;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    threads: { type: "string", default: "1" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await main();

/** One answer of one token. */
interface FirstToken {
  readonly firstTokenMs: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
}

async function main(): Promise<void> {
  const file = values.model === undefined ? await cachedBenchModel() : resolve(values.model);
  const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
  const model = {
    id: "bench/model",
    file,
    device: "cpu",
    threads: Number(values.threads),
    contextTokens: 1_024,
    slots: 1,
  };
  const box = await startBox({ models: [model] }, folder);
  try {
    await ask(box.url, "Hello.", "Ready?"); // Waits until the model is loaded.
    const rounds = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const mine = prefixOf(`harbour ${round}`);
      const cold = await ask(box.url, mine, "What is the first rule?");
      const warm = await ask(box.url, mine, "How many rules are there?");
      await ask(box.url, prefixOf(`station ${round}`), "What is the first rule?");
      const restored = await ask(box.url, mine, "Which rule is the last?");
      rounds.push({ cold, warm, restored });
    }
    print(rounds);
  } finally {
    await stopProcess(box.child);
    await rm(folder, { recursive: true, force: true });
  }
}

function prefixOf(place: string): string {
  return Array.from(
    { length: PREFIX_SENTENCES },
    (_, index) => `Rule ${index} of the ${place}: write down who comes and goes.`,
  ).join(" ");
}

async function ask(url: URL, system: string, question: string): Promise<FirstToken> {
  const startedAtMs = performance.now();
  const response = await fetch(new URL("/v1/chat/completions", url), {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify({
      model: "bench/model",
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 1,
      temperature: 0,
      messages: [
        { role: "system", content: system },
        { role: "user", content: question },
      ],
    }),
  });
  // With one token to say, the end of the answer is where its first token is.
  const text = await response.text();
  const firstTokenMs = performance.now() - startedAtMs;
  if (!response.ok) throw new Error(`The box answered ${response.status}: ${text}`);
  const numberOf = (name: string): number => Number(new RegExp(`"${name}":(\\d+)`, "u").exec(text)?.[1]);
  return { firstTokenMs, promptTokens: numberOf("prompt_tokens"), cachedTokens: numberOf("cached_tokens") };
}

function print(rounds: readonly Record<"cold" | "warm" | "restored", FirstToken>[]): void {
  const rows = (["cold", "warm", "restored"] as const).map((name) => ({
    name,
    firstTokenMs: Math.round(median(rounds.map((round) => round[name].firstTokenMs))),
    ofCold: Number(median(rounds.map((round) => round[name].firstTokenMs / round.cold.firstTokenMs)).toFixed(3)),
    promptTokens: median(rounds.map((round) => round[name].promptTokens)),
    cachedTokens: median(rounds.map((round) => round[name].cachedTokens)),
  }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ threads: Number(values.threads), rows })}\n`);
    return;
  }
  process.stdout.write("             first token   of cold   prompt tokens   of them reused\n");
  for (const { name, firstTokenMs, ofCold, promptTokens, cachedTokens } of rows)
    process.stdout.write(
      `${name.padEnd(13)}${`${firstTokenMs} ms`.padStart(11)}${ofCold.toFixed(3).padStart(10)}${String(promptTokens).padStart(16)}${String(cachedTokens).padStart(17)}\n`,
    );
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
