import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { LoadedModel } from "./ask-model.ts";
import { spacedJson } from "./conversation.ts";
import { evaluateModel } from "./evaluate.ts";
import { exportModel } from "./export.ts";
import { meanWithModels, parseMean } from "./mean-weights.ts";
import { compareWithTorch } from "./parity.ts";
import { prepareTraining } from "./prepare.ts";
import { readModel, writeWeights } from "./read-model.ts";
import { writeCard } from "./write-card.ts";
import type { Training } from "./write-card.ts";

const USAGE = `Makes signalbox/nano from nothing: data, vocabulary, training, model file and scores. See scripts/nano/README.md.

  node scripts/nano/main.ts --folder FOLDER --out FILE [options]

  --folder FOLDER    for the data and the checkpoints; a training that was interrupted goes on from there
  --out FILE         the model file; its description goes beside it, as .yaml
  --steps LIST       of prepare,train,export,evaluate,parity,card (default: all of them, in this order)
  --seed N           (default 1)
  --examples N       different conversations to train on (default ${2_400_000})
  --tokens N         tokens to train on; beyond the examples' own number they come again (default ${271_000_000})
  --device NAME      cpu, or cuda for a GPU (default cpu)
  --from FILE        goes on from the vocabulary and the weights of this model file, with the mixture for that; give
                     --examples and --tokens to say how long (see README.md)
  --rate R           the highest learning rate (default 2.5e-3, with --from 6e-4)
  --level SHARE      of the training at that rate, before it goes down (default 0.25, with --from 0)
  --known-share S    of the examples that the model knows already, train on this share only (default 1: on all); reading
                     an example costs a third of training on it
  --mean FILE=SHARE  after the training, the mean of its weights with this model file's: with what it went on from, say
                     (several, with commas between; the rest of the shares is the training's)
  --batch-tokens N   tokens a step (default 3,000 on a processor, 16,384 on a GPU)
  --threads N        of a processor that nobody else wants (default 1)
  --tests N          examples per task and test set (default 60)
  --python FILE      a Python with torch and numpy (default /usr/bin/python3)
`;

const STEPS = ["prepare", "train", "export", "evaluate", "parity", "card"] as const;

/** The size that ships: 3.2 million parameters. Twice the width scored no better after the same number of steps. */
const SHAPE = ["--width", "192", "--layers", "6", "--heads", "6", "--feed-forward", "512"];
const RATE = "2.5e-3";
/** Of a training that goes on: from there straight down to nothing. */
const CONTINUED_RATE = "6e-4";

const { values } = parseArgs({
  options: {
    folder: { type: "string" },
    out: { type: "string" },
    steps: { type: "string", default: STEPS.join(",") },
    seed: { type: "string", default: "1" },
    examples: { type: "string", default: "2400000" },
    tokens: { type: "string", default: "271000000" },
    device: { type: "string", default: "cpu" },
    from: { type: "string" },
    rate: { type: "string" },
    level: { type: "string" },
    "known-share": { type: "string" },
    mean: { type: "string" },
    "batch-tokens": { type: "string" },
    threads: { type: "string" },
    tests: { type: "string", default: "60" },
    python: { type: "string", default: "/usr/bin/python3" },
    help: { type: "boolean", default: false },
  },
});

async function main(folder: string, file: string): Promise<void> {
  const seed = Number(values.seed);
  const steps = values.steps.split(",");
  const unknown = steps.find((step) => !STEPS.some((known) => known === step));
  if (unknown !== undefined) throw new Error(`--steps: there is no step ${JSON.stringify(unknown)}.`);
  if (steps.includes("prepare")) await prepare(folder, seed);
  if (steps.includes("train")) await train(folder);
  if (steps.includes("export")) print("exported", await exportModel(folder, file));
  if (steps.includes("evaluate")) await evaluate(folder, file, seed);
  if (steps.includes("parity")) await compare(folder, file, seed);
  if (steps.includes("card")) await describe(folder, file);
}

/** Where the weights lie that a training goes on from. */
const startFolder = (folder: string): string => join(folder, "start");

async function prepare(folder: string, seed: number): Promise<void> {
  const continued = values.from === undefined ? undefined : await readModel(values.from);
  if (continued !== undefined && values.from !== undefined) {
    await writeWeights(startFolder(folder), continued);
    await writeFile(join(folder, EARLIER), JSON.stringify(await readEarlier(values.from)));
  }
  const size = { examples: Number(values.examples), testsPerTask: Number(values.tests) };
  print("prepared", await prepareTraining(folder, size, seed, continued));
  await recordArguments(folder, { examples: values.examples, seed: values.seed });
}

/** Options of the training that it has defaults of its own for. */
const CHOSEN = ["level", "known-share", "batch-tokens", "threads"] as const;
/** With what a training was called, whichever calls its steps came in: what its card repeats. */
const ARGUMENTS = "arguments.json";

