import { classifyTask } from "../../src/routing/classify-task.ts";
import { classifyWorkload } from "../../src/routing/classify-workload.ts";
import { createTextModel, type TextModel } from "../../src/routing/text-model.ts";
import { readTextSignals } from "../../src/routing/text-signals.ts";
import type { OutcomeRow } from "./read-outcomes.ts";
import { requestOf } from "./request-of-text.ts";
import { bootstrap, calibrationError, routingQuality, type Interval, type ScoredRow } from "./routing-metrics.ts";
import { benchmarkPrompts, trainGain, trainModel } from "./train-model.ts";
import type { TaskPrompt } from "./written-prompts.ts";

/** Resamplings of each interval. */
const DRAWS = 300;

/** Folds of the evaluations by subject and by template. */
const FOLDS = 5;

/** How one order of the prompts of one source does, and how far it is from the order by length. */
export interface RouterResult {
  readonly router: string;
  readonly apgr: Interval;
  readonly cpt50: Interval;
  readonly cpt80: Interval;
  /** APGR minus that of length, on the same drawn prompts. */
  readonly overLength: Interval;
}

/** What one source says about routers that were made without it. */
export interface SourceResult {
  readonly source: string;
  readonly rows: number;
  readonly weakShare: number;
  readonly strongShare: number;
  readonly routers: readonly RouterResult[];
  /** Expected calibration error of the difficulty, and the observed share that it is to state. */
  readonly calibrationError: number;
  readonly onlyStrongShare: number;
}

/** What is made of the rows that may be seen. */
interface Made {
  readonly gain: (text: string) => number;
  readonly model: TextModel;
}

/** Every source scored by models that saw only the others: chance, length, the learned gain, and what ships. */
export function evaluateBySource(
  rows: readonly OutcomeRow[],
  prompts: readonly TaskPrompt[],
  random: () => number,
): readonly SourceResult[] {
  return [...new Set(rows.map(({ source }) => source))].map((held) => {
    const made = make(
      rows.filter(({ source }) => source !== held),
      prompts,
    );
    const rowsOfSource = rows.filter(({ source }) => source === held);
    return judge(held, rowsOfSource, () => made, random);
  });
}

/** Every subject of every source scored by models that saw the others, in folds of whole subjects. */
export function evaluateBySubject(
  rows: readonly OutcomeRow[],
  prompts: readonly TaskPrompt[],
  random: () => number,
): readonly SourceResult[] {
  const subjects = [...new Set(rows.map(subjectOf))];
  const foldOf = (row: OutcomeRow): number => subjects.indexOf(subjectOf(row)) % FOLDS;
  const made = Array.from({ length: FOLDS }, (_, fold) =>
    make(
      rows.filter((row) => foldOf(row) !== fold),
      prompts,
    ),
  );
  return [...new Set(rows.map(({ source }) => source))].map((name) => {
    const rowsOfSource = rows.filter(({ source }) => source === name);
    return judge(name, rowsOfSource, (row) => made[foldOf(row)] as Made, random);
  });
}

/** Share of right tasks: on written prompts whose templates, and on benchmark prompts whose sources, were left out. */
export function evaluateTasks(rows: readonly OutcomeRow[], prompts: readonly TaskPrompt[]) {
  const benchmarks = benchmarkPrompts(rows);
  const templates = [...new Set(prompts.map(({ template }) => template))];
  const foldOf = ({ template }: TaskPrompt): number => templates.indexOf(template) % FOLDS;
  const written = Array.from({ length: FOLDS }, (_, fold) => {
    const model = readied([...prompts.filter((prompt) => foldOf(prompt) !== fold), ...benchmarks]);
    return prompts.filter((prompt) => foldOf(prompt) === fold).map((prompt) => isRight(model, prompt));
  }).flat();
  const sources = [...new Set(rows.map(({ source }) => source))];
  const unseen = sources.map((held) => {
    const isHeld = ({ template }: TaskPrompt): boolean => template.startsWith(`${held}: `);
    const model = readied([...prompts, ...benchmarks.filter((prompt) => !isHeld(prompt))]);
    const results = benchmarks.filter(isHeld).map((prompt) => isRight(model, prompt));
    return { source: held, prompts: results.length, right: share(results) };
  });
  return { templates: templates.length, prompts: written.length, right: share(written), unseen };
}

function isRight(model: TextModel, { task, prompt }: TaskPrompt): number {
  return Number(classifyTask(requestOf(prompt), readTextSignals(prompt), model.assess(prompt)).task === task);
}

function make(rows: readonly OutcomeRow[], prompts: readonly TaskPrompt[]): Made {
  return { gain: trainGain(rows), model: readied([...prompts, ...benchmarkPrompts(rows)]) };
}

function readied(prompts: readonly TaskPrompt[]): TextModel {
  return createTextModel({ ...trainModel(prompts), sha256: "" });
}

function judge(
  source: string,
  rows: readonly OutcomeRow[],
  madeFor: (row: OutcomeRow) => Made,
  random: () => number,
): SourceResult {
  const scored = rows.map((row) => {
    const { weak, strong, prompt } = row;
    const { gain, model } = madeFor(row);
    const chance = classifyWorkload(requestOf(prompt), model).onlyStrongChance ?? 0;
    const scores = { random: 0, length: prompt.length, learned: gain(prompt), shipped: chance };
    return { weak, strong, scores, probability: chance, happened: (1 - weak) * strong };
  });
  type Scored = (typeof scored)[number];
  const names = ["random", "length", "learned", "shipped"] as const;
  const orderBy = (drawn: readonly Scored[], name: (typeof names)[number]): readonly ScoredRow[] =>
    drawn.map(({ weak, strong, scores }) => ({ weak, strong, score: scores[name] }));
  const figure = (name: (typeof names)[number], key: "apgr" | "cpt50" | "cpt80"): Interval =>
    bootstrap(scored, (drawn) => routingQuality(orderBy(drawn, name))[key], random, DRAWS);
  return {
    source,
    rows: rows.length,
    weakShare: share(rows.map(({ weak }) => weak)),
    strongShare: share(rows.map(({ strong }) => strong)),
    routers: names.map((router) => ({
      router,
      apgr: figure(router, "apgr"),
      cpt50: figure(router, "cpt50"),
      cpt80: figure(router, "cpt80"),
      overLength: bootstrap(
        scored,
        (drawn) => routingQuality(orderBy(drawn, router)).apgr - routingQuality(orderBy(drawn, "length")).apgr,
        random,
        DRAWS,
      ),
    })),
    calibrationError: calibrationError(scored),
    onlyStrongShare: share(scored.map(({ happened }) => happened)),
  };
}

function subjectOf({ source, group }: OutcomeRow): string {
  return `${source}: ${group}`;
}

function share(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
