import { getLlama, LlamaChat, resolveChatWrapper } from "node-llama-cpp";
import type { ChatHistoryItem, ChatModelFunctions } from "node-llama-cpp";

/**
 * Entry of a process that tries a model in the inference engine itself: `fork(file, [MODEL])`, then one `ProbeRequest`
 * over IPC. It answers with one `ProbeReport` and exits.
 */
export interface ProbeRequest {
  readonly chats?: readonly {
    readonly history: readonly ChatHistoryItem[];
    readonly functions?: ChatModelFunctions;
    readonly temperature: number;
    readonly maxTokens: number;
  }[];
  readonly texts?: readonly string[];
  readonly embed?: readonly string[];
  readonly rank?: { readonly query: string; readonly documents: readonly string[] };
}

export interface ProbeReport {
  readonly wrapper?: string;
  readonly callPrefix?: string;
  readonly chats?: readonly {
    readonly text: string;
    readonly calls: readonly { readonly name: string; readonly params: unknown }[];
    readonly stopReason: string;
  }[];
  readonly texts?: readonly { readonly roundTrip: string; readonly tokens: number }[];
  readonly vectors?: readonly (readonly number[])[];
  readonly scores?: readonly number[];
}

process.on("disconnect", () => process.exit(1));
process.once("message", (request: ProbeRequest) => {
  void probe(process.argv[2] ?? "", request).then((report) => process.send?.(report, () => process.exit(0)));
});

async function probe(modelPath: string, request: ProbeRequest): Promise<ProbeReport> {
  const llama = await getLlama({ build: "never", skipDownload: true, gpu: false, maxThreads: 1, progressLogs: false });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  if (request.embed !== undefined) {
    const context = await model.createEmbeddingContext({ contextSize: 256 });
    const vectors: (readonly number[])[] = [];
    for (const text of request.embed) vectors.push((await context.getEmbeddingFor(text)).vector);
    return { vectors };
  }
  if (request.rank !== undefined) {
    const context = await model.createRankingContext({ contextSize: 256 });
    return { scores: await context.rankAll(request.rank.query, [...request.rank.documents]) };
  }
  const chatWrapper = resolveChatWrapper(model);
  const context = await model.createContext({ contextSize: 2048, threads: 1 });
  const chat = new LlamaChat({ contextSequence: context.getSequence(), chatWrapper });
  const chats: NonNullable<ProbeReport["chats"]>[number][] = [];
  for (const { history, functions, temperature, maxTokens } of request.chats ?? []) {
    const options = { temperature, maxTokens, seed: 1, ...(functions === undefined ? {} : { functions }) };
    const answer = await chat.generateResponse([...history], options);
    chats.push({
      text: answer.response,
      calls: (answer.functionCalls ?? []).map((call) => ({ name: call.functionName, params: call.params })),
      stopReason: answer.metadata.stopReason,
    });
  }
  return {
    wrapper: chatWrapper.wrapperName,
    callPrefix: JSON.stringify(chatWrapper.settings.functions.call.prefix),
    chats,
    texts: (request.texts ?? []).map((text) => {
      const tokens = model.tokenize(text);
      return { roundTrip: model.detokenize(tokens), tokens: tokens.length };
    }),
  };
}