async function recordArguments(folder: string, more: Readonly<Record<string, string>>): Promise<void> {
  const recorded = { ...(await readArguments(folder)), ...more };
  await writeFile(join(folder, ARGUMENTS), `${JSON.stringify(recorded)}\n`);
}

async function readArguments(folder: string): Promise<Record<string, string>> {
  const file = join(folder, ARGUMENTS);
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Record<string, string>) : {};
}

async function train(folder: string): Promise<void> {
  const script = new URL("train.py", import.meta.url).pathname;
  const { tokens, seed, device, from } = values;
  const rate = values.rate ?? (from === undefined ? RATE : CONTINUED_RATE);
  const options = [...SHAPE, "--rate", rate, "--tokens", tokens, "--seed", seed, "--device", device];
  if (from !== undefined) options.push("--from", startFolder(folder));
  const chosen = Object.fromEntries(
    CHOSEN.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
  for (const [name, value] of Object.entries(chosen)) options.push(`--${name}`, value);
  await recordArguments(folder, { tokens, device, seed, rate, ...chosen });
  const child = spawn(values.python, [script, folder, ...options], { stdio: "inherit" });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The training ended with ${String(code)}.`);
  if (values.mean === undefined) return;
  const meanWith = await meanWithModels(folder, parseMean(values.mean));
  await writeFile(join(folder, "meanWith.json"), `${JSON.stringify(meanWith)}\n`);
  await recordArguments(folder, { mean: values.mean });
}

/** Mistakes on made-up tests are for reading; those on the prompts written by hand are only counted. */
async function evaluate(folder: string, file: string, seed: number): Promise<void> {
  const mistakes: string[] = [];
  const scores = await evaluateModel(file, seed, Number(values.tests), (set, { task, turns }, said) => {
    const [asked, wanted] = [turns.at(-2), turns.at(-1)];
    mistakes.push(`${set} ${task}\n  asked  ${spacedJson(asked)}\n  wanted ${spacedJson(wanted)}\n  said   ${said}`);
  });
  await writeFile(join(folder, "mistakes.txt"), `${mistakes.join("\n")}\n`);
  await writeFile(join(folder, "scores.json"), `${JSON.stringify(scores, null, 2)}\n`);
  print("scores", scores);
}

async function compare(folder: string, file: string, seed: number): Promise<void> {
  const parity = await compareWithTorch(folder, values.python, file, seed);
  await writeFile(join(folder, "parity.json"), `${JSON.stringify(parity)}\n`);
  print("parity", parity);
}

async function describe(folder: string, file: string): Promise<void> {
  const read = async <Facts>(name: string): Promise<Facts> =>
    JSON.parse(await readFile(join(folder, name), "utf8")) as Facts;
  const optional = async (name: string): Promise<Record<string, unknown>> => {
    const key = name.replace(/\.json$/u, "");
    return existsSync(join(folder, name)) ? { [key]: await read(name) } : {};
  };
  const earlier = existsSync(join(folder, EARLIER)) ? await read<EarlierTrainings>(EARLIER) : undefined;
  const called = Object.entries(await readArguments(folder)).map(([name, value]) => ` --${name} ${value}`);
  const from = earlier === undefined ? "" : " --from FILE";
  const training: Training = {
    from: earlier?.sha256 ?? "nothing",
    data: await read("data.json"),
    ...(await optional("trained.json")),
    ...(await optional("meanWith.json")),
    reproduce: `node scripts/nano/main.ts --folder /tmp/nano --out models/nano.gguf${from}${called.join("")}`,
    ...(await optional("reproduced.json")),
  };
  await writeCard(file, file.replace(/\.gguf$/u, ".yaml"), await LoadedModel.load(file), {
    scores: await read("scores.json"),
    ...(await optional("parity.json")),
    trainings: [...(earlier?.trainings ?? []), training],
    trainedContextTokens: 2048,
  });
}

/** Of the model that a training went on from: which file it was, and what its card says about how it was trained. */
interface EarlierTrainings {
  readonly sha256: string;
  readonly trainings: readonly Training[];
}

const EARLIER = "earlier.json";

async function readEarlier(file: string): Promise<EarlierTrainings> {
  const card = file.replace(/\.gguf$/u, ".yaml");
  const said = existsSync(card) ? (parse(await readFile(card, "utf8")) as Partial<EarlierTrainings>) : {};
  const sha256 = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  return { sha256, trainings: said.trainings ?? [] };
}

function print(title: string, value: unknown): void {
  process.stdout.write(`${title} ${JSON.stringify(value, null, 2)}\n`);
}

if (values.help || values.folder === undefined || values.out === undefined) process.stdout.write(USAGE);
else {
  await main(values.folder, values.out);
  // The engine keeps threads of its own alive.
  process.exit(0);
}
