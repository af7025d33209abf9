import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import type { EngineSlot } from "./load-engine.ts";
import { invalidField } from "./invalid-field.ts";
import { measureRates } from "./measure-rates.ts";
import { parseClassifyRequest } from "./parse-classify-request.ts";
import { parseCompletionRequest } from "./parse-completion-request.ts";
import { parseTextRequest } from "./parse-text-request.ts";
import type { Classifier } from "./run-classification.ts";
import type { CompletionRunner } from "./run-completion.ts";
import type { TextRunner } from "./run-text.ts";
import type { SlotPool } from "./slot-pool.ts";
import { sendJson, type WorkerExchange, type WorkerRoute } from "./worker-server.ts";
import { TextWriter } from "./write-text.ts";
import { newHead, StreamFrames, WholeCompletion } from "./write-completion.ts";

/** A model that writes text, as its routes see it. */
export interface ServedText {
  readonly modelId: string;
  readonly systemFingerprint: string;
  readonly runner: CompletionRunner;
  readonly textRunner: TextRunner;
  readonly classifier: Classifier;
  readonly pool: SlotPool<EngineSlot>;
}

/** What can be asked of a model that writes text. */
export function textRoutes(served: ServedText): ReadonlyMap<string, WorkerRoute> {
  return new Map<string, WorkerRoute>([
    ["/v1/chat/completions", (exchange) => complete(served, exchange)],
    ["/v1/completions", (exchange) => completeText(served, exchange)],
    ["/v1/classify", (exchange) => classify(served, exchange)],
    ["/tokenize", (exchange) => countTokens(served, exchange)],
    ["/calibrate", (exchange) => calibrate(served, exchange)],
  ]);
}

async function complete(served: ServedText, { json, response, signal, cacheScope }: WorkerExchange): Promise<void> {
  const parsed = parseCompletionRequest(json);
  const head = newHead("chatcmpl", served.modelId, served.systemFingerprint, Date.now());
  const events = served.runner.run(parsed, signal, cacheScope);
  const { isExcluded } = parsed.reasoning;
  try {
    if (parsed.stream)
      await streamCompletion(
        served.pool,
        events,
        new StreamFrames(head, isExcluded),
        parsed.includeUsage,
        response,
        signal,
      );
    else await sendWholeCompletion(events, new WholeCompletion(head, isExcluded), response);
  } finally {
    // Frees the slot when it was this side that failed; does nothing after the end.
    await events.return(undefined as never);
  }
}

/** @see https://platform.openai.com/docs/api-reference/completions/create */
async function completeText(served: ServedText, { json, response, signal, cacheScope }: WorkerExchange): Promise<void> {
  const request = parseTextRequest(json);
  const writer = new TextWriter(newHead("cmpl", served.modelId, served.systemFingerprint, Date.now()));
  const events = served.textRunner.run(request, signal, cacheScope);
  try {
    for (;;) {
      const { value, done } = await events.next();
      if (done && !request.stream) return sendJson(response, 200, writer.whole(value));
      if (done) return void response.end(`${request.includeUsage ? writer.usageFrame(value) : ""}data: [DONE]\n\n`);
      const frame = writer.add(value);
      if (request.stream) await writeFrame(served.pool, frame, response, signal);
    }
  } finally {
    await events.return(undefined as never);
  }
}

/** The answer that `docs/api.md` describes. */
async function classify(served: ServedText, { json, response, signal, cacheScope }: WorkerExchange): Promise<void> {
  const { values, promptTokens } = await served.classifier.classify(parseClassifyRequest(json), signal, cacheScope);
  const { id, created, model } = newHead("clsf", served.modelId, served.systemFingerprint, Date.now());
  const results = values.map((value, index) => ({ index, ...value }));
  const usage = { prompt_tokens: promptTokens, total_tokens: promptTokens };
  sendJson(response, 200, JSON.stringify({ id, object: "classification", created, model, results, usage }));
}

/** Measures the model's speed while nobody asks it anything: a line of JSON for each rate, and a last one with how it ended. */
async function calibrate({ runner, pool }: ServedText, { json, response, signal }: WorkerExchange): Promise<void> {
  const parsed = calibrationSchema.safeParse(json);
  if (!parsed.success) throw invalidField(parsed.error);
  const { budgetMs } = parsed.data;
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  const write = (line: object): boolean => response.write(`${JSON.stringify(line)}\n`);
  const borrowed = pool.borrowAll();
  if (borrowed === undefined) return void response.end(`${JSON.stringify({ kind: "end", outcome: "busy" })}\n`);
  const either = AbortSignal.any([signal, borrowed.signal]);
  let outcome = "complete";
  try {
    const rates = measureRates({ engine: runner.engine, slots: borrowed.slots, budgetMs, signal: either });
    for await (const rate of rates) write(rate);
  } catch (error) {
    if (!either.aborted) throw error;
    outcome = "interrupted";
  } finally {
    borrowed.giveBack();
  }
  response.end(`${JSON.stringify({ kind: "end", outcome })}\n`);
}

/** The most that a measurement may take, whoever asks. */
const MAX_CALIBRATION_MS = 120_000;

const calibrationSchema = z.strictObject({ budgetMs: z.int().min(1).max(MAX_CALIBRATION_MS) });

type CompletionEvents = ReturnType<CompletionRunner["run"]>;

async function sendWholeCompletion(
  events: CompletionEvents,
  whole: WholeCompletion,
  response: ServerResponse,
): Promise<void> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) return sendJson(response, 200, whole.toJson(value));
    whole.add(value);
  }
}

async function streamCompletion(
  pool: SlotPool<EngineSlot>,
  events: CompletionEvents,
  frames: StreamFrames,
  includeUsage: boolean,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) {
      response.end(`${includeUsage ? frames.usage(value) : ""}data: [DONE]\n\n`);
      return;
    }
    await writeFrame(pool, frames.event(value), response, signal);
  }
}

function countTokens({ runner }: ServedText, { json, response }: WorkerExchange): void {
  const text = typeof json === "object" && json !== null && "text" in json ? json.text : undefined;
  if (text !== undefined && typeof text !== "string")
    throw new SignalboxError("invalid_request", "`text` must be a string.", { param: "text" });
  const count =
    text === undefined
      ? runner.countPromptTokens(parseCompletionRequest(json))
      : runner.engine.model.tokenize(text).length;
  sendJson(response, 200, JSON.stringify({ count, context_tokens: runner.engine.contextTokens }));
}

/** A client that does not read stops the generation until it does, so that nothing piles up here. */
async function writeFrame(
  pool: SlotPool<EngineSlot>,
  frame: string,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (!response.headersSent) startStream(response);
  if (!response.write(frame)) await pool.pauseFor(once(response, "drain", { signal }));
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
}
