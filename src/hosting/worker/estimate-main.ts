import { getLlama, GgufInsights, LlamaLogLevel, readGgufFileInfo } from "node-llama-cpp";
import type { EngineEstimate, EngineQuestion } from "../fit/engine-estimate.ts";

/**
 * Entry of the process that asks the engine how much memory a model would take: `node estimate-main.ts QUESTION` with
 * the question as JSON, forked with IPC. It sends one message for each load and exits.
 */

// The parent is gone: nobody waits for the answers.
process.on("disconnect", () => process.exit(1));
const question = JSON.parse(process.argv[2] ?? "{}") as EngineQuestion;
const insights = await openInsights(question);
for (const load of question.loads) await send(await estimate(insights, question, load));
process.exit(0);

async function openInsights({ file, device }: EngineQuestion): Promise<GgufInsights | Error> {
  try {
    const llama = await getLlama({
      build: "never",
      skipDownload: true,
      gpu: device === "gpu" ? "auto" : false,
      maxThreads: 1,
      progressLogs: false,
      logLevel: LlamaLogLevel.disabled,
    });
    return await GgufInsights.from(await readGgufFileInfo(file), llama);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function estimate(
  opened: GgufInsights | Error,
  { device }: EngineQuestion,
  { contextTokens, sequences, batchTokens }: EngineQuestion["loads"][number],
): Promise<EngineEstimate> {
  if (opened instanceof Error) return { kind: "none", reason: opened.message };
  try {
    const gpuLayers = device === "gpu" ? opened.totalLayers : 0;
    const model = await opened.estimateModelResourceRequirementsV2({ gpuLayers });
    const context = await opened.estimateContextResourceRequirementsV2({
      contextSize: contextTokens,
      modelGpuLayers: gpuLayers,
      sequences,
      batchSize: batchTokens,
    });
    return {
      kind: "estimate",
      hostBytes: model.cpuRam + context.cpuRam,
      deviceBytes: model.gpuVram + context.gpuVram,
    };
  } catch (error) {
    return { kind: "none", reason: error instanceof Error ? error.message : String(error) };
  }
}

function send(answer: EngineEstimate): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(answer, () => resolve());
  });
}
