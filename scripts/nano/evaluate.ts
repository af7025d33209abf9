import { isRight, LoadedModel } from "./ask-model.ts";
import type { Example, Tool, Turn } from "./conversation.ts";
import { generateTests } from "./generate.ts";
import { Draw } from "./language/draw.ts";
import { readHandWritten, readUnknown } from "./read-prompts.ts";

/** Right answers in percent: per task, and as the mean over tasks. */
export interface TaskScores {
  readonly mean: number;
  readonly tasks: Readonly<Record<string, number>>;
}

/** Everything that is measured about a model. */
export interface Evaluation {
  /** Of each generator and each held-out set; 60 tell 93 percent from 87, not from 90. */
  readonly testsPerTask: number;
  /** Templates of the training with other values. */
  readonly heldOutValues: TaskScores;
  /** Templates that the training never saw. */
  readonly heldOutTemplates: TaskScores;
  /** As `heldOutValues`, when a call is demanded. */
  readonly forcedCalls: number;
  /** As `heldOutValues`, when JSON of a schema is demanded. */
  readonly schemaAnswers: number;
  /** Over prompts, not tasks: some tasks have only four. */
  readonly handWritten: { readonly prompts: number; readonly right: number; readonly tasks: TaskScores["tasks"] };
  readonly honestAboutUnknown: number;
  /** How well the mean log probability tells right answers from wrong ones: 0.5 is chance, 1 is perfect. */
  readonly confidenceAuroc: number;
  /** Of a conversation whose calls and results were the model's own. */
  readonly agentLoopRounds: number;
  /** On one thread of the machine that evaluates, with the log probabilities that the confidence needs. */
  readonly outputTokensPerSecond: number;
}

/** Something that the model got wrong, to read. */
export type OnMistake = (set: string, example: Example, said: string) => void;

interface Verdict {
  readonly task: string;
  readonly right: boolean;
  readonly confidence?: number;
}

/** Asks everything, one after the other, with the product's own worker code. */
export async function evaluateModel(
  modelFile: string,
  seed: number,
  testsPerTask: number,
  onMistake: OnMistake,
): Promise<Evaluation> {
  const model = await LoadedModel.load(modelFile);
  const values = generateTests(new Draw(seed + 100, "values"), testsPerTask);
  const templates = generateTests(new Draw(seed + 101, "templates"), testsPerTask);
  const onValues = await judge(model, "values", values, onMistake);
  const onTemplates = await judge(model, "templates", templates, onMistake);
  const byHand = await judge(model, "hand-written", readHandWritten(), () => {});
  const unknown = await judge(model, "unknown", readUnknown(), () => {});
  return {
    testsPerTask,
    heldOutValues: scoresOf(onValues),
    heldOutTemplates: scoresOf(onTemplates),
    forcedCalls: await forcedCalls(model, values),
    schemaAnswers: await schemaAnswers(model, values),
    handWritten: {
      prompts: byHand.length,
      right: percent(byHand),
      tasks: scoresOf(byHand).tasks,
    },
    honestAboutUnknown: percent(unknown),
    confidenceAuroc: areaUnderCurve([...onValues, ...onTemplates, ...byHand, ...unknown]),
    agentLoopRounds: await agentLoop(model),
    outputTokensPerSecond: Math.round(model.engine.speed.decodeTokensPerSecond ?? 0),
  };
}

async function judge(
  model: LoadedModel,
  set: string,
  examples: readonly Example[],
  onMistake: OnMistake,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const example of examples) {
    const answer = await model.ask(example.turns.slice(0, -1), example.tools);
    const right = isRight(answer, example.turns.at(-1));
    if (!right) onMistake(set, example, answer.call === undefined ? answer.text : JSON.stringify(answer.call));
    const { confidence } = answer;
    verdicts.push({ task: example.task, right, ...(confidence === undefined ? {} : { confidence }) });
  }
  return verdicts;
}

