import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMainThread, workerData } from "node:worker_threads";
import type { Merge } from "../build-model/train-bpe.ts";
import type { Example } from "./conversation.ts";
import { Encoder } from "./encoder.ts";
import { generateExample } from "./generate.ts";
import type { Phase } from "./generate.ts";
import { Draw } from "./language/draw.ts";

/** Examples of a part, of which those that are too long are left out. */
export const PART_EXAMPLES = 20_000;
/** Marks a token that the model is to say; the rest of the number is its id. */
const ANSWER_FLAG = 0x8000;
/** Longer conversations are left out. */
const MAX_TOKENS = 2048;
/** Parts draw from seeds that no test draws from. */
const FIRST_PART_SEED = 1_000_000;

/** One part of the training's data, to be made in a thread of its own. */
export interface PartOrder {
  readonly folder: string;
  readonly merges: readonly Merge[];
  readonly seed: number;
  readonly part: number;
  readonly phase: Phase;
}

/** Where a part leaves its tokens, or how many each of its examples has. */
export function partFile(folder: string, part: number, content: "tokens" | "lengths"): string {
  return join(folder, `part-${part}.${content}`);
}

/** An example as the training reads it: one number a token. */
export function packExample(encoder: Encoder, example: Example): Uint16Array {
  const { ids, isAnswer } = encoder.encodeExample(example);
  return Uint16Array.from(ids, (id, index) => (isAnswer[index] === true ? id | ANSWER_FLAG : id));
}

async function makePart({ folder, merges, seed, part, phase }: PartOrder): Promise<void> {
  const encoder = new Encoder(merges);
  const pieces = encoder.letterPieces();
  const draw = new Draw(seed * FIRST_PART_SEED + part, "train");
  const packed: Buffer[] = [];
  const lengths: number[] = [];
  for (let index = 0; index < PART_EXAMPLES; index++) {
    const example = packExample(encoder, generateExample(draw, phase, pieces));
    if (example.length > MAX_TOKENS) continue;
    packed.push(Buffer.from(example.buffer));
    lengths.push(example.length);
  }
  await writeFile(partFile(folder, part, "tokens"), Buffer.concat(packed));
  await writeFile(partFile(folder, part, "lengths"), Buffer.from(Uint16Array.from(lengths).buffer));
}

if (!isMainThread) await makePart(workerData as PartOrder);
