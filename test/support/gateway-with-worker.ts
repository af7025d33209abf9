import { systemClock, systemRandom } from "../../src/app/system-clock.ts";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import { createLocalModel } from "../../src/hosting/supervisor/local-model.ts";
import { openRunDirectory } from "../../src/hosting/supervisor/run-directory.ts";

/**
 * A process that hosts one model with the fake worker and prints the worker's id when it is ready. It then ends itself
 * (`exit`) or waits to be killed (`wait`), without ever stopping the worker.
 */
const [runBase = "", modelFile = "", then = ""] = process.argv.slice(2);
const facts: EndpointFacts = {
  id: "box/fake",
  providerId: "box",
  modelId: "fake",
  upstreamId: "fake",
  location: "box",
  capabilities: [],
  slots: 1,
};
const quiet = { debug: () => {}, info: () => {}, warn: () => {} };
const model = createLocalModel({
  facts,
  options: {
    modelFile,
    device: { kind: "cpu" },
    threads: 1,
    contextTokens: 64,
    slots: 1,
    queueLimit: 0,
    prefillChunkTokens: 16,
  },
  clock: systemClock,
  random: systemRandom,
  log: quiet,
  runDirectory: await openRunDirectory(runBase),
  entryFile: new URL("./fake-worker.ts", import.meta.url).pathname,
});
await model.ensureReady(new AbortController().signal);
process.stdout.write(`${model.state().pid}\n`, () => {
  if (then === "exit") process.exit(0);
});