async function forcedCalls(model: LoadedModel, examples: readonly Example[]): Promise<number> {
  const verdicts: Verdict[] = [];
  for (const { task, tools, turns } of examples.filter(
    (example) => example.task.endsWith("tool") && example.task !== "no_tool",
  )) {
    const answer = await model.ask(turns.slice(0, -1), tools, { toolChoice: "required" });
    verdicts.push({ task, right: isRight(answer, turns.at(-1)) });
  }
  return percent(verdicts);
}

async function schemaAnswers(model: LoadedModel, examples: readonly Example[]): Promise<number> {
  const verdicts: Verdict[] = [];
  for (const { task, turns } of examples.filter((example) => example.task === "extract")) {
    const wanted = turns.at(-1);
    if (wanted === undefined || !("text" in wanted)) continue;
    const values = JSON.parse(wanted.text) as Record<string, unknown>;
    const properties = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { type: typeof value }]));
    const schema = { type: "object", properties, required: Object.keys(values), additionalProperties: false };
    verdicts.push({ task, right: isRight(await model.ask(turns.slice(0, -1), [], { schema }), wanted) });
  }
  return percent(verdicts);
}

const LOOP_TOOLS: readonly Tool[] = [
  ["get_weather", "Current weather of a city", "city"],
  ["get_order_status", "Status of an order", "order_id"],
  ["get_time", "Current time in a city", "city"],
].map(([name = "", description = "", key = ""]) => ({
  name,
  description,
  parameters: { type: "object", properties: { [key]: { type: "string" } }, required: [key] },
}));
const LOOP = [
  {
    ask: "What is the weather in Bergen?",
    call: "get_weather",
    result: { city: "Bergen", sky: "rainy", degrees: 9 },
    says: "rainy",
  },
  {
    ask: "Where is order TK-4471?",
    call: "get_order_status",
    result: { order_id: "TK-4471", status: "packed" },
    says: "packed",
  },
  { ask: "What time is it in Osaka?", call: "get_time", result: { city: "Osaka", time: "17:45" }, says: "17:45" },
];

/** Rounds of call, result and sentence that the model manages in one conversation that grows by its own words. */
async function agentLoop(model: LoadedModel): Promise<number> {
  const turns: Turn[] = [];
  let rounds = 0;
  for (const { ask, call, result, says } of LOOP) {
    turns.push({ role: "user", text: ask });
    const called = await model.ask(turns, LOOP_TOOLS);
    if (called.call?.name !== call) return rounds;
    turns.push({ role: "assistant", call: called.call }, { role: "tool", result });
    const { text } = await model.ask(turns, LOOP_TOOLS);
    if (!text.includes(says)) return rounds;
    turns.push({ role: "assistant", text });
    rounds++;
  }
  return rounds;
}

function scoresOf(verdicts: readonly Verdict[]): TaskScores {
  const groups = Object.groupBy(verdicts, ({ task }) => task);
  const tasks = Object.fromEntries(Object.entries(groups).map(([task, group]) => [task, percent(group ?? [])]));
  const all = Object.values(tasks);
  return { mean: round(all.reduce((sum, score) => sum + score, 0) / Math.max(1, all.length)), tasks };
}

function percent(verdicts: readonly { readonly right: boolean }[]): number {
  return round((100 * verdicts.filter(({ right }) => right).length) / Math.max(1, verdicts.length));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * The chance that a right answer has a higher confidence than a wrong one; ties count half.
 * @see https://en.wikipedia.org/wiki/Receiver_operating_characteristic#Area_under_the_curve
 */
export function areaUnderCurve(verdicts: readonly Verdict[]): number {
  const known = verdicts.flatMap(({ right, confidence }) => (confidence === undefined ? [] : [{ right, confidence }]));
  const right = known.filter((one) => one.right);
  const wrong = known.filter((one) => !one.right);
  let wins = 0;
  for (const a of right)
    for (const b of wrong) wins += a.confidence > b.confidence ? 1 : a.confidence === b.confidence ? 0.5 : 0;
  return Math.round((1000 * wins) / Math.max(1, right.length * wrong.length)) / 1000;
}
