/**
 * How often probes cry wolf, and how soon they see a change: plays rounds of probes of an endpoint that does not change, and
 * of one that does, through the assessment of the running box.
 *
 * scripts/with-node scripts/bench/probe-alarms.ts [--endpoints N] [--days N]
 */
import { parseArgs } from "node:util";
import { assessEndpoint } from "../../src/measure/assess-endpoint.ts";
import { BASELINE_ANSWERS, RECENT_ANSWERS, type KeptProbeResult } from "../../src/measure/probe-result.ts";
import type { QuestionResults } from "../../src/measure/question-results.ts";
import { medianOf } from "../../src/measure/statistics/quantiles.ts";
import { logNormal, seededRandom } from "../../src/simulate/seeded-random.ts";

const ROUNDS_PER_DAY = 24;
const QUESTIONS = 6;
const FACTS = { capabilities: [] } as const;

/** What one answer to one question is like. */
type Answering = (question: number, random: () => number) => Partial<KeptProbeResult>;

/** A model whose answers are right, and the usual ones, as often as `rightShare` says, with noisy log-probabilities and times. */
function model({ rightShare = 1, shift = 0, slowdown = 1, wrongQuestions = 0 } = {}): Answering {
  return (question, random) => {
    const isRight = question >= wrongQuestions && random() < rightShare;
    return {
      isRight,
      answer: isRight ? "right" : `wrong ${question < wrongQuestions ? "now" : Math.floor(random() * 3)}`,
      meanLogProbability: -0.2 + shift + 0.02 * Math.log(logNormal(random, 1)),
      firstContentMs: 200 * slowdown * logNormal(random, 0.4),
      tokensPerSecond: (40 / slowdown) * logNormal(random, 0.2),
    };
  };
}

/** Rounds of one endpoint, of which `after` answers from the round `changesAt` on. Calls `onRound` with the subjects that stand. */
function play(
  rounds: number,
  answers: { readonly before: Answering; readonly after?: Answering; readonly changesAt?: number },
  random: () => number,
  onRound: (round: number, standing: ReadonlySet<string>) => boolean,
): void {
  const results: KeptProbeResult[][] = Array.from({ length: QUESTIONS }, () => []);
  let standing: ReadonlySet<string> = new Set();
  for (let round = 0; round < rounds; round++) {
    const answering = round >= (answers.changesAt ?? Infinity) ? (answers.after ?? answers.before) : answers.before;
    for (const [question, own] of results.entries())
      own.push({
        ...{ endpointId: "e", question: `q${question}`, atMs: round, promptCharacters: 50 },
        ...{ isBaseline: round < BASELINE_ANSWERS, ...answering(question, random) },
      });
    const questions = results.map((own, question): QuestionResults => ({
      ...{ id: `q${question}`, check: "answers", baseline: own.slice(0, BASELINE_ANSWERS) },
      newest: own.slice(-RECENT_ANSWERS),
    }));
    const { findings } = assessEndpoint(FACTS, questions, standing);
    standing = new Set(findings.map(({ subject }) => subject));
    if (!onRound(round, standing)) return;
  }
}

const { values } = parseArgs({
  options: { endpoints: { type: "string", default: "30" }, days: { type: "string", default: "30" } },
});
const [endpoints, days] = [Number(values.endpoints), Number(values.days)];
const random = seededRandom(1);

process.stdout.write(`${endpoints} endpoints that do not change, ${days} days of ${ROUNDS_PER_DAY} rounds each\n`);
for (const rightShare of [1, 0.9, 0.6]) {
  const raised = new Map<string, number>();
  let withAny = 0;
  for (let endpoint = 0; endpoint < endpoints; endpoint++) {
    let before: ReadonlySet<string> = new Set();
    let hasAny = false;
    play(days * ROUNDS_PER_DAY, { before: model({ rightShare }) }, random, (_, standing) => {
      for (const subject of standing) if (!before.has(subject)) raised.set(subject, (raised.get(subject) ?? 0) + 1);
      hasAny ||= standing.size > 0;
      before = standing;
      return true;
    });
    withAny += Number(hasAny);
  }
  const counts = [...raised].map(([subject, count]) => `${subject} ${count}`).join(", ") || "none";
  process.stdout.write(
    `  ${rightShare * 100} % of the answers are the usual ones: false alerts on ${withAny} endpoints (${counts})\n`,
  );
}

process.stdout.write("\nrounds until a change is an alert, median of the endpoints (and how many saw it in a week)\n");
const changes: Readonly<Record<string, Answering>> = {
  "all answers wrong": model({ wrongQuestions: QUESTIONS }),
  "one question of six wrong": model({ wrongQuestions: 1 }),
  "log-probabilities 0.02 nats lower": model({ shift: -0.02 }),
  "log-probabilities 0.1 nats lower": model({ shift: -0.1 }),
  "half as fast": model({ slowdown: 2 }),
};
for (const [name, after] of Object.entries(changes)) {
  const seen: number[] = [];
  const changesAt = BASELINE_ANSWERS + 50;
  for (let endpoint = 0; endpoint < endpoints; endpoint++)
    play(changesAt + 7 * ROUNDS_PER_DAY, { before: model(), after, changesAt }, random, (round, standing) => {
      if (round < changesAt || standing.size === 0) return true;
      seen.push(round - changesAt + 1);
      return false;
    });
  process.stdout.write(`  ${name}: ${medianOf(seen) ?? "-"} (${seen.length} of ${endpoints})\n`);
}
