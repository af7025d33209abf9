import type { EndpointFacts } from "../core/endpoint.ts";
import type { Price } from "../core/usage.ts";

/*
 * Priors. They stand in for what is unknown so that endpoints can be put in an order, and are never reported as facts: a
 * prediction leaves out what it would have to guess. Each is a middle of published figures; measurements take their place
 * after a few answers.
 */

/** Answer tokens a second of one request. CPU: 8B models in 4 bits on server CPUs write 8 to 28. GPU: 8B to 20B on one card 17 to 60. */
export const PRIOR_TOKENS_PER_SECOND = { cpu: 12, gpu: 60, unknown: 50 } as const;

/** Prompt tokens a second. CPU: 8B models in 4 bits read 100 to 250. GPU: one card reads some thousands. */
export const PRIOR_PREFILL_TOKENS_PER_SECOND = { cpu: 150, gpu: 4_000, unknown: 4_000 } as const;

/** The way there and back and whatever stands before the model; a cloud's own queue is most of it. */
export const PRIOR_NETWORK_MS: Readonly<Record<EndpointFacts["location"], number>> = { box: 0, site: 100, cloud: 700 };

/** A model of some gigabytes from a disk that reads some hundred megabytes a second. */
export const PRIOR_LOAD_MS = 15_000;

/** The list price of a large model of a cloud: what is unknown counts as dear. */
export const PRIOR_PRICE: Price = { inputMicroUsdPerMillion: 3_000_000, outputMicroUsdPerMillion: 15_000_000 };

/** Quality of a model about which nobody said anything. */
export const PRIOR_QUALITY = 0.5;

/** What may be guessed about an endpoint; each is one bit, so that a set of them is a number. */
export const GUESSES = {
  tokensPerSecond: { bit: 1, name: "tokens per second" },
  loadTime: { bit: 2, name: "load time" },
  promptTime: { bit: 4, name: "time to read the prompt" },
  price: { bit: 8, name: "price" },
} as const;

/** How many sets of guesses there are. */
export const GUESS_SETS = 16;

const GUESS_NAMES: readonly (readonly string[])[] = Array.from({ length: GUESS_SETS }, (_, set) =>
  Object.values(GUESSES)
    .filter(({ bit }) => (set & bit) !== 0)
    .map(({ name }) => name),
);

/** The names of a set of guesses. */
export function namesOfGuesses(set: number): readonly string[] {
  return GUESS_NAMES[set] ?? [];
}
