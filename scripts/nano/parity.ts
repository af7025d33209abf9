import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Token } from "node-llama-cpp";
import { TURN_END, tokenIdOf } from "../build-model/tokenizer.ts";
import type { Merge } from "../build-model/train-bpe.ts";
import { LoadedModel } from "./ask-model.ts";
import type { Example } from "./conversation.ts";
import { Encoder } from "./encoder.ts";
import { exportModel } from "./export.ts";
import { generateTests } from "./generate.ts";
import { Draw } from "./language/draw.ts";
import { readModel, writeWeights } from "./read-model.ts";

/** Prompts compared; each task gives the same number. */
const PROMPTS = 200;
const MAX_ANSWER_TOKENS = 60;

/** Of how many prompts, how many greedy answers were the same token by token. */
export interface Parity {
  readonly prompts: number;
  /** The weights as trained: torch and the engine, both in single precision. */
  readonly fullPrecision: number;
  /** The file that ships, and torch with the numbers that are in it. */
  readonly quantized: number;
  /** The file that ships, and torch with the weights as trained, before they were rounded. */
  readonly roundedAgainstTrained: number;
}

/** Lets torch and the engine answer the same prompts: the weights as trained, and as shipped. */
export async function compareWithTorch(folder: string, python: string, shipped: string, seed: number): Promise<Parity> {
  const encoder = new Encoder(JSON.parse(await readFile(join(folder, "merges.json"), "utf8")) as Merge[]);
  const examples = pickExamples(seed);
  const prompts = examples.map((example) => promptOf(encoder, example));
  const end = tokenIdOf(encoder.tokenizer, TURN_END);
  const torchSays = async (weights: string, guesses: readonly number[][]): Promise<number[][]> => {
    await writeFile(join(folder, "parity-prompts.json"), JSON.stringify({ prompts, guesses, end }));
    const script = new URL("greedy.py", import.meta.url).pathname;
    const answers = join(folder, "parity-answers.json");
    const { status, stderr } = spawnSync(python, [script, folder, weights, answers], { encoding: "utf8" });
    if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
    return JSON.parse(await readFile(answers, "utf8")) as number[][];
  };
  const rounded = join(folder, "rounded");
  await writeWeights(rounded, await readModel(shipped));
  const fullPrecision = join(folder, "full-precision.gguf");
  await exportModel(folder, fullPrecision, "F32");
  const says = await greedyAnswers(shipped, prompts);
  const trained = await torchSays(folder, says);
  return {
    prompts: prompts.length,
    fullPrecision: countEqual(await greedyAnswers(fullPrecision, prompts), trained),
    quantized: countEqual(says, await torchSays(rounded, says)),
    roundedAgainstTrained: countEqual(says, trained),
  };
}

function pickExamples(seed: number): Example[] {
  const perTask = 11;
  return generateTests(new Draw(seed + 200, "values"), perTask).slice(0, PROMPTS);
}

function promptOf(encoder: Encoder, example: Example): number[] {
  const { ids } = encoder.encodeExample({
    ...example,
    turns: [...example.turns.slice(0, -1), { role: "assistant", text: "" }],
  });
  // The empty answer's end.
  return ids.slice(0, -1);
}

async function greedyAnswers(file: string, prompts: readonly number[][]): Promise<number[][]> {
  const { engine } = await LoadedModel.load(file);
  const [slot] = engine.slots;
  if (slot === undefined) throw new Error("The engine has no slot.");
  const answers: number[][] = [];
  for (const prompt of prompts) {
    await slot.sequence.clearHistory();
    const said: number[] = [];
    for await (const token of slot.sequence.evaluate(prompt as Token[], { temperature: 0 })) {
      if (said.push(token) >= MAX_ANSWER_TOKENS) break;
    }
    answers.push(said);
  }
  await engine.llama.dispose();
  return answers;
}

function countEqual(answers: readonly number[][], wanted: readonly number[][]): number {
  return answers.filter((said, index) => JSON.stringify(said) === JSON.stringify(wanted[index])).length;
}
