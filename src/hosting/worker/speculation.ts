import type { StepCosts } from "./step-costs.ts";

/** So many tokens at the end of a text must have stood in it before, for what followed them there to be expected again. */
const PATTERN_TOKENS = 3;
/** Lengths of drafts: with the token before them they make 4 and 8 rows, which the CPU kernels are fast at. */
const DRAFT_LENGTHS = [3, 7] as const;
/** A draft must promise so many times the speed of writing without it. */
const MIN_ADVANTAGE = 1.1;
/** Weight of the newest token in the share of tokens that came as expected. */
const AVERAGE_WEIGHT = 0.2;

/** How long steps take: of one token, and of a draft with the token before it. */
export interface SpeculationCosts {
  readonly decode: Pick<StepCosts, "stepMs">;
  readonly verify: Pick<StepCosts, "stepMs">;
}

/**
 * Decides when the rest of an answer is guessed from what stands in prompt and answer already, for the engine to confirm
 * several tokens in one step ("prompt look-up"). Every answer begins without; whether the guesses would have been right is
 * seen from the tokens as they come, at no cost. So a text that copies gets faster, and one that doesn't never gets slower.
 * @see https://github.com/apoorvumang/prompt-lookup-decoding
 */
export class Speculation {
  readonly #costs: SpeculationCosts;
  #hitShare = 0;
  #expected: readonly number[] = [];

  constructor(costs: SpeculationCosts) {
    this.#costs = costs;
  }

  /** The tokens to confirm in the next step, at most `maxTokens`; none where that is not expected to pay. */
  plan(tokens: readonly number[], maxTokens: number): readonly number[] {
    const guess = lookUp(tokens, Math.max(...DRAFT_LENGTHS));
    this.#expected = guess;
    const length = this.#bestLength(Math.min(guess.length, maxTokens));
    return guess.slice(0, length);
  }

  /** Tells which token came next. */
  observe(token: number): void {
    const [expected, ...rest] = this.#expected;
    if (expected === undefined) return;
    const isHit = token === expected;
    this.#hitShare += AVERAGE_WEIGHT * (Number(isHit) - this.#hitShare);
    this.#expected = isHit ? rest : [];
  }

  #bestLength(longest: number): number {
    const decodeMs = this.#costs.decode.stepMs(1);
    if (decodeMs === undefined) return 0;
    let best = { length: 0, tokensPerMs: MIN_ADVANTAGE / decodeMs };
    for (const length of DRAFT_LENGTHS) {
      if (length > longest) break;
      // A length that nobody measured is tried: then its cost is known.
      const stepMs = this.#costs.verify.stepMs(length + 1) ?? decodeMs;
      const tokensPerMs = expectedTokens(this.#hitShare, length) / stepMs;
      if (tokensPerMs > best.tokensPerMs) best = { length, tokensPerMs };
    }
    return best.length;
  }
}

/** Tokens that a step is expected to bring when each token of a draft is right with the same chance, if those before it are. */
function expectedTokens(hitShare: number, draftLength: number): number {
  let expected = 1;
  for (let token = 1; token <= draftLength; token++) expected += hitShare ** token;
  return expected;
}

/**
 * What followed the last tokens of the text when they stood in it before: most recently, or longer ago where less than
 * `maxTokens` followed since.
 */
export function lookUp(tokens: readonly number[], maxTokens: number): readonly number[] {
  const patternStart = tokens.length - PATTERN_TOKENS;
  let longest: readonly number[] = [];
  for (let start = patternStart - 1; start >= 0 && longest.length < maxTokens; start--) {
    let length = 0;
    while (length < PATTERN_TOKENS && tokens[start + length] === tokens[patternStart + length]) length++;
    const followed = start + PATTERN_TOKENS;
    if (length === PATTERN_TOKENS && tokens.length - followed > longest.length)
      longest = tokens.slice(followed, followed + maxTokens);
  }
  return longest;
}
