/** One training row: the features that are not 0. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** What a fit needs beside its rows. */
export interface FitOptions {
  readonly dimensions: number;
  /** How much the rows count against small weights, as `C` of liblinear: larger fits closer. */
  readonly c: number;
  readonly iterations?: number;
}

const DEFAULT_ITERATIONS = 120;

/**
 * Weights of an L2-regularized logistic regression with targets between 0 and 1: accelerated gradient descent with a fixed
 * step for each feature and no chance in it, so the same rows always give the same weights. The steps come from a
 * diagonal bound of the curvature: a row's outer product is at most the diagonal of |x| times the sum of |x|.
 * @see Beck and Teboulle, A Fast Iterative Shrinkage-Thresholding Algorithm, 2009
 */
export function fitLogistic(rows: readonly SparseRow[], targets: Float32Array, options: FitOptions): Float64Array {
  const { dimensions, c, iterations = DEFAULT_ITERATIONS } = options;
  const curvature = curvatureBounds(rows, dimensions, c);
  const weights = new Float64Array(dimensions);
  const ahead = new Float64Array(dimensions);
  const gradient = new Float64Array(dimensions);
  let momentum = 1;
  for (let iteration = 0; iteration < iterations; iteration++) {
    gradient.set(ahead);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as SparseRow;
      addScaled(gradient, row, c * (sigmoid(dot(row, ahead)) - (targets[index] ?? 0)));
    }
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const pull = (momentum - 1) / nextMomentum;
    for (let index = 0; index < dimensions; index++) {
      const value = (ahead[index] ?? 0) - (gradient[index] ?? 0) / (curvature[index] ?? 1);
      ahead[index] = value + pull * (value - (weights[index] ?? 0));
      weights[index] = value;
    }
    momentum = nextMomentum;
  }
  return weights;
}

/** The sum of a row's features, each by its weight. */
export function dot(row: SparseRow, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < row.indices.length; index++)
    sum += (row.values[index] ?? 0) * (weights[row.indices[index] ?? 0] ?? 0);
  return sum;
}

/** The logistic function. */
export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function addScaled(into: Float64Array, row: SparseRow, factor: number): void {
  for (let index = 0; index < row.indices.length; index++) {
    const at = row.indices[index] ?? 0;
    into[at] = (into[at] ?? 0) + factor * (row.values[index] ?? 0);
  }
}

/** The logistic function's curvature is at most a quarter; the regularization adds 1. */
function curvatureBounds(rows: readonly SparseRow[], dimensions: number, c: number): Float64Array {
  const bounds = new Float64Array(dimensions).fill(1);
  for (const { indices, values } of rows) {
    const sum = values.reduce((total, value) => total + Math.abs(value), 0);
    for (let index = 0; index < indices.length; index++) {
      const at = indices[index] ?? 0;
      bounds[at] = (bounds[at] ?? 0) + 0.25 * c * Math.abs(values[index] ?? 0) * sum;
    }
  }
  return bounds;
}
