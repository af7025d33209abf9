import { getLlama, type LlamaContextSequence, LlamaLogLevel } from "node-llama-cpp";
import type { BenchSettings, BenchText } from "./local.ts";

/**
 * The engine with nothing around it: the yardstick for the worker. Receives the settings once and then, for each
 * measurement, how many texts to generate at a time; answers with the `BenchText`s.
 */
async function main(): Promise<void> {
  process.once("disconnect", () => process.exit(0));
  const settings = JSON.parse(process.argv[2] ?? "") as BenchSettings;
  const llama = await getLlama({
    build: "never",
    skipDownload: true,
    gpu: false,
    maxThreads: settings.threads,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
  });
  const model = await llama.loadModel({ modelPath: settings.modelFile });
  const context = await model.createContext({
    contextSize: settings.contextTokens,
    sequences: settings.slots,
    threads: settings.threads,
  });
  const sequences = Array.from({ length: settings.slots }, () => context.getSequence());
  process.on("message", (concurrency: number) => {
    void Promise.all(sequences.slice(0, concurrency).map((sequence) => generate(sequence, settings))).then((texts) =>
      process.send?.({ texts }),
    );
  });
  process.send?.("ready");
}

async function generate(sequence: LlamaContextSequence, settings: BenchSettings): Promise<BenchText> {
  const startedAtMs = Date.now();
  const prompt = sequence.model.tokenize(settings.prompt);
  // The worker reuses the prompt of the round before too.
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
  const { temperature, topK, topP, minP, seed } = settings;
  const options = { temperature, topK, topP, minP, seed };
  let tokens = 0;
  for await (const _ of sequence.evaluate(prompt.slice(sequence.nextTokenIndex), options))
    if (++tokens === settings.answerTokens) break;
  return { tokens, startedAtMs, endedAtMs: Date.now() };
}

await main();
