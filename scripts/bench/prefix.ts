import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import { type BoxedModel, countIn, withBoxedModel } from "./boxed-model.ts";
import { median } from "./statistics.ts";

const USAGE = `Measures what a long beginning costs that was read before: the time to the first token of a prompt of about
600 tokens and a short question, through the whole box. Cold: never read. Warm: read for the question before. Restored:
read before, but the model's only slot was taken by another conversation in between. Then, with two slots, of which the
other writes: beside, never read; copied, read by the slot that writes.

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

/** What the prompt is compared with, and each case. */
const CASES = { cold: "cold", warm: "cold", restored: "cold", beside: "beside", copied: "beside" } as const;
type Case = keyof typeof CASES;

/** One answer of one token. */
interface FirstToken {
  readonly firstTokenMs: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
}

async function main(): Promise<void> {
  const file = values.model === undefined ? await cachedBenchModel() : resolve(values.model);
  const model = { file, threads: Number(values.threads), contextTokens: 1_024 };
  const rounds: Record<Case, FirstToken>[] = [];
  await withBoxedModel({ ...model, slots: 1 }, async (box) => {
    for (let round = 0; round < Number(values.rounds); round++) {
      const mine = prefixOf(`harbour ${round}`);
      const cold = await ask(box, mine, "What is the first rule?");
      const warm = await ask(box, mine, "How many rules are there?");
      await ask(box, prefixOf(`station ${round}`), "What is the first rule?");
      const restored = await ask(box, mine, "Which rule is the last?");
      rounds.push({ cold, warm, restored, beside: cold, copied: cold });
    }
  });
  await withBoxedModel({ ...model, slots: 2 }, async (box) => {
    for (const [round, before] of rounds.entries()) {
      const mine = prefixOf(`market ${round}`);
      const writer = await write(box, mine);
      const copied = await ask(box, mine, "What is the first rule?");
      const beside = await ask(box, prefixOf(`quarry ${round}`), "What is the first rule?");
      await writer.end();
      rounds[round] = { ...before, beside, copied };
    }
  });
  print(rounds);
}

/** An answer that goes on until it is ended; resolves with its first token. */
async function write(box: BoxedModel, system: string): Promise<{ end(): Promise<void> }> {
  const client = new AbortController();
  const messages = [
    { role: "system", content: system },
    { role: "user", content: "Tell a story." },
  ];
  const response = await box.chat({ stream: true, max_tokens: 400, messages }, client.signal);
  const reader = response.body?.getReader();
  await reader?.read();
  const rest = (async () => {
    while (reader !== undefined && !(await reader.read()).done);
  })().catch(() => undefined);
  return {
    end: async () => {
      client.abort();
      await rest;
    },
  };
}

function prefixOf(place: string): string {
  return Array.from(
    { length: PREFIX_SENTENCES },
    (_, index) => `Rule ${index} of the ${place}: write down who comes and goes.`,
  ).join(" ");
}

async function ask(box: BoxedModel, system: string, question: string): Promise<FirstToken> {
  const startedAtMs = performance.now();
  const response = await box.chat({
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 1,
    temperature: 0,
    messages: [
      { role: "system", content: system },
      { role: "user", content: question },
    ],
  });
  // With one token to say, the end of the answer is where its first token is.
  const text = await response.text();
  const firstTokenMs = performance.now() - startedAtMs;
  return { firstTokenMs, promptTokens: countIn(text, "prompt_tokens"), cachedTokens: countIn(text, "cached_tokens") };
}

function print(rounds: readonly Record<Case, FirstToken>[]): void {
  const rows = (Object.entries(CASES) as [Case, Case][]).map(([name, base]) => ({
    name,
    firstTokenMs: Math.round(median(rounds.map((round) => round[name].firstTokenMs))),
    ofCold: Number(median(rounds.map((round) => round[name].firstTokenMs / round[base].firstTokenMs)).toFixed(3)),
    promptTokens: median(rounds.map((round) => round[name].promptTokens)),
    cachedTokens: median(rounds.map((round) => round[name].cachedTokens)),
  }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ threads: Number(values.threads), rows })}\n`);
    return;
  }
  process.stdout.write("             first token   of base   prompt tokens   of them reused\n");
  for (const { name, firstTokenMs, ofCold, promptTokens, cachedTokens } of rows)
    process.stdout.write(
      `${name.padEnd(13)}${`${firstTokenMs} ms`.padStart(11)}${ofCold.toFixed(3).padStart(10)}${String(promptTokens).padStart(16)}${String(cachedTokens).padStart(17)}\n`,
    );
}
