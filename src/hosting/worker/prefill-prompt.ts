import type { Token } from "node-llama-cpp";
import type { DecodeJob } from "./decode-tokens.ts";
import { evaluationOrder } from "./load-engine.ts";
import { prefillChunk } from "./prefill-chunk.ts";

/**
 * Evaluates all but the last chunk of what is new in the job's tokens, chunk by chunk as the gate lets it; returns the
 * last chunk, which has at least one token. Throws the signal's reason between two chunks.
 */
export async function prefillPrompt({ engine, slot, tokens, signal, onReused }: DecodeJob): Promise<Token[]> {
  const { sequence } = slot;
  // The last token is always evaluated again: its result is where the answer starts.
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  const first = sequence.nextTokenIndex;
  onReused?.(first);
  const startedAtMs = performance.now();
  let index = first;
  for (;;) {
    const { prefillTokensPerStepSecond: tokensPerSecond } = engine.speed;
    const size = prefillChunk({ tokensPerSecond, maxTokens: engine.prefillChunkTokens, ...engine.gate.load });
    if (tokens.length - index <= size) break;
    const chunk = tokens.slice(index, index + size);
    await engine.gate.run(slot.id, "prefill", signal, async () => {
      const stepStartedAtMs = performance.now();
      await sequence.evaluateWithoutGeneratingNewTokens(chunk, { evaluationPriority: evaluationOrder(slot) });
      engine.speed.recordPrefillStep(size, performance.now() - stepStartedAtMs);
    });
    index += size;
  }
  engine.speed.recordPrefill(index - first, performance.now() - startedAtMs);
  return tokens.slice(index);
}
