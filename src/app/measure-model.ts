import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { DecodeRate } from "../core/endpoint.ts";
import { SignalboxError } from "../core/errors.ts";
import type { ModelSpeed, PrefillRate } from "../core/model-speed.ts";
import { createUnixTransport } from "../egress/unix-transport.ts";

/** A worker on a slow disk or a busy machine takes its time for a step; one that is silent for longer hangs. */
const SILENCE_MS = 60_000;

const LIMITS = {
  connectTimeoutMs: 2_000,
  headersTimeoutMs: SILENCE_MS,
  idleTimeoutMs: SILENCE_MS,
  maxHeaderBytes: 16 * 1024,
  maxBodyBytes: 1024 * 1024,
} as const;

const count = z.number().positive();

const lineSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("prefill"), promptTokens: count, tokensPerSecond: count }),
  z.object({ kind: z.literal("decode"), running: count, tokensPerSecond: count }),
  z.object({ kind: z.literal("end"), outcome: z.enum(["complete", "interrupted", "busy"]) }),
]);

/** One rate, as soon as it is measured. */
export type MeasuredRate = Exclude<z.infer<typeof lineSchema>, { kind: "end" }>;

/** What was measured until it ended, and why it did: `busy` and `interrupted` are a request's doing. */
export interface MeasuredModel extends ModelSpeed {
  readonly outcome: "complete" | "interrupted" | "busy";
}

/** How a worker is asked for its model's speed. */
export interface MeasureOptions {
  readonly socketPath: string;
  readonly budgetMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onRate?: (rate: MeasuredRate) => void;
}

/** Has a worker measure its model's speed while no request wants it. Rejects with a SignalboxError, or with the signal's reason. */
export async function measureModel(options: MeasureOptions): Promise<MeasuredModel> {
  const { socketPath, budgetMs, clock, signal, onRate } = options;
  const transport = createUnixTransport({ socketPath, clock, maxConnections: 1 });
  const prefill: PrefillRate[] = [];
  const decode: DecodeRate[] = [];
  try {
    const response = await transport.send({
      method: "POST",
      path: "/calibrate",
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ budgetMs })),
      signal,
      limits: LIMITS,
    });
    if (response.status !== 200)
      throw new SignalboxError("unsupported_parameter", "This model writes no text: its speed is that of requests.");
    for await (const text of createInterface({ input: Readable.from(response.body) })) {
      const line = lineSchema.parse(JSON.parse(text));
      if (line.kind === "end") return { prefill, decode, outcome: line.outcome };
      onRate?.(line);
      const { tokensPerSecond } = line;
      if (line.kind === "decode") decode.push({ running: line.running, tokensPerSecond });
      else prefill.push({ promptTokens: line.promptTokens, tokensPerSecond });
    }
  } finally {
    await transport.close();
  }
  throw new SignalboxError("worker_failed", "The model's process ended while its speed was measured.");
}
