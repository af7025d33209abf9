import type { Token } from "node-llama-cpp";
import { SCORED_TOKENS } from "../context-plan.ts";
import { type Engine, type EngineSlot, evaluationOrder } from "./load-engine.ts";
import { prefillPrompt } from "./prefill-prompt.ts";
import { samplingOf } from "./parse-sampling.ts";

/** Where tokens are scored. */
export interface ScoreJob {
  readonly engine: Engine;
  readonly slot: EngineSlot;
  readonly signal: AbortSignal;
}

/** The log probabilities of the tokens that were asked about, over the whole vocabulary, and of the likeliest ones. */
export type NextLogprobs = ReadonlyMap<Token, number>;

/**
 * How likely the model finds text that is there already: for each token of `tokens` from the index `from` (at least 1)
 * on, the log probabilities at its place, of itself and of the `topCount` likeliest. One evaluation of the tokens, in
 * steps as for any prompt; nothing is generated.
 */
export async function scoreTokens(
  job: ScoreJob,
  tokens: readonly Token[],
  from: number,
  topCount: number,
): Promise<readonly NextLogprobs[]> {
  const wanted = (index: number): readonly Token[] => tokens.slice(index + 1, index + 2);
  return await evaluateWithLogprobs(job, tokens.slice(0, -1), from - 1, wanted, topCount);
}

/** The log probabilities of `candidates` as the token after `tokens`. */
export async function scoreNext(
  job: ScoreJob,
  tokens: readonly Token[],
  candidates: readonly Token[],
): Promise<NextLogprobs> {
  const [scores] = await evaluateWithLogprobs(job, tokens, tokens.length - 1, () => candidates, 1);
  if (scores === undefined) throw new Error("The engine gave no scores.");
  return scores;
}

/** Evaluates `tokens`, and from the index `from` on says what may follow each: the tokens that `wanted` names, and the likeliest. */
async function evaluateWithLogprobs(
  { engine, slot, signal }: ScoreJob,
  tokens: readonly Token[],
  from: number,
  wanted: (index: number) => readonly Token[],
  topCount: number,
): Promise<readonly NextLogprobs[]> {
  const read = tokens.slice(0, from + 1);
  // The last token that is read is always evaluated again, together with what follows it.
  const sampling = samplingOf({});
  const rest = await prefillPrompt({ engine, slot, tokens: read, promptLength: read.length, sampling, signal });
  const start = read.length - rest.length;
  const scores: NextLogprobs[] = [];
  const step = Math.min(engine.prefillChunkTokens, SCORED_TOKENS);
  for (let index = start; index < tokens.length; index += step) {
    const chunk = tokens.slice(index, index + step);
    const inputs = chunk.map((token, offset) =>
      index + offset < from
        ? token
        : ([token, { generateNext: generateNext(wanted(index + offset), topCount) }] as const),
    );
    const outputs = await engine.gate.run(slot.id, "prefill", signal, () =>
      slot.sequence.controlledEvaluate(inputs as Parameters<typeof slot.sequence.controlledEvaluate>[0], {
        evaluationPriority: evaluationOrder(slot),
      }),
    );
    for (const output of outputs) if (output !== undefined) scores.push(toLogprobs(output.next));
  }
  return scores;
}

function generateNext(tokens: readonly Token[], topCount: number) {
  const options = { temperature: 0 };
  return { totalLogitWeight: true, logits: { filter: { tokens, includeTop: Math.max(topCount, 1) } }, options };
}

/** Logits relative to the highest and the total weight make log probabilities. */
function toLogprobs({
  logits,
  totalLogitWeight,
}: {
  readonly logits?: ReadonlyMap<Token, number>;
  readonly totalLogitWeight?: number;
}): NextLogprobs {
  if (logits === undefined || totalLogitWeight === undefined) throw new Error("The engine gave no logits.");
  const highest = Math.max(...logits.values());
  const logTotal = Math.log(totalLogitWeight);
  const sorted = [...logits].toSorted(([, a], [, b]) => b - a);
  return new Map(sorted.map(([token, logit]) => [token, Math.min(logit - highest - logTotal, 0)]));
}
