import type { ModelShape, TensorPlan, Weights } from "./architectures.ts";
import { BellNumbers } from "./random-numbers.ts";

/**
 * Weights of an untrained transformer: what it says is noise, but every matrix has the size and the spread of a real
 * one.
 */
export function randomWeights(shape: ModelShape, seed: number): Weights {
  const bell = new BellNumbers(seed);
  return (plan) => {
    if (plan.role === "norm" || plan.role === "output-norm") return (_, into) => into.fill(1);
    if (plan.role === "bias") return (_, into) => into.fill(0);
    const deviation = deviationOf(plan, shape);
    return (_, into) => bell.fill(into, deviation);
  };
}

/** Whether the tensor's result is added to the residual stream. */
export function writesIntoStream(plan: TensorPlan): boolean {
  return plan.role === "attention-output" || plan.role === "down";
}

/** Keeps the activations' spread near 1 through the layers, as usual initializations do. */
function deviationOf(plan: TensorPlan, shape: ModelShape): number {
  if (plan.role === "embedding") return 1;
  return (writesIntoStream(plan) ? 1 / Math.sqrt(2 * shape.layers) : 1) / Math.sqrt(plan.shape[0] ?? 1);
}
