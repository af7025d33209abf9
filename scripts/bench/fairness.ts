import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import { type BoxedModel, saying, withBoxedModel } from "./boxed-model.ts";
import { median } from "./statistics.ts";

const USAGE = `Measures how a long prompt in one slot disturbs the text that another slot writes: the time between two of its
tokens alone, and while the prompt is read; and how long the prompt takes alone and beside the text.

  node scripts/bench/fairness.ts [--model FILE] [--threads N] [--rounds N] [--json]

Without --model a model with random weights and the shape of a 0.5 B one is made (530 MB) and kept in the cache folder.
`;

/** Tokens of the text before the prompt comes, and at most after it. */
const TOKENS_ALONE = 12;
const MAX_TEXT_TOKENS = 300;
const PROMPT_WORDS = 130;

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

interface Round {
  readonly gapAloneMs: number;
  readonly gapBesideMs: number;
  readonly longestGapMs: number;
  readonly promptAloneMs: number;
  readonly promptBesideMs: number;
}

async function main(): Promise<void> {
  const file = values.model === undefined ? await cachedBenchModel() : resolve(values.model);
  const model = { file, threads: Number(values.threads), contextTokens: 2_048, slots: 2 };
  await withBoxedModel(model, async (box) => {
    const rounds: Round[] = [];
    for (let round = 0; round < Number(values.rounds); round++) rounds.push(await measure(box, round));
    print(rounds);
  });
}

async function measure(box: BoxedModel, round: number): Promise<Round> {
  const promptAloneMs = await promptMs(box, `alone ${round}`);
  const stop = new AbortController();
  const times: number[] = [];
  const { promise: isWriting, resolve: begun } = Promise.withResolvers<void>();
  const writing = write(box, `Tell story ${round}.`, stop.signal, () => {
    times.push(performance.now());
    if (times.length > TOKENS_ALONE) begun();
  });
  await Promise.race([isWriting, writing]);
  const promptStartedAtMs = performance.now();
  const promptBesideMs = await promptMs(box, `beside ${round}`);
  const promptEndedAtMs = performance.now();
  stop.abort();
  await writing;
  const gaps = times.slice(1).map((atMs, index) => ({ atMs, gapMs: atMs - (times[index] ?? atMs) }));
  const beside = gaps.filter(({ atMs }) => atMs > promptStartedAtMs && atMs <= promptEndedAtMs);
  return {
    gapAloneMs: median(gaps.filter(({ atMs }) => atMs <= promptStartedAtMs).map(({ gapMs }) => gapMs)),
    gapBesideMs: median(beside.map(({ gapMs }) => gapMs)),
    longestGapMs: Math.max(...beside.map(({ gapMs }) => gapMs)),
    promptAloneMs,
    promptBesideMs,
  };
}

/** A prompt of its own, with one token to say. */
async function promptMs(box: BoxedModel, name: string): Promise<number> {
  const startedAtMs = performance.now();
  const response = await box.chat({ max_tokens: 1, stream: true, ...saying(`${name} pear `.repeat(PROMPT_WORDS)) });
  await response.text();
  return performance.now() - startedAtMs;
}

async function write(box: BoxedModel, content: string, signal: AbortSignal, onToken: () => void): Promise<void> {
  try {
    const response = await box.chat({ max_tokens: MAX_TEXT_TOKENS, stream: true, ...saying(content) }, signal);
    for await (const part of response.body ?? [])
      for (const _ of Buffer.from(part)
        .toString("latin1")
        .matchAll(/"delta":\{"content"/gu))
        onToken();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function print(rounds: readonly Round[]): void {
  const of = (name: keyof Round): number => Math.round(median(rounds.map((round) => round[name])));
  const figures = {
    gapAloneMs: of("gapAloneMs"),
    gapBesideMs: of("gapBesideMs"),
    longestGapMs: of("longestGapMs"),
    promptAloneMs: of("promptAloneMs"),
    promptBesideMs: of("promptBesideMs"),
  };
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ threads: Number(values.threads), ...figures })}\n`);
    return;
  }
  process.stdout.write(
    `between two tokens: alone ${figures.gapAloneMs} ms, beside a prompt ${figures.gapBesideMs} ms, at most ${figures.longestGapMs} ms\n` +
      `the prompt: alone ${figures.promptAloneMs} ms, beside a text ${figures.promptBesideMs} ms\n`,
  );
}
