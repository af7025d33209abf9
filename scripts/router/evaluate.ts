// How good the router's text model is on sources and subjects that it has not seen:
// `node scripts/router/evaluate.ts --data DIR [--json]`. Takes a few minutes; chance is seeded.
import { parseArgs } from "node:util";
import { evaluateBySource, evaluateBySubject, evaluateTasks, type SourceResult } from "./evaluate-model.ts";
import { readOutcomes } from "./read-outcomes.ts";
import type { Interval } from "./routing-metrics.ts";
import { seededRandom } from "./seeded-random.ts";
import { writtenPrompts } from "./written-prompts.ts";

const SEED = 20_261_126;

const { values } = parseArgs({ options: { data: { type: "string" }, json: { type: "boolean", default: false } } });
if (values.data === undefined) {
  process.stderr.write(
    "Name the folder with the prompts and outcomes: --data DIR (models/router/README.md lists its files).\n",
  );
  process.exit(2);
}
const { rows } = readOutcomes(values.data);
const prompts = writtenPrompts(seededRandom(SEED));
const random = seededRandom(SEED + 1);
const report = {
  tasks: evaluateTasks(rows, prompts),
  bySource: evaluateBySource(rows, prompts, random),
  bySubject: evaluateBySubject(rows, prompts, random),
};
if (values.json) print(JSON.stringify(report, undefined, 2));
else printTables();

function printTables(): void {
  const { tasks } = report;
  print(
    `Tasks: ${percent(tasks.right)} right of ${tasks.prompts} written prompts whose templates (${tasks.templates}) were left out;`,
  );
  for (const { source, right, prompts: count } of tasks.unseen)
    print(`       ${percent(right)} right of ${count} prompts of ${source}, which was left out.`);
  printResults("Whole sources left out of training", report.bySource);
  printResults("Whole subjects left out of training", report.bySubject);
}

function printResults(title: string, results: readonly SourceResult[]): void {
  print(`\n${title}: APGR, CPT(50 %), CPT(80 %), and APGR over that of length, with 95 % intervals`);
  for (const result of results) {
    const { source, weakShare, strongShare, calibrationError, onlyStrongShare } = result;
    print(`\n${source}: ${result.rows} prompts, weak ${percent(weakShare)} right, strong ${percent(strongShare)}`);
    for (const { router, apgr, cpt50, cpt80, overLength } of result.routers)
      print(
        `  ${router.padEnd(8)} ${interval(apgr, 3)}  ${interval(cpt50, 0)}  ${interval(cpt80, 0)}  ${interval(overLength, 3)}`,
      );
    print(
      `  difficulty: calibration error ${calibrationError.toFixed(3)}; only the strong model is right in ${percent(onlyStrongShare)}`,
    );
  }
}

function interval({ value, low, high }: Interval, digits: number): string {
  return `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
