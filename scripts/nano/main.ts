import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LoadedModel } from "./ask-model.ts";
import { spacedJson } from "./conversation.ts";
import { evaluateModel } from "./evaluate.ts";
import { exportModel } from "./export.ts";
import { compareWithTorch } from "./parity.ts";
import { prepareTraining } from "./prepare.ts";
import { writeCard } from "./write-card.ts";

const USAGE = `Makes signalbox/nano from nothing: data, vocabulary, training, model file and scores. See scripts/nano/README.md.

  node scripts/nano/main.ts --folder FOLDER --out FILE [options]

  --folder FOLDER    for the data and the checkpoints; a training that was interrupted goes on from there
  --out FILE         the model file; its description goes beside it, as .yaml
  --steps LIST       of prepare,train,export,evaluate,parity,card (default: all of them, in this order)
  --seed N           (default 1)
  --examples N       different conversations to train on (default ${2_400_000})
  --tokens N         tokens to train on; beyond the examples' own number they come again (default ${498_000_000})
  --device NAME      cpu, or cuda for a GPU (default cpu)
  --rate R           the highest learning rate (default 2.5e-3): level for a quarter of the training, then down
  --batch-tokens N   tokens a step (default 3,000 on a processor, 16,384 on a GPU)
  --threads N        of a processor that nobody else wants (default 1)
  --tests N          examples per task and test set (default 60)
  --python FILE      a Python with torch and numpy (default /usr/bin/python3)
`;

const STEPS = ["prepare", "train", "export", "evaluate", "parity", "card"] as const;

/** The size that ships: 3.2 million parameters. Twice the width scored no better after the same number of steps. */
const SHAPE = ["--width", "192", "--layers", "6", "--heads", "6", "--feed-forward", "512"];

const { values } = parseArgs({
  options: {
    folder: { type: "string" },
    out: { type: "string" },
    steps: { type: "string", default: STEPS.join(",") },
    seed: { type: "string", default: "1" },
    examples: { type: "string", default: "2400000" },
    tokens: { type: "string", default: "498000000" },
    device: { type: "string", default: "cpu" },
    rate: { type: "string", default: "2.5e-3" },
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

async function prepare(folder: string, seed: number): Promise<void> {
  const size = { examples: Number(values.examples), testsPerTask: Number(values.tests) };
  print("prepared", await prepareTraining(folder, size, seed));
  await recordArguments(folder, { examples: values.examples, seed: values.seed });
}

/** Options of the training that it has defaults of its own for. */
const CHOSEN = ["batch-tokens", "threads"] as const;
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
  const { tokens, seed, device, rate } = values;
  const options = [...SHAPE, "--rate", rate, "--tokens", tokens, "--seed", seed, "--device", device];
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
  const called = Object.entries(await readArguments(folder)).map(([name, value]) => ` --${name} ${value}`);
  await writeCard(file, file.replace(/\.gguf$/u, ".yaml"), await LoadedModel.load(file), {
    scores: await read("scores.json"),
    ...(await optional("parity.json")),
    training: {
      data: await read("data.json"),
      ...(await optional("trained.json")),
      reproduce: `node scripts/nano/main.ts --folder /tmp/nano --out models/nano.gguf${called.join("")}`,
      ...(await optional("reproduced.json")),
    },
    trainedContextTokens: 2048,
  });
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
