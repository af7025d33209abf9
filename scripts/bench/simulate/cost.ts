import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadTextModel } from "../../../src/app/load-text-model.ts";
import type { RatedEndpoint } from "../../../src/app/read-endpoint-rates.ts";
import { simulateLoad } from "../../../src/app/simulate-load.ts";
import type { EndpointFacts } from "../../../src/core/endpoint.ts";
import type { CompiledPolicy, CompiledRoute, PolicyFacts } from "../../../src/core/policy-port.ts";
import type { Principal } from "../../../src/core/principal.ts";
import { DEFAULT_QUEUE_CLASSES } from "../../../src/core/queue-policy.ts";
import { classifyWorkload } from "../../../src/routing/classify-workload.ts";
import { seededRandom } from "../../../src/simulate/seeded-random.ts";
import type { TracedRequest } from "../../../src/simulate/traced-request.ts";
import { readOutcomes, type OutcomeRow } from "../../router/read-outcomes.ts";
import { requestOf } from "../../router/request-of-text.ts";
import { bootstrap } from "../../router/routing-metrics.ts";

/*
 * What routing by difficulty saves: `npm run bench:simulate-cost -- --data DIR`, with the files that models/router/README.md
 * lists. A day of 10,000 prompts whose answers by a small and by a large model are on record, decided by the shipped router
 * with the shipped text model, at $5 and $30 for a million tokens of the large one. Quality is the share of prompts that
 * the model that was chosen answered rightly: nothing about it is assumed.
 */

const REQUESTS = 10_000;
const DAY_MS = 86_400_000;
const SEED = 20_261_127;
const DRAWS = 500;
/** Of the mixed day, the prompts that the small model answers rightly. */
const SIMPLE_SHARE = 0.8;
/** Prompts of each source and task that the text model may have seen: the first ones of its file. */
const SEEN_PER_TASK = 150;
/** Answers of both models, in tokens: the prior of the router for such requests. No file says how long they were. */
const OUTPUT_TOKENS = 300;
/** Shares of the requests that are to go to the large model: the hardest by the router's own word. */
const LARGE_SHARES = [0.2, 0.35, 0.5, 0.65, 0.8];

/** In micro-USD per million tokens, of the small and of the large model. */
const PRICES = [
  { inputMicroUsdPerMillion: 150_000, outputMicroUsdPerMillion: 600_000 },
  { inputMicroUsdPerMillion: 5_000_000, outputMicroUsdPerMillion: 30_000_000 },
] as const;

const { values } = parseArgs({ options: { data: { type: "string" }, json: { type: "boolean", default: false } } });
if (values.data === undefined) {
  process.stderr.write("Name the folder with prompts and outcomes: --data DIR (models/router/README.md).\n");
  process.exit(2);
}
const loaded = loadTextModel(fileURLToPath(new URL("../../../", import.meta.url)));
if (loaded.kind !== "loaded") throw new Error("The text model of the release is missing or damaged.");
const textModel = loaded.model;
const PRINCIPAL: Principal = { keyId: "key_day", keyName: "day", role: "inference", tags: [] };

const [SMALL, LARGE] = [0, 1];
/** Of a request about whose difficulty nothing is known. */
const ORDINARY_DIFFICULTY = 0.5;
const rows = unseen(readOutcomes(values.data).rows);
const report = [...new Set(rows.map(({ source }) => source))].flatMap((source) => {
  const own = rows.filter((row) => row.source === source);
  return [
    dayOf(`${source}, as it is`, drawn(own, REQUESTS)),
    dayOf(`${source}, 80 % simple and 20 % hard`, mixedDay(own)),
  ];
});
if (values.json) print(JSON.stringify(report, undefined, 2));
else for (const day of report) printDay(day);

