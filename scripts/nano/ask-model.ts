import { SignalboxError } from "../../src/core/errors.ts";
import { loadEngine } from "../../src/hosting/worker/load-engine.ts";
import type { Engine } from "../../src/hosting/worker/load-engine.ts";
import { parseCompletionRequest } from "../../src/hosting/worker/parse-completion-request.ts";
import { CompletionRunner } from "../../src/hosting/worker/run-completion.ts";
import { SlotPool } from "../../src/hosting/worker/slot-pool.ts";
import { spacedJson } from "./conversation.ts";
import type { Tool, ToolCall, Turn } from "./conversation.ts";

/** An answer is cut here; the longest right one has about 60 tokens. */
const MAX_ANSWER_TOKENS = 120;
const CONTEXT_TOKENS = 2048;

/** What the model said, as this program's worker understands it. */
export interface ModelAnswer {
  readonly text: string;
  readonly call?: ToolCall;
  /** Mean log probability of the answer's tokens; absent for calls, which are written under a grammar. */
  readonly confidence?: number;
}

/** What may be asked of an answer beyond the conversation. */
export interface AskOptions {
  readonly toolChoice?: "auto" | "required";
  /** A JSON schema that the answer must satisfy. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** A model with this program's own worker code around it, in this process. */
export class LoadedModel {
  readonly engine: Engine;
  readonly #runner: CompletionRunner;

  private constructor(engine: Engine) {
    this.engine = engine;
    this.#runner = new CompletionRunner(engine, new SlotPool(engine.slots, 1, () => performance.now()));
  }

  static async load(modelFile: string): Promise<LoadedModel> {
    const options = {
      modelId: "signalbox/nano",
      modelFile,
      socketPath: "",
      device: { kind: "cpu" },
      threads: 1,
      contextTokens: CONTEXT_TOKENS,
      slots: 1,
      queueLimit: 1,
      prefillChunkTokens: 512,
      heartbeatIntervalMs: 1_000,
    } as const;
    return new LoadedModel(await loadEngine(options as unknown as Parameters<typeof loadEngine>[0], () => {}));
  }

  /** The likeliest answer to a conversation. */
  async ask(turns: readonly Turn[], tools: readonly Tool[] = [], options: AskOptions = {}): Promise<ModelAnswer> {
    const request = parseCompletionRequest({
      model: "signalbox/nano",
      messages: toMessages(turns),
      temperature: 0,
      max_tokens: MAX_ANSWER_TOKENS,
      logprobs: true,
      ...(tools.length === 0
        ? {}
        : {
            tools: tools.map((tool) => ({ type: "function", function: tool })),
            tool_choice: options.toolChoice ?? "auto",
          }),
      ...(options.schema === undefined
        ? {}
        : { response_format: { type: "json_schema", json_schema: { name: "answer", schema: options.schema } } }),
    });
    let text = "";
    let name: string | undefined;
    let given = "";
    const logprobs: number[] = [];
    try {
      for await (const event of this.#runner.run(request, new AbortController().signal)) {
        if (event.kind === "discard") {
          [text, name, given] = ["", undefined, ""];
          logprobs.length = 0;
        }
        if (event.kind !== "answer") continue;
        const part = event.event;
        if (part.kind === "content-delta") {
          text += part.text;
          logprobs.push(...part.logprobs.map(({ logprob }) => logprob));
        } else if (part.kind === "call-start") name ??= part.name;
        else if (part.kind === "call-delta" && part.index === 0) given += part.text;
      }
    } catch (error) {
      // An answer that misses its form, and misses it again, is a wrong answer: what is measured here.
      if (!(error instanceof SignalboxError) || error.code !== "upstream_invalid_response") throw error;
      return { text };
    }
    const call = name === undefined ? undefined : readCall(name, given);
    if (call !== undefined) return { text, call };
    const confidence = logprobs.reduce((sum, logprob) => sum + logprob, 0) / Math.max(1, logprobs.length);
    return { text, confidence };
  }
}

/** A call that was cut off is none. */
function readCall(name: string, given: string): ToolCall | undefined {
  try {
    return { name, arguments: JSON.parse(given) as ToolCall["arguments"] };
  } catch {
    // The limit of tokens was reached within the arguments: the answer is wrong, not the program.
    return undefined;
  }
}

/** The conversation in the form of the chat API. */
export function toMessages(turns: readonly Turn[]): unknown[] {
  let calls = 0;
  return turns.map((turn) => {
    if (turn.role === "tool")
      return { role: "tool", tool_call_id: `call_${calls}`, content: JSON.stringify(turn.result) };
    if (turn.role !== "assistant" || !("call" in turn)) return { role: turn.role, content: turn.text };
    const id = `call_${++calls}`;
    const call = { name: turn.call.name, arguments: JSON.stringify(turn.call.arguments) };
    return { role: "assistant", content: null, tool_calls: [{ id, type: "function", function: call }] };
  });
}

/** Whether `answer` is exactly what the last turn of an example says. */
export function isRight(answer: ModelAnswer, wanted: Turn | undefined): boolean {
  if (wanted?.role !== "assistant") return false;
  if ("text" in wanted) return answer.call === undefined && answer.text === wanted.text;
  return answer.call !== undefined && spacedJson(answer.call) === spacedJson(wanted.call);
}
