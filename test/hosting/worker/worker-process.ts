import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingMessage, type OutgoingHttpHeaders, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedModelFacts } from "../../../src/core/local-model.ts";
import type { FromWorker, WorkerHeartbeat, WorkerOptions } from "../../../src/hosting/worker-protocol.ts";

const WORKER_FILE = join(import.meta.dirname, "../../../src/hosting/worker-main.ts");

/** A worker's answer to one HTTP request. */
export interface WorkerAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** A running worker, spoken to as the gateway does. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  readonly facts: LoadedModelFacts;
  readonly socketPath: string;
  /** Sends and reads to the end. */
  call(path: string, body?: unknown, signal?: AbortSignal, headers?: OutgoingHttpHeaders): Promise<WorkerAnswer>;
  /** A chat request that must succeed. */
  chat(body: Record<string, unknown>, headers?: OutgoingHttpHeaders): Promise<ChatAnswer>;
  /** A streamed chat request; yields the parsed data of each frame, `[DONE]` as that string. */
  stream(body: Record<string, unknown>, signal?: AbortSignal): AsyncGenerator<ChatChunk | "[DONE]">;
  health(): Promise<WorkerHealth>;
  /** The first heartbeat from now on for which `condition` holds. */
  heartbeat(condition: (beat: WorkerHeartbeat) => boolean): Promise<WorkerHeartbeat>;
  /** Ends the process and removes its socket. */
  stop(): Promise<void>;
}

export interface WorkerHealth {
  readonly running: number;
  readonly queued: number;
  readonly evaluated_tokens: number;
  readonly drafts: { readonly proposed: number; readonly confirmed: number };
  readonly saved_states: { readonly count: number; readonly bytes: number };
  readonly slots: readonly { readonly busy: boolean; readonly held_tokens: number }[];
}

interface ToolCallJson {
  readonly index?: number;
  readonly id?: string;
  readonly type?: string;
  readonly function: { readonly name?: string; readonly arguments: string };
}
interface LogprobJson {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[] | null;
  readonly top_logprobs: readonly LogprobJson[];
}
interface UsageJson {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

export interface ChatAnswer {
  readonly id: string;
  readonly object: string;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    readonly message: {
      readonly role: string;
      readonly content: string | null;
      readonly reasoning?: string;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly ToolCallJson[];
    };
    readonly logprobs: { readonly content: readonly LogprobJson[] } | null;
    readonly finish_reason: string;
  }[];
  readonly usage: UsageJson;
}

export interface ChatChunk {
  readonly id: string;
  readonly object: string;
  readonly choices: readonly {
    readonly index: number;
    readonly delta: {
      readonly role?: string;
      readonly content?: string;
      readonly reasoning?: string;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly ToolCallJson[];
    };
    readonly logprobs?: { readonly content: readonly LogprobJson[] } | null;
    readonly finish_reason: string | null;
  }[];
  readonly usage?: UsageJson;
  readonly error?: { readonly code: string };
}

/** Starts a worker; rejects with `load-failed: …` or `exit: …` when it does not become ready. */
export async function startWorker(modelFile: string, overrides: Partial<WorkerOptions> = {}): Promise<WorkerProcess> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-worker-"));
  const socketPath = join(folder, "worker.sock");
  const options: WorkerOptions = {
    modelId: "test/model",
    modelFile,
    socketPath,
    device: { kind: "cpu" },
    threads: 1,
    contextTokens: 2048,
    slots: 2,
    queueLimit: 4,
    prefillChunkTokens: 64,
    heartbeatIntervalMs: 20,
    ...overrides,
  };
  const child = fork(WORKER_FILE, [options.modelId], { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    child.send({ kind: "start", options });
    const facts = await waitUntilReady(child);
    return { child, facts, socketPath, stop, ...makeClient(child, socketPath) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function waitUntilReady(child: ChildProcess): Promise<LoadedModelFacts> {
  const { promise, resolve, reject } = Promise.withResolvers<LoadedModelFacts>();
  child.on("message", (message: FromWorker) => {
    if (message.kind === "ready") resolve(message.facts);
    if (message.kind === "load-failed")
      child.once("exit", (code) => reject(new Error(`load-failed (${code}): ${message.reason}`)));
  });
  child.once("exit", (code, signal) => setImmediate(() => reject(new Error(`exit: ${signal ?? code}`))));
  return promise;
}

type Client = Pick<WorkerProcess, "call" | "chat" | "stream" | "health" | "heartbeat">;

function makeClient(child: ChildProcess, socketPath: string): Client {
  const open = (
    path: string,
    body: unknown,
    signal?: AbortSignal,
    headers: OutgoingHttpHeaders = {},
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? "GET" : "POST";
      const options = { socketPath, path, method, headers, ...(signal === undefined ? {} : { signal }) };
      const request = httpRequest(options, resolve);
      request.on("error", reject);
      request.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
    });
  const call: Client["call"] = async (path, body, signal, headers) => {
    const response = await open(path, body, signal, headers);
    return { status: response.statusCode ?? 0, headers: response.headers, text: await readText(response) };
  };
  return {
    call,
    async chat(body, headers) {
      const response = await open("/v1/chat/completions", body, undefined, headers);
      const text = await readText(response);
      if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${text}`);
      return JSON.parse(text) as ChatAnswer;
    },
    async *stream(body, signal) {
      const response = await open("/v1/chat/completions", { ...body, stream: true }, signal);
      let rest = "";
      response.setEncoding("utf8");
      for await (const part of response as AsyncIterable<string>) {
        const frames = (rest + part).split("\n\n");
        rest = frames.pop() ?? "";
        for (const frame of frames) {
          if (frame.startsWith(":")) continue;
          const data = frame.replace(/^data: /u, "");
          yield data === "[DONE]" ? data : (JSON.parse(data) as ChatChunk);
        }
      }
    },
    async health() {
      return JSON.parse((await call("/health")).text) as WorkerHealth;
    },
    heartbeat: (condition) =>
      new Promise((resolve) => {
        const listen = (message: FromWorker): void => {
          if (message.kind !== "heartbeat" || !condition(message)) return;
          child.off("message", listen);
          resolve(message);
        };
        child.on("message", listen);
      }),
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** The user says `text`. */
export function userSays(text: string): { readonly role: "user"; readonly content: string }[] {
  return [{ role: "user", content: text }];
}

/** Reads a stream to its end: the text, the calls' arguments by index, and the last finish reason. */
export async function collectStream(stream: AsyncIterable<ChatChunk | "[DONE]">): Promise<{
  readonly text: string;
  readonly chunks: readonly ChatChunk[];
  readonly finishReason: string | undefined;
  readonly isDone: boolean;
}> {
  const chunks: ChatChunk[] = [];
  let isDone = false;
  for await (const chunk of stream) {
    if (chunk === "[DONE]") isDone = true;
    else chunks.push(chunk);
  }
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []);
  return {
    text: choices.map(({ delta }) => delta.content ?? "").join(""),
    chunks,
    finishReason: choices.findLast(({ finish_reason: reason }) => reason !== null)?.finish_reason ?? undefined,
    isDone,
  };
}
