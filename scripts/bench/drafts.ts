import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedBenchModel } from "./bench-model.ts";
import { ADMIN_KEY, startBox, stopProcess } from "./start-process.ts";

const USAGE = `Measures what drafts from the text itself gain: tokens a second of greedy answers through the whole box, as they are
served and without drafts (log probabilities switch them off), in turns. One answer repeats itself, which is the most
that drafts can gain; the other says nothing twice, which is the most that they can cost.

  node scripts/bench/drafts.ts [--model FILE] [--threads N] [--tokens N] [--rounds N] [--json]

Without --model a model with random weights and the shape of a 0.5 B one is made (530 MB) and kept in the cache folder.
`;

/** Answers by how their tokens are chosen: always the same one, or none of those that were said. */
const ANSWERS = {
  "repeats itself": { logit_bias: { "65": 100 } },
  "says nothing twice": {},
} as const;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    threads: { type: "string", default: "1" },
    tokens: { type: "string", default: "64" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await main();

async function main(): Promise<void> {
  const file = values.model === undefined ? await cachedBenchModel() : resolve(values.model);
  const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
  const threads = Number(values.threads);
  const box = await startBox(
    { models: [{ id: "bench/model", file, device: "cpu", threads, contextTokens: 1_024, slots: 1 }] },
    folder,
  );
  try {
    await rateOf(box.url, {}); // Waits until the model is loaded.
    const rows = [];
    for (const [answer, settings] of Object.entries(ANSWERS)) {
      const rounds = [];
      for (let round = 0; round < Number(values.rounds); round++) {
        const without = await rateOf(box.url, { ...settings, logprobs: true });
        rounds.push({ without, served: await rateOf(box.url, settings) });
      }
      rows.push({
        answer,
        withoutTokensPerSecond: median(rounds.map(({ without }) => without)),
        servedTokensPerSecond: median(rounds.map(({ served }) => served)),
        ratio: median(rounds.map(({ served, without }) => served / without)),
      });
    }
    if (values.json) process.stdout.write(`${JSON.stringify({ threads, rows })}\n`);
    else
      for (const { answer, withoutTokensPerSecond, servedTokensPerSecond, ratio } of rows)
        process.stdout.write(
          `an answer that ${answer}: without drafts ${withoutTokensPerSecond.toFixed(1)}, as served ${servedTokensPerSecond.toFixed(1)} tokens/s, ${ratio.toFixed(2)} times\n`,
        );
  } finally {
    await stopProcess(box.child);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tokens a second of one greedy answer; its short prompt is read before the first round. */
async function rateOf(url: URL, settings: Readonly<Record<string, unknown>>): Promise<number> {
  const startedAtMs = performance.now();
  const response = await fetch(new URL("/v1/chat/completions", url), {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify({
      model: "bench/model",
      max_tokens: Number(values.tokens),
      temperature: 0,
      messages: [{ role: "user", content: "Go on." }],
      ...settings,
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The box answered ${response.status}: ${text}`);
  const tokens = Number(/"completion_tokens":(\d+)/u.exec(text)?.[1]);
  return (tokens * 1_000) / (performance.now() - startedAtMs);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
