import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import type { FromValidator, ValidationDepth } from "../store/validation-protocol.ts";

/**
 * Entry of the process that tries a model file out: `node validate-model-main.ts FILE DEPTH`, forked with IPC. It
 * sends one message and exits; whatever the file does to it, the process that forked it lives.
 */

/** Enough for one token; the smallest context that the engine rounds up to anyway. */
const CONTEXT_TOKENS = 64;

const [file, depth] = process.argv.slice(2);

// The parent is gone: nobody waits for the answer.
process.on("disconnect", () => process.exit(1));
const result = await tryModel(file ?? "", depth as ValidationDepth);
process.send?.(result, () => process.exit(0));

async function tryModel(modelPath: string, validationDepth: ValidationDepth): Promise<FromValidator> {
  const startedAtMs = performance.now();
  try {
    const llama = await getLlama({
      build: "never",
      skipDownload: true,
      gpu: false,
      maxThreads: 1,
      progressLogs: false,
      logLevel: LlamaLogLevel.error,
      logger: (_, message) => process.stderr.write(`${message.trimEnd()}\n`),
    });
    const model = await llama.loadModel({
      modelPath,
      gpuLayers: 0,
      checkTensors: true,
      vocabOnly: validationDepth === "vocabulary",
    });
    if (validationDepth === "vocabulary") model.tokenize("Hello");
    else {
      const context = await model.createContext({
        contextSize: CONTEXT_TOKENS,
        threads: 1,
        failedCreationRemedy: false,
      });
      if (validationDepth === "generate") {
        await context
          .getSequence()
          .evaluateWithoutGeneratingNewTokens(model.tokenize("Hello").slice(0, CONTEXT_TOKENS / 2));
      }
    }
    return { kind: "valid", loadMs: Math.round(performance.now() - startedAtMs) };
  } catch (error) {
    return { kind: "invalid", reason: error instanceof Error ? error.message : String(error) };
  }
}
