import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Encoder } from "./encoder.ts";
import { generateExample, generateTests } from "./generate.ts";
import { Draw } from "./language/draw.ts";
import { learnMerges } from "./learn-merges.ts";

/** Of the examples, this share comes first and is mostly copying. */
const WARM_UP_SHARE = 0.05;
/** Marks a token that the model is to say; the rest of the number is its id. */
const ANSWER_FLAG = 0x8000;
/** Longer conversations are left out. */
const MAX_TOKENS = 512;
const TESTS_PER_TASK = 40;
const EXAMPLES_PER_WRITE = 10_000;

/**
 * Writes what the training needs into `folder`: `merges.json`, `tokens.bin` (one uint16 a token, all examples in a
 * row), `lengths.bin` (one uint16 an example), and the same for a small test of held-out values.
 */
export async function prepareTraining(folder: string, exampleCount: number, seed: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const merges = learnMerges(seed);
  await writeFile(join(folder, "merges.json"), JSON.stringify(merges));
  const encoder = new Encoder(merges);
  await writeFile(join(folder, "vocabulary.json"), JSON.stringify({ size: encoder.tokenizer.tokens.length }));
  const draw = new Draw(seed + 1, "train");
  await using tokens = await open(join(folder, "tokens.bin"), "w");
  const lengths: number[] = [];
  let pending: Uint16Array[] = [];
  for (let index = 0; index < exampleCount; index++) {
    const phase = index < exampleCount * WARM_UP_SHARE ? "warm-up" : "main";
    const packed = pack(encoder, generateExample(draw, phase));
    if (packed.length > MAX_TOKENS) continue;
    pending.push(packed);
    lengths.push(packed.length);
    if (pending.length < EXAMPLES_PER_WRITE && index + 1 < exampleCount) continue;
    await tokens.writeFile(Buffer.concat(pending.map((one) => Buffer.from(one.buffer))));
    pending = [];
  }
  await writeFile(join(folder, "lengths.bin"), Buffer.from(Uint16Array.from(lengths).buffer));
  await writeTests(folder, encoder, seed);
}

async function writeTests(folder: string, encoder: Encoder, seed: number): Promise<void> {
  const tests = generateTests(new Draw(seed + 2, "values"), TESTS_PER_TASK).map((example) => ({
    task: example.task,
    tokens: [...pack(encoder, example)],
  }));
  await writeFile(join(folder, "tests.json"), JSON.stringify(tests));
}

function pack(encoder: Encoder, example: Parameters<Encoder["encodeExample"]>[0]): Uint16Array {
  const { ids, isAnswer } = encoder.encodeExample(example);
  return Uint16Array.from(ids, (id, index) => (isAnswer[index] === true ? id | ANSWER_FLAG : id));
}
