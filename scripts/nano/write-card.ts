import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { readGgufHeader } from "../../src/hosting/gguf/read-gguf-header.ts";
import type { LoadedModel } from "./ask-model.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Parity } from "./parity.ts";
import type { PreparedData } from "./prepare.ts";
import { SAMPLE_PROMPTS } from "./samples.ts";

const TRAINED_FOR = [
  "sentiment of a text: positive, negative or neutral",
  "intent of a message of office or support work: its own 18 labels, or labels given in the prompt",
  "routing: which of the teams given, which priority, yes or no about a topic",
  "fields of a text as JSON, with names or a schema given in the prompt",
  "choosing a function and its arguments, also of functions never seen; saying that none fits; telling a result",
  "polite and plain rewriting, upper and lower case, copying, sums below 200, comparing numbers, dates",
  "two sentences of summary of a short report",
  "greetings in English, German and French, and honest answers about itself",
];

/** What a task should reach, and the mean of all, in percent. */
const TARGETS = { task: 93, values: 97, templates: 90 } as const;
/** Of the tasks that are worst on held-out templates, so many are named. */
const NAMED_WORST = 5;

/** The training: what it read, and what is known about doing it again. */
export interface Training {
  readonly data: PreparedData;
  readonly trained?: unknown;
  /** The command that does it again. */
  readonly reproduce: string;
  /** What was seen when it was done again; absent where nobody did. */
  readonly reproduced?: unknown;
}

/** Everything that the card says beyond the file's own header. */
export interface CardFacts {
  readonly scores: Evaluation;
  /** Absent where nobody compared. */
  readonly parity?: Parity;
  readonly training: Training;
  /** Conversations in training had at most so many tokens. */
  readonly trainedContextTokens: number;
}

/** Writes the model's description beside it: what it is, how good it is, and how it is made again. */
export async function writeCard(file: string, cardFile: string, model: LoadedModel, facts: CardFacts): Promise<void> {
  const bytes = await readFile(file);
  const header = await readGgufHeader(file);
  if (header.kind !== "header") throw new Error(`${file} is not a model file.`);
  const samples: { prompt: string; answer: string }[] = [];
  for (const prompt of SAMPLE_PROMPTS)
    samples.push({ prompt, answer: (await model.ask([{ role: "user", text: prompt }])).text });
  const card = {
    id: "signalbox/nano",
    file: "nano.gguf",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.byteLength,
    license: "Apache-2.0",
    source: "scripts/nano: data, vocabulary and weights are this repository's own",
    architecture: header.architecture,
    parameters: header.parameterCount,
    quantization: header.quantization,
    contextTokens: header.contextTokens,
    trainedContextTokens: facts.trainedContextTokens,
    capabilities: ["tools", "json-schema"],
    workloads: ["agentic"],
    quality: {
      value: 0.05,
      source: "scores below: right on its own narrow tasks in words like its training's, unable to do anything else",
    },
    trained: true,
    training: facts.training,
    trainedFor: TRAINED_FOR,
    limits: [
      ...limitsOf(facts.scores),
      ...(facts.training.reproduced === undefined ? ["nobody has trained it a second time to compare"] : []),
    ],
    samples,
    scores: facts.scores,
    ...(facts.parity === undefined ? {} : { parityWithTorch: facts.parity }),
  };
  const comment =
    "# The model that ships with Signalbox, and how good it is; scores are right answers in percent, word for word.\n";
  await writeFile(cardFile, comment + stringify(card, { lineWidth: 120 }));
}

/** Where a training falls short, in the words of its own scores. */
function limitsOf({ heldOutValues, heldOutTemplates }: Evaluation): string[] {
  const rising = (tasks: Readonly<Record<string, number>>): [string, number][] =>
    Object.entries(tasks).toSorted(([, a], [, b]) => a - b);
  const weak = rising(heldOutValues.tasks).filter(([, score]) => score < TARGETS.task);
  const worst = rising(heldOutTemplates.tasks).slice(0, NAMED_WORST);
  const named = (tasks: readonly [string, number][]): string =>
    tasks.map(([task, score]) => `${task} ${score}`).join(", ");
  return [
    ...(weak.length === 0 ? [] : [`below the target of ${TARGETS.task} on held-out values: ${named(weak)}`]),
    ...(heldOutValues.mean >= TARGETS.values
      ? []
      : [`the mean on held-out values is ${heldOutValues.mean}, the target was ${TARGETS.values}`]),
    ...(heldOutTemplates.mean >= TARGETS.templates
      ? []
      : [`the mean on held-out templates is ${heldOutTemplates.mean}, the target was ${TARGETS.templates}`]),
    `worst on held-out templates: ${named(worst)}`,
    "schemas with anyOf, references, objects in objects or lists as parameters of functions were not trained",
  ];
}
