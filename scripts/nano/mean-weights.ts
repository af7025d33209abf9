import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { readTrainedWeights } from "./export.ts";
import type { TrainedWeights } from "./export.ts";
import { readModel, writeWeights } from "./read-model.ts";
import type { ReadModel } from "./read-model.ts";

/** A model of the same ancestry, and its part of the mean, between 0 and 1. */
export interface MeanPart {
  readonly file: string;
  readonly share: number;
}

/** What the card says of a part. */
export interface MeanFacts {
  readonly sha256: string;
  readonly share: number;
}

/** Reads `FILE=SHARE,FILE=SHARE`; the shares together are below 1, for the rest is what was trained. */
export function parseMean(text: string): MeanPart[] {
  const parts = text.split(",").map((part) => {
    const at = part.lastIndexOf("=");
    return { file: part.slice(0, at), share: Number(part.slice(at + 1)) };
  });
  const sum = parts.reduce((total, { share }) => total + share, 0);
  if (parts.some(({ file, share }) => file === "" || !(share > 0)) || !(sum < 1))
    throw new Error(`--mean takes FILE=SHARE,… with shares that are together below 1, not ${JSON.stringify(text)}.`);
  return parts;
}

/**
 * Makes the weights in `folder` the mean of themselves and of models that the training went on from. A mean of weights
 * of one ancestry is about as good as a longer training: what is chance in each of them is lost.
 * @see https://arxiv.org/abs/2203.05482 and https://arxiv.org/abs/2109.01903
 */
export async function meanWithModels(folder: string, parts: readonly MeanPart[]): Promise<MeanFacts[]> {
  const trained = await readTrainedWeights(folder);
  const models = await Promise.all(parts.map(async ({ file, share }) => ({ share, model: await readModel(file) })));
  await writeWeights(folder, meanOf(trained, models));
  return await Promise.all(
    parts.map(async ({ file, share }) => ({
      sha256: createHash("sha256")
        .update(await readFile(file))
        .digest("hex"),
      share,
    })),
  );
}

function meanOf(
  trained: TrainedWeights,
  models: readonly { readonly share: number; readonly model: ReadModel }[],
): Pick<ReadModel, "shape" | "tensors"> {
  const rest = 1 - models.reduce((sum, { share }) => sum + share, 0);
  const tensors = new Map<string, { shape: readonly number[]; numbers: Float32Array }>();
  for (const [name, { shape }] of models[0]?.model.tensors ?? []) {
    const own = trained.tensors.get(name);
    const others = models.map(({ share, model }) => ({ share, numbers: model.tensors.get(name)?.numbers }));
    const mean = own?.map((number, index) =>
      others.reduce((sum, { share, numbers }) => sum + share * (numbers?.[index] ?? Number.NaN), rest * number),
    );
    if (mean === undefined || mean.some(Number.isNaN)) throw new Error(`The models of --mean differ in ${name}.`);
    tensors.set(name, { shape, numbers: mean });
  }
  return { shape: trained.shape, tensors };
}
