import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADMIN_KEY, startBox, stopProcess } from "./start-process.ts";

/** The id by which a benchmark asks for its model. */
const MODEL_ID = "bench/model";

/** The one model of a box. */
export interface BenchModel {
  readonly file: string;
  readonly threads: number;
  readonly contextTokens: number;
  readonly slots: number;
}

/** A whole box that serves one model on the CPU. */
export interface BoxedModel {
  readonly url: URL;
  /** Holds the box's data; removed at the end. */
  readonly folder: string;
  /** Sends a chat request for the model; throws unless the answer's status is 200. */
  chat(fields: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<Response>;
}

/** Starts a box with one model, waits until the model has answered, hands it to `measure`, and ends the box whatever happens. */
export async function withBoxedModel<Result>(
  model: BenchModel,
  measure: (box: BoxedModel) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
  try {
    const { child, url } = await startBox({ models: [{ id: MODEL_ID, device: "cpu", ...model }] }, folder);
    try {
      const box: BoxedModel = { url, folder, chat: (fields, signal) => postChat(url, fields, signal) };
      await (await box.chat({ max_tokens: 1, ...saying("Hello.") })).text();
      return await measure(box);
    } finally {
      await stopProcess(child);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The messages of a conversation that a user begins with `content`. */
export function saying(content: string): { readonly messages: readonly object[] } {
  return { messages: [{ role: "user", content }] };
}

/** A count that the end of an answer states, streamed or whole. */
export function countIn(answer: string, name: string): number {
  return Number(new RegExp(`"${name}":(\\d+)`, "u").exec(answer)?.[1]);
}

async function postChat(
  url: URL,
  fields: Readonly<Record<string, unknown>>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const response = await fetch(new URL("/v1/chat/completions", url), {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify({ model: MODEL_ID, ...fields }),
    signal: signal ?? null,
  });
  if (!response.ok) throw new Error(`The box answered ${response.status}: ${await response.text()}`);
  return response;
}
