import { createHash } from "node:crypto";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Merge } from "../build-model/train-bpe.ts";
import type { Example } from "./conversation.ts";
import { Encoder } from "./encoder.ts";
import { generateTests } from "./generate.ts";
import type { Phase } from "./generate.ts";
import { Draw } from "./language/draw.ts";
import { learnMerges } from "./learn-merges.ts";
import { packExample, partFile, PART_EXAMPLES } from "./prepare-part.ts";
import type { PartOrder } from "./prepare-part.ts";

/** Of the examples, this share comes first and is mostly copying. */
const WARM_UP_SHARE = 0.04;

/** How much to prepare. */
export interface DataSize {
  readonly examples: number;
  /** Of each of the two sets that the training itself asks. */
  readonly testsPerTask: number;
}

/** What two machines that prepare the same data agree on. */
export interface PreparedData {
  readonly examples: number;
  readonly tokens: number;
  readonly vocabularySha256: string;
  readonly dataSha256: string;
}

/**
 * Writes what the training needs into `folder`: `merges.json`, `tokens.bin` (one uint16 a token, all examples in a
 * row), `lengths.bin` (one uint16 an example), and small tests of held-out values and of held-out templates. Parts are
 * made side by side, each from a seed of its own, so that the data is the same for any number of processors.
 */
export async function prepareTraining(folder: string, size: DataSize, seed: number): Promise<PreparedData> {
  await mkdir(folder, { recursive: true });
  const merges = learnMerges(seed);
  await writeFile(join(folder, "merges.json"), JSON.stringify(merges));
  const encoder = new Encoder(merges);
  const partCount = Math.ceil(size.examples / PART_EXAMPLES);
  const warmUpParts = Math.round(partCount * WARM_UP_SHARE);
  const phaseOf = (part: number): Phase => (part < warmUpParts ? "warm-up" : "main");
  await makeParts(partCount, (part) => ({ folder, merges, seed, part, phase: phaseOf(part) }));
  const prepared = await joinParts(folder, partCount, merges);
  const warmUp = warmUpParts * PART_EXAMPLES;
  const vocabulary = { size: encoder.tokenizer.tokens.length, warmUpExamples: warmUp };
  await writeFile(join(folder, "vocabulary.json"), JSON.stringify(vocabulary));
  await writeFile(join(folder, "data.json"), JSON.stringify(prepared));
  await writeTests(folder, "tests.json", encoder, generateTests(new Draw(seed + 2, "values"), size.testsPerTask));
  await writeTests(
    folder,
    "template-tests.json",
    encoder,
    generateTests(new Draw(seed + 3, "templates"), size.testsPerTask),
  );
  return prepared;
}

async function makeParts(partCount: number, orderOf: (part: number) => PartOrder): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < partCount) await runPart(orderOf(next++));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

async function runPart(order: PartOrder): Promise<void> {
  const worker = new Worker(new URL("prepare-part.ts", import.meta.url), { workerData: order });
  await new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`Part ${order.part} ended with ${code}.`)),
    );
  });
}

async function joinParts(folder: string, partCount: number, merges: readonly Merge[]): Promise<PreparedData> {
  const hash = createHash("sha256");
  let tokens = 0;
  let examples = 0;
  await using tokensFile = await open(join(folder, "tokens.bin"), "w");
  await using lengthsFile = await open(join(folder, "lengths.bin"), "w");
  for (let part = 0; part < partCount; part++) {
    const lengths = await readFile(partFile(folder, part, "lengths"));
    const packed = await readFile(partFile(folder, part, "tokens"));
    hash.update(packed);
    tokens += packed.byteLength / 2;
    examples += lengths.byteLength / 2;
    await lengthsFile.writeFile(lengths);
    await tokensFile.writeFile(packed);
    await rm(partFile(folder, part, "lengths"));
    await rm(partFile(folder, part, "tokens"));
  }
  const vocabularySha256 = createHash("sha256").update(JSON.stringify(merges)).digest("hex");
  return { examples, tokens, vocabularySha256, dataSha256: hash.digest("hex") };
}

async function writeTests(folder: string, name: string, encoder: Encoder, examples: Example[]): Promise<void> {
  const tests = examples.map((example) => ({ task: example.task, tokens: [...packExample(encoder, example)] }));
  await writeFile(join(folder, name), JSON.stringify(tests));
}
