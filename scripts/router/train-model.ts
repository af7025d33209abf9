import { TASKS, type Task } from "../../src/core/workload.ts";
import { createTextReader, TEXT_MEASURES } from "../../src/routing/text-features.ts";
import { createTermWeigher, headChance, standardize, type TextModelParts } from "../../src/routing/text-model.ts";
import type { OutcomeRow } from "./read-outcomes.ts";
import { fitHeads, learnTerms, measureStatistics, readTexts, type HeadSettings } from "./train-heads.ts";
import type { TaskPrompt } from "./written-prompts.ts";

/** How the heads that predict right answers are fitted: weakly, because only that carries over to other sources. */
const OUTCOME: HeadSettings = {
  grams: "grams",
  buckets: 32_768,
  minTexts: 3,
  measureScale: 1,
  c: 0.1,
  iterations: 60,
};

/** How the heads of the tasks are fitted. Length says little about a task, so that measurements count little. */
const TASK: HeadSettings = {
  grams: "instructionGrams",
  buckets: 16_384,
  minTexts: 3,
  measureScale: 0.1,
  c: 4,
  iterations: 80,
};

/** Benchmark prompts of one source and task that the task heads see at most; more would drown the written ones. */
const BENCHMARK_PROMPTS_PER_TASK = 150;

/**
 * Learns, from rows with outcomes, the gain of a strong model over a weak one: two heads, whether each answers rightly. For
 * evaluation alone: on sources that it has not seen it is no better than length, so it does not ship.
 */
export function trainGain(rows: readonly OutcomeRow[]): (text: string) => number {
  const texts = readTexts(rows.map(({ prompt }) => prompt));
  const statistics = measureStatistics(texts);
  const terms = learnTerms(texts, OUTCOME);
  const targets = {
    weak: Float32Array.from(rows, ({ weakMean }) => weakMean),
    strong: Float32Array.from(rows, ({ strongMean }) => strongMean),
  };
  const [weak, strong] = fitHeads(texts, targets, terms, statistics, OUTCOME);
  if (weak === undefined || strong === undefined) throw new Error("Two heads were fitted and fewer came back.");
  const read = createTextReader();
  const weigh = createTermWeigher(terms);
  const measures = new Float64Array(TEXT_MEASURES.length);
  return (text) => {
    const features = read(text);
    standardize(features.measures, statistics.means, statistics.deviations, measures);
    const weighed = weigh(features.grams());
    return headChance(strong, weighed, measures) - headChance(weak, weighed, measures);
  };
}

/** The model that ships: the heads of the tasks, from written prompts and from some of those with outcomes. */
export function trainModel(prompts: readonly TaskPrompt[]): Omit<TextModelParts, "sha256"> {
  const texts = readTexts(prompts.map(({ prompt }) => prompt));
  const { means, deviations } = measureStatistics(texts);
  const terms = learnTerms(texts, TASK);
  const targets = Object.fromEntries(
    TASKS.map((task) => [task, Float32Array.from(prompts, (prompt) => Number(prompt.task === task))]),
  );
  const tasks = fitHeads(texts, targets, terms, { means, deviations }, TASK);
  return { terms, tasks, measureMeans: means, measureDeviations: deviations };
}

/** The task of each group of a source, where a person would not hesitate. */
const TASK_OF_GROUP: Readonly<Record<string, Task>> = {
  mbpp: "code",
  human_eval: "code",
  gsm8k: "maths",
  math: "maths",
  "agentverse-mgsm": "maths",
  "agentverse-logicgrid": "reasoning",
  commongen: "creative",
  natural_qa: "chat",
  trivia_qa: "chat",
};

/** Prompts of the sources as examples of their tasks, the first of each source and task. */
export function benchmarkPrompts(rows: readonly OutcomeRow[]): readonly TaskPrompt[] {
  const counts = new Map<string, number>();
  return rows.flatMap(({ source, group, prompt }) => {
    const task = TASK_OF_GROUP[group] ?? "reasoning";
    const template = `${source}: ${task}`;
    const count = counts.get(template) ?? 0;
    counts.set(template, count + 1);
    return count < BENCHMARK_PROMPTS_PER_TASK ? [{ task, template, prompt }] : [];
  });
}
