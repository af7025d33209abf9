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

/** Prompts compared; each task gives the same number. */
const PROMPTS = 200;
const MAX_ANSWER_TOKENS = 60;

/** Of how many prompts, how many greedy answers were the same token by token. */
export interface Parity {
  readonly prompts: number;
  readonly fullPrecision: number;
  readonly quantized: number;
}

/** Lets torch and the engine answer the same prompts: the weights as trained, and as shipped. */
export async function compareWithTorch(folder: string, python: string, shipped: string, seed: number): Promise<Parity> {
  const encoder = new Encoder(JSON.parse(await readFile(join(folder, "merges.json"), "utf8")) as Merge[]);
  const examples = pickExamples(seed);
  const prompts = examples.map((example) => promptOf(encoder, example));
  const end = tokenIdOf(encoder.tokenizer, TURN_END);
  await writeFile(join(folder, "parity-prompts.json"), JSON.stringify({ prompts, end }));
  const script = new URL("greedy.py", import.meta.url).pathname;
  const { status, stderr } = spawnSync(python, [script, folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  const wanted = JSON.parse(await readFile(join(folder, "parity-answers.json"), "utf8")) as number[][];
  const fullPrecision = join(folder, "full-precision.gguf");
  await exportModel(folder, fullPrecision, "F32");
  return {
    prompts: prompts.length,
    fullPrecision: await countEqual(fullPrecision, prompts, wanted),
    quantized: await countEqual(shipped, prompts, wanted),
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

async function countEqual(file: string, prompts: readonly number[][], wanted: readonly number[][]): Promise<number> {
  const { engine } = await LoadedModel.load(file);
  const [slot] = engine.slots;
  if (slot === undefined) throw new Error("The engine has no slot.");
  let equal = 0;
  for (const [index, prompt] of prompts.entries()) {
    await slot.sequence.clearHistory();
    const said: number[] = [];
    for await (const token of slot.sequence.evaluate(prompt as Token[], { temperature: 0 })) {
      if (said.push(token) >= MAX_ANSWER_TOKENS) break;
    }
    if (JSON.stringify(said) === JSON.stringify(wanted[index])) equal++;
  }
  await engine.llama.dispose();
  return equal;
}
