import type { Engine } from "./load-engine.ts";
import { fillerTokens } from "./measure-rates.ts";

/** Enough for a first estimate, few enough to be ready soon; real requests refine it. */
const WARM_UP_TOKENS = 8;
const PREFILL_TOKENS = 64;
const DECODE_TOKENS = 8;

/**
 * Evaluates a little text, so that the weights are in memory before the first request, and records how fast that was.
 * The slot is empty again afterwards.
 */
export async function measureSpeed(engine: Engine): Promise<void> {
  const [slot] = engine.slots;
  if (slot === undefined) return;
  const { sequence } = slot;
  const room = engine.contextTokens - WARM_UP_TOKENS - DECODE_TOKENS - 1;
  const prefillTokens = Math.min(PREFILL_TOKENS, engine.prefillChunkTokens, room);
  if (prefillTokens <= 0) return;
  await sequence.evaluateWithoutGeneratingNewTokens(fillerTokens(engine, WARM_UP_TOKENS));

  const prefillStartedAtMs = performance.now();
  await sequence.evaluateWithoutGeneratingNewTokens(fillerTokens(engine, prefillTokens));
  const prefillMs = performance.now() - prefillStartedAtMs;
  engine.speed.recordPrefill(prefillTokens, prefillMs);
  engine.speed.recordPrefillStep(prefillTokens, prefillMs);

  const decodeStartedAtMs = performance.now();
  // Fixed tokens one by one: what the model would say may end after a single one.
  for (const token of fillerTokens(engine, DECODE_TOKENS))
    await sequence.controlledEvaluate([[token, { generateNext: { token: true } }]]);
  engine.speed.recordDecode(DECODE_TOKENS, performance.now() - decodeStartedAtMs);
  await engine.stateCache?.measure(sequence);
  await sequence.clearHistory();
}
