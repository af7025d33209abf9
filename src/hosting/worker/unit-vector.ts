import type { LlamaModel } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";

/** Values are rounded to so many parts of 1: finer than the 32-bit floats that they come from, and half as long in JSON. */
const PARTS_OF_ONE = 1e9;

/**
 * Families whose vectors stay useful when only their first numbers are kept (Matryoshka representation learning). The
 * file does not say it; the name does.
 * @see https://arxiv.org/abs/2205.13147
 */
const SHORTENABLE =
  /nomic-embed-text-v(?:1\.5|2)|mxbai-embed-(?:large|2d)|snowflake-arctic-embed-[a-z]+-v(?:1\.5|2)|qwen3-embedding|embedding-?gemma|jina-embeddings-v[345]|granite-embedding-[a-z0-9-]*r2|signalbox-embed/;

/** The vector with length 1, so that a dot product is the cosine. A vector of zeros stays what it is. */
export function unitVector(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => Math.round((value / length) * PARTS_OF_ONE) / PARTS_OF_ONE);
}

/**
 * What leaves the first `dimensions` numbers of a model's vectors. Throws `invalid_request` for more than the model has,
 * and `unsupported_parameter` for fewer where the model was not trained for it: such vectors would be noise.
 */
export function truncateVector(
  model: Pick<LlamaModel, "embeddingVectorSize" | "fileInfo">,
  dimensions: number | undefined,
): (vector: readonly number[]) => readonly number[] {
  const size = model.embeddingVectorSize;
  if (dimensions === undefined || dimensions === size) return (vector) => vector;
  const param = "dimensions";
  if (dimensions > size)
    throw new SignalboxError(
      "invalid_request",
      `\`dimensions\` is ${dimensions}, and the model's vectors have ${size}.`,
      {
        param,
      },
    );
  if (!SHORTENABLE.test(nameOf(model)))
    throw new SignalboxError(
      "unsupported_parameter",
      `The model's vectors have ${size} numbers and it is not known to be trained for fewer; leave \`dimensions\` out.`,
      { param },
    );
  return (vector) => vector.slice(0, dimensions);
}

/** The names that a file states, in one spelling. */
function nameOf({ fileInfo }: Pick<LlamaModel, "fileInfo">): string {
  const general = fileInfo.metadata.general;
  const { name, basename, architecture } = general as Readonly<Record<string, unknown>>;
  return [name, basename, architecture]
    .map(String)
    .join(" ")
    .toLowerCase()
    .replaceAll(/[\s_]+/gu, "-");
}
