import type { AskServer, EngineReader, ModelState } from "./engine-state.ts";
import { readBatchingEngine } from "./read-batching-engine.ts";
import { VLLM_METRICS } from "./vllm.ts";

/** Models of one server that are asked about. */
const MAX_MODELS = 16;

/**
 * A server of the Open Inference Protocol, as KServe's runtimes are: `/v2/health/ready`, and for each model
 * `/v2/models/NAME/ready`. The Hugging Face runtime runs vLLM and exposes its metrics.
 * @see https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
 */
export const kserve: EngineReader = {
  engine: "kserve",

  async identify(ask) {
    return (await statusOf(ask, "/v2/health/ready")) === 200;
  },

  async read(ask, memory, modelNames) {
    const status = await statusOf(ask, "/v2/health/ready");
    if (status === undefined) return undefined;
    if (status !== 200) return { notReadyBecause: "not all of its models are ready" };
    const load = readBatchingEngine(await ask("/metrics"), VLLM_METRICS, memory);
    const models = new Map<string, ModelState>(load?.models);
    for (const name of modelNames.slice(0, MAX_MODELS)) {
      const ready = await statusOf(ask, `/v2/models/${encodeURIComponent(name)}/ready`);
      if (ready === 200 || ready === 503)
        models.set(name, { ...load?.others, ...models.get(name), loaded: ready === 200 });
    }
    return { ...load, models };
  },
};

async function statusOf(ask: AskServer, path: string): Promise<number | undefined> {
  const reply = await ask(path);
  return reply.kind === "answer" ? reply.status : undefined;
}
