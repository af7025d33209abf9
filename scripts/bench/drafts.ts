import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import { type BoxedModel, countIn, saying, withBoxedModel } from "./boxed-model.ts";
import { median } from "./statistics.ts";

const USAGE = `Measures what drafts from the text itself gain: tokens a second of greedy answers through the whole box, as they are
served and without drafts (drawing from the likeliest token alone says the same, and makes none), in turns.

  node scripts/bench/drafts.ts [--model FILE] [--threads N] [--rounds N] [--json]

Asked are the shipped model, which copies a text, and which answers in words that the prompt has not, and a model with
random weights and the shape of a 0.5 B one (530 MB, made once), which repeats one token: the most that drafts can gain.
With --model that file takes the place of the last.
`;

const COPIED = "the delivery for the north gate comes on monday and the delivery for the south gate comes on friday";

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    threads: { type: "string", default: "1" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** An answer to measure: what is asked of which model, and so often one after the other as to take a while. */
interface Answer {
  readonly name: string;
  readonly file: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly times: number;
}

if (values.help) process.stdout.write(USAGE);
else await main();

async function main(): Promise<void> {
  const shipped = join(import.meta.dirname, "../../models/nano.gguf");
  const large = values.model === undefined ? await cachedBenchModel() : resolve(values.model);
  const answers: readonly Answer[] = [
    { name: "copies its prompt", file: shipped, fields: saying(`Repeat this: ${COPIED}`), times: 40 },
    { name: "is in words of its own", file: shipped, fields: saying("Write a poem about the sea."), times: 40 },
    { name: "repeats one token", file: large, fields: { logit_bias: { "65": 100 }, ...saying("Go on.") }, times: 1 },
  ];
  const threads = Number(values.threads);
  for (const answer of answers) {
    const model = { file: answer.file, threads, contextTokens: 1_024, slots: 1 };
    const row = await withBoxedModel(model, (box) => measure(box, answer));
    process.stdout.write(values.json ? `${JSON.stringify({ threads, ...row })}\n` : describe(row));
  }
}

async function measure(box: BoxedModel, { name, fields, times }: Answer) {
  const rounds: { readonly without: number; readonly served: number }[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const without = await rateOf(box, { ...fields, temperature: 1, top_k: 1 }, times);
    rounds.push({ without, served: await rateOf(box, fields, times) });
  }
  return {
    name,
    withoutTokensPerSecond: median(rounds.map(({ without }) => without)),
    servedTokensPerSecond: median(rounds.map(({ served }) => served)),
    ratio: median(rounds.map(({ served, without }) => served / without)),
  };
}

/** Tokens a second of some greedy answers, one after the other. */
async function rateOf(box: BoxedModel, fields: Readonly<Record<string, unknown>>, times: number): Promise<number> {
  const startedAtMs = performance.now();
  let tokens = 0;
  for (let time = 0; time < times; time++) {
    const response = await box.chat({ max_tokens: 64, temperature: 0, ...fields });
    tokens += countIn(await response.text(), "completion_tokens");
  }
  return (tokens * 1_000) / (performance.now() - startedAtMs);
}

function describe(row: Awaited<ReturnType<typeof measure>>): string {
  const [without, served] = [row.withoutTokensPerSecond.toFixed(1), row.servedTokensPerSecond.toFixed(1)];
  return `an answer that ${row.name}: without drafts ${without}, as served ${served} tokens/s, ${row.ratio.toFixed(2)} times\n`;
}
