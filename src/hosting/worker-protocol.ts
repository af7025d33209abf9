import type { LoadedModelFacts } from "../core/local-model.ts";
import type { ModelId } from "../core/ids.ts";

/**
 * How the gateway and a model's process talk.
 *
 * The process is forked with the model's id as its only argument, so that `ps` shows what it is. Over IPC it receives
 * one `start`, any number of `give-back` and at most one `stop`, and sends the messages below. Requests travel over the unix socket alone: HTTP,
 * `GET /health` and what the model is made for (OpenAI's `POST /v1/chat/completions`, `POST /v1/embeddings` …), with
 * `x-request-id` and `x-signalbox-cache-scope`.
 */
export interface WorkerOptions {
  readonly modelId: ModelId;
  /** Absolute path of the GGUF file. */
  readonly modelFile: string;
  /** Absolute path of the socket to listen on; at most 107 bytes on Linux. */
  readonly socketPath: string;
  readonly device: { readonly kind: "cpu" } | { readonly kind: "gpu"; readonly uuid?: string };
  /** Threads of llama.cpp; never the library's default, which ignores affinity and quota. */
  readonly threads: number;
  /** Per slot. */
  readonly contextTokens: number;
  readonly slots: number;
  /** Requests that wait inside the worker beyond its slots; more are answered with 429. */
  readonly queueLimit: number;
  /** The most tokens that one prefill step evaluates; a slow model takes fewer, so that cancels and other slots wait less. */
  readonly prefillChunkTokens: number;
  readonly heartbeatIntervalMs: number;
  /** Memory for the states of conversations that no slot holds any more, beside the worker's own. Absent: none. */
  readonly stateCacheBytes?: number;
}

/** What a model can give back without leaving: states that were put aside, or the context of an idle one with all that it has read. */
export type Giveable = "states" | "context";

/** What the gateway tells a worker over IPC. */
export type ToWorker =
  | { readonly kind: "start"; readonly options: WorkerOptions }
  /** Answered with `given-back`. A context comes back with the next request. */
  | { readonly kind: "give-back"; readonly what: Giveable }
  | { readonly kind: "stop" };

/** What a worker tells the gateway over IPC. */
export type FromWorker =
  | { readonly kind: "loading"; readonly progress: number }
  | { readonly kind: "ready"; readonly facts: LoadedModelFacts }
  | { readonly kind: "load-failed"; readonly reason: string; readonly outOfMemory?: boolean }
  /** False: a request had come, or there is nothing of the kind. */
  | { readonly kind: "given-back"; readonly what: Giveable; readonly isGiven: boolean }
  | WorkerHeartbeat;

/**
 * Sent every `heartbeatIntervalMs` by the event loop. Evaluation runs outside the loop, so a live heartbeat whose
 * `evaluatedTokens` stands still while `running` is above 0 is a hang.
 */
export interface WorkerHeartbeat {
  readonly kind: "heartbeat";
  readonly running: number;
  readonly queued: number;
  /** Prompt and answer tokens evaluated since the start. */
  readonly evaluatedTokens: number;
  /** Of the process, with pages of files that others map too. */
  readonly residentBytes: number;
  /** Of these, what only the end of the process gives back; absent where the system does not say. */
  readonly anonymousBytes?: number;
  /** Of states that were put aside: files in memory, beside the process. Absent: none. */
  readonly savedStateBytes?: number;
  readonly prefillTokensPerSecond?: number;
  readonly decodeTokensPerSecond?: number;
}
