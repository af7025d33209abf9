import type { Decision } from "../core/decision.ts";
import type { Percentiles } from "../core/endpoint.ts";

/** Fewer measured answers than this say nothing about an endpoint's slowest ones. */
const MIN_SAMPLES = 20;

/**
 * After how long without content a second endpoint is asked beside the first, in milliseconds; nothing where none is:
 * hedging was not asked for, the answer is not streamed (then nobody knows when content is late), or too little is known
 * of how long the first usually takes. Nineteen of twenty answers have begun by then.
 * @see https://research.google/pubs/the-tail-at-scale/
 */
export function hedgeAfterMs(
  { hedge }: Pick<Decision, "hedge">,
  streaming: boolean,
  firstContentMs: Percentiles | undefined,
): number | undefined {
  if (hedge !== true || !streaming || firstContentMs === undefined) return undefined;
  return firstContentMs.count >= MIN_SAMPLES ? firstContentMs.p95 : undefined;
}
