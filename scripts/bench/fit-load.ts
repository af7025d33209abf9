import type { Token } from "node-llama-cpp";
import type { WorkerOptions } from "../../src/hosting/worker-protocol.ts";
import { type Engine, loadEngine } from "../../src/hosting/worker/load-engine.ts";
import { measureSpeed } from "../../src/hosting/worker/measure-speed.ts";
import type { LoadedMemory } from "./measure-load.ts";

/** Entry of the process that loads one model as a worker does, fills its slots, and sends what was resident. */

const { options, fillTokens } = JSON.parse(process.argv[2] ?? "") as { options: WorkerOptions; fillTokens: number };
const engine = await loadEngine(options, () => {});
await measureSpeed(engine);
const loadedBytes = process.memoryUsage.rss();
const filledTokens = await fill(engine, fillTokens);
const memory: LoadedMemory = { loadedBytes, usedBytes: process.memoryUsage.rss(), filledTokens };
process.send?.(memory, () => process.exit(0));

/** Evaluates up to `limit` tokens in all, as many in one slot as it holds before the next. */
async function fill({ slots, contextTokens, prefillChunkTokens, model }: Engine, limit: number): Promise<number> {
  const words = model.tokenize("The quick brown fox jumps over the lazy dog. ");
  const room = contextTokens - 1;
  let done = 0;
  for (const { sequence } of slots) {
    const end = Math.min(room, limit - done);
    for (let at = 0; at < end; at += prefillChunkTokens) {
      const count = Math.min(prefillChunkTokens, end - at);
      const chunk = Array.from({ length: count }, (_, index) => words[(at + index) % words.length] ?? (0 as Token));
      await sequence.evaluateWithoutGeneratingNewTokens(chunk);
    }
    done += end;
  }
  return done;
}
