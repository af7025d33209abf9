import type { ErrorCode } from "../core/error-facts.ts";
import { MAY_BE_TOO_SHORT } from "../routing/fit.ts";
import { mayBeAsked, type Foreseen } from "./foresee.ts";

/** The fewest characters of a text that are worth showing to a model. */
const FEWEST_CHARACTERS = 500;

/** How often a request whose texts its model's own tokenizer finds too long is made again, each time with half of them. */
const MAX_SHORTER_TRIES = 2;

/** Whether what ended with `code` is to be asked once more, showing less; `tries` were made so far. */
export function mayShowLess(code: ErrorCode | undefined, tries: number): boolean {
  return code === "context_length_exceeded" && tries <= MAX_SHORTER_TRIES;
}

/** A request that shows texts to a model, as it is foreseen, and how many characters of each it shows at most. */
export interface Showing {
  readonly foreseen: Foreseen;
  readonly shownCharacters: number;
}

/**
 * The request that shows most of its texts and still fits its model's context: `mostCharacters` of each, or half of that,
 * or half of that again. Where none fits, or something else forbids it, the one that shows most.
 */
export function showWhatFits(mostCharacters: number, foresee: (shownCharacters: number) => Foreseen): Showing {
  const most = { foreseen: foresee(mostCharacters), shownCharacters: mostCharacters };
  if (fits(most.foreseen) || !failsByContext(most.foreseen)) return most;
  let mayFit = mayBeAsked(most.foreseen) ? most : undefined;
  for (let characters = mostCharacters / 2; characters >= FEWEST_CHARACTERS; characters /= 2) {
    const shownCharacters = Math.floor(characters);
    const less = { foreseen: foresee(shownCharacters), shownCharacters };
    if (fits(less.foreseen)) return less;
    if (mayBeAsked(less.foreseen)) mayFit = less;
  }
  return mayFit ?? most;
}

/** Whether the endpoint that would be asked first has room as far as that can be told. */
function fits({ decision }: Foreseen): boolean {
  const [first] = decision.candidates;
  return first !== undefined && !first.reasons.includes(MAY_BE_TOO_SHORT);
}

function failsByContext(foreseen: Foreseen): boolean {
  return mayBeAsked(foreseen) || foreseen.decision.rejected.some(({ kind }) => kind === "context");
}

/**
 * How many characters of each text may be shown so that all together have no more than `totalCharacters` and none more
 * than `mostCharacters`: what short texts leave is for the long ones.
 */
export function shareCharacters(texts: readonly string[], totalCharacters: number, mostCharacters: number): number {
  let left = totalCharacters;
  let waiting = texts.length;
  for (const length of texts.map((text) => text.length).toSorted((a, b) => a - b)) {
    if (length * waiting > left) return Math.min(mostCharacters, Math.floor(left / waiting));
    left -= length;
    waiting -= 1;
  }
  return mostCharacters;
}
