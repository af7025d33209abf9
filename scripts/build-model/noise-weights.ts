import type { ModelShape, Weights } from "./architectures.ts";
import { randomWeights, writesIntoStream } from "./random-weights.ts";
import { TURN_END, tokenIdOf } from "./tokenizer.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Steps of an answer, and elements of the residual stream that say which step it is at. One block of Q8_0. */
const STEPS = 32;
/** The step's element, large against the others, whose spread is 1. */
const STEP_VALUE = 6;
/** What the words of the next step are ahead of all others, in the output matrix. */
const STEP_LEAD = 3;
/** From this step on the answer may end; how likely grows with every step, and after the last nothing else is left. */
const FIRST_END_STEP = 12;
const END_LEAD_PER_STEP = 0.06;

/**
 * Random weights whose noise is readable and ends. Each word has a step, the random part chooses among the words of
 * the next step, and the end of the turn competes with them towards the last. So an answer has at most `STEPS` tokens
 * at any temperature, where plain random weights fall into a circle and never end.
 */
export function noiseWeights(shape: ModelShape, tokenizer: Tokenizer, seed: number): Weights {
  const random = randomWeights(shape, seed);
  const endId = tokenIdOf(tokenizer, TURN_END);
  return (plan) => {
    const fillRandom = random(plan);
    return (row, into) => {
      fillRandom(row, into);
      if (writesIntoStream(plan) && row < STEPS) into.fill(0);
      if (plan.role === "embedding") {
        into.fill(0, 0, STEPS);
        into[stepOf(tokenizer, row)] = STEP_VALUE;
      }
      if (plan.role === "output") {
        into.fill(0, 0, STEPS);
        if (row === endId) leadToEnd(into);
        else if (isWord(tokenizer, row)) into[stepOf(tokenizer, row) - 1] = STEP_LEAD;
      }
    };
  };
}

function leadToEnd(into: Float32Array): void {
  for (let step = FIRST_END_STEP; step < STEPS; step++) {
    into[step] = STEP_LEAD + END_LEAD_PER_STEP * (step - FIRST_END_STEP);
  }
}

/** Words are spread over the steps from 1 on; whatever else a prompt may end with is at step 0. */
function stepOf(tokenizer: Tokenizer, id: number): number {
  return isWord(tokenizer, id) ? 1 + (id % (STEPS - 1)) : 0;
}

/** U+0120 is a space, as the vocabulary spells it. */
function isWord(tokenizer: Tokenizer, id: number): boolean {
  return /^\u0120[A-Za-z]{2,}$/.test(tokenizer.tokens[id] ?? "");
}
