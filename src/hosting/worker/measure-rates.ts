import type { Token } from "node-llama-cpp";
import type { DecodeRate } from "../../core/endpoint.ts";
import type { PrefillRate } from "../../core/model-speed.ts";
import { type Engine, type EngineSlot, evaluationOrder } from "./load-engine.ts";
import { prefillPrompt } from "./prefill-prompt.ts";
import { samplingOf } from "./parse-sampling.ts";
import { prepareSlot } from "./prepare-slot.ts";

/** What agents' turns, chats and documents begin with. */
const PROMPT_TOKENS = [128, 512, 2_048] as const;
/** Sequences that are written together. */
const RUNNING = [1, 2, 4, 8] as const;
/** Before the steps that are measured: enough that each step reads some of a cache. */
const DECODE_PROMPT_TOKENS = 32;
/** Steps of which the median counts; the first is not among them. */
const DECODE_STEPS = 8;
/** No request has it, so nothing that is evaluated here is reused for one. */
const SCOPE = "signalbox-calibration";

/** One measured rate. */
export type MeasuredRate = ({ readonly kind: "prefill" } & PrefillRate) | ({ readonly kind: "decode" } & DecodeRate);

/** What is measured, and for how long. */
export interface RatesJob {
  readonly engine: Engine;
  /** All of the engine's, by their numbers; nobody else may use them meanwhile. */
  readonly slots: readonly EngineSlot[];
  /** What is expected to end later is not begun. */
  readonly budgetMs: number;
  /** Ends it within one step of the engine. */
  readonly signal: AbortSignal;
}

/**
 * Reads prompts of several lengths and writes several sequences together, what takes least time first, through the same
 * gate and in the same steps as requests. The slots are empty afterwards. Throws the signal's reason.
 */
export async function* measureRates({ engine, slots, budgetMs, signal }: RatesJob): AsyncGenerator<MeasuredRate, void> {
  const endsAtMs = performance.now() + budgetMs;
  const hasTimeFor = (ms: number): boolean => performance.now() + ms <= endsAtMs;
  try {
    for (const slot of slots) await prepareSlot(engine, slot, [], SCOPE);
    const [shortest, ...longer] = PROMPT_TOKENS;
    yield* readPrompts(engine, slots[0], [shortest], signal, hasTimeFor);
    yield* writeTogether(engine, slots, signal, hasTimeFor);
    // On a slow model these take most of the time: they come last.
    yield* readPrompts(engine, slots[0], longer, signal, hasTimeFor);
  } finally {
    for (const { sequence } of slots) await sequence.clearHistory();
  }
}

async function* readPrompts(
  engine: Engine,
  slot: EngineSlot | undefined,
  lengths: readonly number[],
  signal: AbortSignal,
  hasTimeFor: (ms: number) => boolean,
): AsyncGenerator<MeasuredRate, void> {
  let tokensPerMs = (engine.speed.prefillTokensPerSecond ?? 0) / 1_000;
  for (const promptTokens of lengths) {
    // One token more for the step that ends the prompt, and one that stays free.
    if (slot === undefined || promptTokens + 2 > engine.contextTokens) return;
    if (tokensPerMs > 0 && !hasTimeFor(promptTokens / tokensPerMs)) return;
    await slot.sequence.clearHistory();
    const startedAtMs = performance.now();
    await readPrompt(engine, slot, promptTokens, signal);
    tokensPerMs = promptTokens / (performance.now() - startedAtMs);
    yield { kind: "prefill", promptTokens, tokensPerSecond: tokensPerMs * 1_000 };
  }
}

async function readPrompt(engine: Engine, slot: EngineSlot, count: number, signal: AbortSignal): Promise<void> {
  const tokens = fillerTokens(engine, count);
  const rest = await prefillPrompt({ engine, slot, tokens, promptLength: count, sampling: samplingOf({}), signal });
  await engine.gate.run(slot.id, "prefill", signal, () =>
    slot.sequence.evaluateWithoutGeneratingNewTokens(rest, { evaluationPriority: evaluationOrder(slot) }),
  );
}

async function* writeTogether(
  engine: Engine,
  slots: readonly EngineSlot[],
  signal: AbortSignal,
  hasTimeFor: (ms: number) => boolean,
): AsyncGenerator<MeasuredRate, void> {
  const promptTokens = Math.min(DECODE_PROMPT_TOKENS, engine.contextTokens - DECODE_STEPS - 3);
  if (promptTokens < 1) return;
  let roundMs = 1_000 / (engine.speed.decodeTokensPerSecond ?? 1_000);
  for (const running of RUNNING) {
    if (running > slots.length || !hasTimeFor(2 * roundMs * (DECODE_STEPS + 1))) return;
    const used = slots.slice(0, running);
    for (const slot of used) {
      await slot.sequence.clearHistory();
      await readPrompt(engine, slot, promptTokens, signal);
    }
    roundMs = await medianRoundMs(engine, used, signal);
    yield { kind: "decode", running, tokensPerSecond: 1_000 / roundMs };
  }
}

/** Fixed tokens one by one: what the model would say may end after a single one. */
async function medianRoundMs(engine: Engine, slots: readonly EngineSlot[], signal: AbortSignal): Promise<number> {
  const rounds: number[] = [];
  for (const token of fillerTokens(engine, DECODE_STEPS + 1)) {
    const startedAtMs = performance.now();
    await Promise.all(
      slots.map((slot) =>
        engine.gate.run(slot.id, "decode", signal, () =>
          slot.sequence.controlledEvaluate([[token, { generateNext: { token: true } }]], {
            evaluationPriority: evaluationOrder(slot),
          }),
        ),
      ),
    );
    engine.garbage.add(slots.length);
    rounds.push(performance.now() - startedAtMs);
  }
  const sorted = rounds.slice(1).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Ordinary words in a row, as often as it takes. */
export function fillerTokens({ model }: Pick<Engine, "model">, count: number): Token[] {
  const words = model.tokenize("The quick brown fox jumps over the lazy dog. ");
  return Array.from({ length: count }, (_, index) => words[index % words.length] ?? (0 as Token));
}
