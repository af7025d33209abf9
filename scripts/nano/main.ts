import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LoadedModel } from "./ask-model.ts";
import { spacedJson } from "./conversation.ts";
import { evaluateModel } from "./evaluate.ts";
import type { Evaluation } from "./evaluate.ts";
import { exportModel } from "./export.ts";
import { compareWithTorch } from "./parity.ts";
import type { Parity } from "./parity.ts";
import { prepareTraining } from "./prepare.ts";
import type { PreparedData } from "./prepare.ts";
import { writeCard } from "./write-card.ts";

const USAGE = `Makes signalbox/nano from nothing: data, vocabulary, training, model file and scores. See scripts/nano/README.md.

  node scripts/nano/main.ts --folder FOLDER --out FILE [options]

  --folder FOLDER    for the data and the checkpoints; a training that was interrupted goes on from there
  --out FILE         the model file; its description goes beside it, as .yaml
  --steps LIST       of prepare,train,export,evaluate,parity,card (default: all of them, in this order)
  --seed N           (default 1)
  --examples N       different conversations to train on (default ${2_400_000})
  --tokens N         tokens to train on; beyond the examples' own number they come again (default ${271_000_000})
  --device NAME      cpu, or cuda for a GPU (default cpu)
  --tests N          examples per task and test set (default 60)
  --python FILE      a Python with torch and numpy (default /usr/bin/python3)
`;

const STEPS = ["prepare", "train", "export", "evaluate", "parity", "card"] as const;

/** The size that ships: 3.2 million parameters. Twice the width scored no better after the same number of steps. */
const SHAPE = ["--width", "192", "--layers", "6", "--heads", "6", "--feed-forward", "512", "--rate", "2.5e-3"];

const { values } = parseArgs({
  options: {
    folder: { type: "string" },
    out: { type: "string" },
    steps: { type: "string", default: STEPS.join(",") },
    seed: { type: "string", default: "1" },
    examples: { type: "string", default: "2400000" },
    tokens: { type: "string", default: "271000000" },
    device: { type: "string", default: "cpu" },
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
  if (steps.includes("prepare")) print("prepared", await prepareTraining(folder, Number(values.examples), seed));
  if (steps.includes("train")) await train(folder);
  if (steps.includes("export")) print("exported", await exportModel(folder, file));
  if (steps.includes("evaluate")) await evaluate(folder, file, seed);
  if (steps.includes("parity")) await compare(folder, file, seed);
  if (steps.includes("card")) await describe(folder, file);
}

async function train(folder: string): Promise<void> {
  const script = new URL("train.py", import.meta.url).pathname;
  const { tokens, seed, device } = values;
  const options = [...SHAPE, "--tokens", tokens, "--seed", seed, "--device", device];
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
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), "utf8"));
  const facts = {
    scores: (await read("scores.json")) as Evaluation,
    parity: (await read("parity.json")) as Parity,
    data: (await read("data.json")) as PreparedData,
    ...(existsSync(join(folder, "reproduced.json")) ? { reproduced: await read("reproduced.json") } : {}),
    trainedContextTokens: 2048,
    reproduce: "node scripts/nano/main.ts --folder /tmp/nano --out models/nano.gguf --device cuda",
  };
  await writeCard(file, file.replace(/\.gguf$/u, ".yaml"), await LoadedModel.load(file), facts);
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
