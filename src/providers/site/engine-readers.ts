import type { SiteEngine } from "../../core/site-engine.ts";
import type { AskServer, EngineReader } from "./engine-state.ts";
import { kserve } from "./kserve.ts";
import { llamaServer } from "./llama-server.ts";
import { lmStudio } from "./lm-studio.ts";
import { ollama } from "./ollama.ts";
import { rayServe } from "./ray-serve.ts";
import { sglang } from "./sglang.ts";
import { vllm } from "./vllm.ts";

/** A server that says nothing but its answers. */
const openAi: EngineReader = {
  engine: "openai",
  identify: () => Promise.resolve(true),
  read: () => Promise.resolve({}),
};

/** In the order in which a server is tried; those that many kinds of server might satisfy come last. */
export const ENGINE_READERS: readonly EngineReader[] = [
  vllm,
  sglang,
  llamaServer,
  lmStudio,
  ollama,
  rayServe,
  kserve,
  openAi,
];

/** The reader of a kind of server. */
export function readerOf(engine: SiteEngine): EngineReader {
  return ENGINE_READERS.find((reader) => reader.engine === engine) ?? openAi;
}

/** The first reader that recognizes the server; nothing while the server can't be reached. */
export async function detectEngine(ask: AskServer): Promise<EngineReader | undefined> {
  let wasReached = false;
  const remembered = new Map<string, ReturnType<AskServer>>();
  const askOnce: AskServer = async (path) => {
    const asked = remembered.get(path) ?? ask(path);
    remembered.set(path, asked);
    const reply = await asked;
    wasReached ||= reply.kind === "answer";
    return reply;
  };
  for (const reader of ENGINE_READERS) {
    if (!(await reader.identify(askOnce))) continue;
    return wasReached ? reader : undefined;
  }
  return undefined;
}