/** Without those that the text model may have learned a task from. */
function unseen(all: readonly OutcomeRow[]): readonly OutcomeRow[] {
  const counts = new Map<string, number>();
  return all.filter(({ source, group }) => {
    const name = `${source} ${group}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count > SEEN_PER_TASK;
  });
}

function drawn(from: readonly OutcomeRow[], count: number): readonly OutcomeRow[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, () => from[Math.floor(random() * from.length)] as OutcomeRow);
}

/** Simple: the small model is right. Hard: it is wrong and the large one right. Told by the outcomes, not by the router. */
function mixedDay(own: readonly OutcomeRow[]): readonly OutcomeRow[] {
  const simple = own.filter(({ weak }) => weak === 1);
  const hard = own.filter(({ weak, strong }) => weak === 0 && strong === 1);
  return [...drawn(simple, REQUESTS * SIMPLE_SHARE), ...drawn(hard, REQUESTS * (1 - SIMPLE_SHARE))];
}

interface Choice {
  readonly largeShare: number;
  readonly costUsd: number;
  readonly quality: number;
  /** Over sending as many prompts to the large model by chance, with its 95 % interval; in shares of all prompts. */
  readonly overChance?: { readonly value: number; readonly low: number; readonly high: number };
}

function dayOf(name: string, day: readonly OutcomeRow[]) {
  const requests = day.map((row, index) => tracedOf(row, (index * DAY_MS) / day.length));
  const quality = (choose: (row: OutcomeRow) => number): number => mean(day.map(choose));
  const [small, large] = [quality(({ weak }) => weak), quality(({ strong }) => strong)];
  const difficulties = requests
    .map(({ recorded }) => recorded?.workload.difficulty ?? ORDINARY_DIFFICULTY)
    .toSorted((a, b) => a - b);
  const play = (wantedShare: number): Choice => {
    const threshold = difficulties[Math.floor((1 - wantedShare) * difficulties.length)] ?? ORDINARY_DIFFICULTY;
    const { outcomes, summary } = simulateLoad({
      requests,
      endpoints: places([small, large]),
      policy: hardGoesToLarge(threshold),
      dataClasses: ["public"],
      classes: DEFAULT_QUEUE_CLASSES,
      router: "signalbox",
      seed: SEED,
      startsAtMs: 0,
    });
    const chosen = day.map((row, index) => ({ row, isLarge: outcomes.endpoint[index] === LARGE }));
    const largeShare = mean(chosen.map(({ isLarge }) => Number(isLarge)));
    return {
      largeShare,
      costUsd: summary.all.costMicroUsd / 1e6,
      quality: mean(chosen.map(({ row, isLarge }) => (isLarge ? row.strong : row.weak))),
      overChance: bootstrap(byPrompt(chosen), gainOverChance, seededRandom(SEED), DRAWS),
    };
  };
  const all = (index: number): Choice => ({
    largeShare: index,
    costUsd: requests.reduce((sum, { promptTokens }) => sum + priceOf(index, promptTokens), 0) / 1e6,
    quality: index === LARGE ? large : small,
  });
  const oracle = day.map(({ weak, strong }) => (strong > weak ? LARGE : SMALL));
  return {
    name,
    prompts: new Set(day).size,
    allLarge: all(LARGE),
    allSmall: all(SMALL),
    oracle: {
      largeShare: mean(oracle),
      costUsd:
        requests.reduce((sum, { promptTokens }, index) => sum + priceOf(oracle[index] ?? 0, promptTokens), 0) / 1e6,
      quality: mean(day.map(({ weak, strong }) => Math.max(weak, strong))),
    } satisfies Choice,
    routed: LARGE_SHARES.map((wantedShare) => ({ wantedShare, ...play(wantedShare) })),
  };
}

interface Chosen {
  readonly row: OutcomeRow;
  readonly isLarge: boolean;
}

/** The requests of one prompt: whole prompts are resampled, because a prompt that comes five times is no five findings. */
function byPrompt(chosen: readonly Chosen[]): readonly (readonly Chosen[])[] {
  return [...Map.groupBy(chosen, ({ row }) => row).values()];
}

/** What the choice gained over one by chance with the same share of large answers. */
function gainOverChance(prompts: readonly (readonly Chosen[])[]): number {
  let [count, large, right, weakRight, strongRight] = [0, 0, 0, 0, 0];
  for (const requests of prompts)
    for (const { row, isLarge } of requests) {
      count += 1;
      large += Number(isLarge);
      right += isLarge ? row.strong : row.weak;
      weakRight += row.weak;
      strongRight += row.strong;
    }
  const share = large / count;
  return (right - share * strongRight - (1 - share) * weakRight) / count;
}

function tracedOf({ prompt }: OutcomeRow, atMs: number): TracedRequest {
  const request = requestOf(prompt);
  const workload = classifyWorkload(request, textModel);
  const promptTokens = request.estimatedPromptTokens;
  return {
    atMs,
    promptTokens,
    outputTokens: OUTPUT_TOKENS,
    stream: "day",
    recorded: { request, principal: PRINCIPAL, workload: { ...workload, expectedOutputTokens: OUTPUT_TOKENS } },
  };
}

function priceOf(index: number, promptTokens: number): number {
  const price = PRICES[index] ?? PRICES[1];
  return Math.ceil(
    (promptTokens * price.inputMicroUsdPerMillion + OUTPUT_TOKENS * price.outputMicroUsdPerMillion) / 1e6,
  );
}

/** A small and a large model of one cloud, equally fast, so that nothing but money and quality tells them apart. */
function places(qualities: readonly number[]): readonly RatedEndpoint[] {
  return ["acme/small", "acme/large"].map((id, index) => {
    const modelId = id.slice("acme/".length);
    const facts: EndpointFacts = {
      ...{ id, providerId: "acme", modelId, upstreamId: modelId, location: "cloud", capabilities: [], slots: 64 },
      ...{ price: PRICES[index] ?? PRICES[1], quality: qualities[index] ?? 0.5 },
    };
    const decodeRates = [{ running: 1, tokensPerSecond: 60 }];
    return { facts, queueLimit: 64, profile: { firstContentMs: 500, decodeRates } };
  });
}

/** As config/policies/cost-saver.yaml has it: what is hard goes to the large model, the rest where it is cheapest. */
function hardGoesToLarge(threshold: number): CompiledPolicy {
  const isHard = ({ workload }: PolicyFacts): boolean =>
    Number(workload["difficulty"] ?? ORDINARY_DIFFICULTY) >= threshold;
  const isLarge = { text: "large", holds: ({ endpoint }: PolicyFacts) => endpoint?.["model"] === "large" };
  const routes: readonly CompiledRoute[] = [
    { id: "hard", when: isHard, prefer: [isLarge], objective: "cost" },
    { id: "the-rest", when: () => true, prefer: [], objective: "cost" },
  ];
  return { sha256: "0".repeat(64), constraints: [], routes };
}

function printDay({ name, prompts, allLarge, allSmall, oracle, routed }: ReturnType<typeof dayOf>): void {
  print(`\n${name}: ${REQUESTS} requests over ${prompts} prompts`);
  const line = (title: string, { largeShare, costUsd, quality, overChance }: Choice): void => {
    const saved = 1 - costUsd / allLarge.costUsd;
    const gap = (quality - allSmall.quality) / (allLarge.quality - allSmall.quality);
    const gain =
      overChance === undefined
        ? ""
        : `  over chance ${points(overChance.value)} (${points(overChance.low)} to ${points(overChance.high)})`;
    print(
      `  ${title.padEnd(22)} large ${percent(largeShare)}  $${costUsd.toFixed(2)}  saved ${percent(saved)}  right ${percent(quality)}  gap closed ${percent(gap)}${gain}`,
    );
  };
  line("all large", allLarge);
  line("all small", allSmall);
  line("who knew the outcomes", oracle);
  for (const { wantedShare, ...choice } of routed) line(`routed, hardest ${100 * wantedShare} %`, choice);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).padStart(5)} %`;
}

function points(share: number): string {
  return `${(100 * share).toFixed(2)} points`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
