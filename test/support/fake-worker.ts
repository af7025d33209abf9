import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { FromWorker, ToWorker, WorkerOptions } from "../../src/hosting/worker-protocol.ts";

/**
 * A worker without a model: a real process that speaks the worker's protocol and behaves as its "model file" says,
 * which it reads anew at every start. Once it is ready, requests to its socket make it do things:
 * `POST /heartbeat` (the body is sent as a heartbeat), `/send` (the body is sent as it is), `/exit?code=N`,
 * `/die?signal=NAME`, `/grow?mib=N` (keeps that much more, and beats with what it has); `GET /facts` answers with what it knows of itself.
 */
export interface FakeWorkerBehaviour {
  /** `hang`: reports a quarter of the load and then nothing. */
  readonly load: "ready" | "fail" | "out-of-memory" | "hang" | "abort" | "exit";
  readonly ignoresSigterm?: boolean;
  readonly ignoresDisconnect?: boolean;
  /** Written to standard error before loading. */
  readonly lines?: readonly string[];
}

function send(message: FromWorker | Record<string, unknown>): void {
  process.send?.(message);
}

function main({ modelFile, socketPath, contextTokens, slots, threads }: WorkerOptions): void {
  const behaviour = JSON.parse(readFileSync(modelFile, "utf8")) as FakeWorkerBehaviour;
  process.on("SIGTERM", () => behaviour.ignoresSigterm === true || process.exit(0));
  process.on("disconnect", () => behaviour.ignoresDisconnect === true || process.exit(0));
  // Keeps the process alive whatever happens to its channel.
  setInterval(() => {}, 60_000);
  for (const line of behaviour.lines ?? []) process.stderr.write(`${line}\n`);
  if (behaviour.load === "abort") return process.abort();
  if (behaviour.load === "exit") return process.exit(7);
  send({ kind: "loading", progress: 0.25 });
  if (behaviour.load === "hang") return;
  if (behaviour.load === "fail") return send({ kind: "load-failed", reason: "the file is no model" });
  if (behaviour.load === "out-of-memory")
    return send({ kind: "load-failed", reason: "there is not enough memory", outOfMemory: true });
  createServer(answer).listen(socketPath, () => {
    const facts = { contextTokens, slots, threads, device: "cpu" as const, loadMs: 1, weightBytes: 1_000 };
    send({ kind: "ready", facts });
  });
}

/** What an engine would have lost. */
const lost: Buffer[] = [];

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://worker");
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    if (url.pathname === "/die") process.kill(process.pid, url.searchParams.get("signal") ?? "SIGKILL");
    if (url.pathname === "/exit") process.exit(Number(url.searchParams.get("code")));
    if (url.pathname === "/heartbeat") {
      send({ kind: "heartbeat", running: 0, queued: 0, evaluatedTokens: 0, residentBytes: 1, ...JSON.parse(body) });
    }
    if (url.pathname === "/grow") {
      lost.push(Buffer.alloc(Number(url.searchParams.get("mib")) * 1024 ** 2, 1));
      send({ kind: "heartbeat", running: 0, queued: 0, evaluatedTokens: 0, residentBytes: process.memoryUsage.rss() });
    }
    if (url.pathname === "/send") send(JSON.parse(body));
    const affinity = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    const oomScoreAdjustment = readFileSync("/proc/self/oom_score_adj", "utf8").trim();
    const commandLine = readFileSync("/proc/self/cmdline", "utf8").split("\0");
    response.end(JSON.stringify({ environment: process.env, affinity, oomScoreAdjustment, commandLine }));
  });
}

process.on("message", (message: ToWorker) => {
  if (message.kind === "start") main(message.options);
});
