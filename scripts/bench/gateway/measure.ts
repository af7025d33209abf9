import { connect, type Socket } from "node:net";

/** Where a load goes, and what it says there. */
export interface Target {
  readonly name: string;
  readonly port: number;
  /** One whole HTTP request. */
  readonly request: Buffer;
}

/** What one load showed. */
export interface Load {
  /** Of each request, in microseconds, ascending. */
  readonly latenciesUs: Float64Array;
  readonly requestsPerSecond: number;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const END_OF_CHUNKS = Buffer.from("0\r\n\r\n");

/**
 * Keeps `concurrency` connections busy for `durationMs`, each with one request at a time. Closed loop: the figures at
 * one connection are latencies, those at many are throughput. Fails on any answer that is not a 200.
 */
export async function measure(target: Target, concurrency: number, durationMs: number): Promise<Load> {
  const latenciesUs: number[] = [];
  const startedMs = performance.now();
  const endMs = startedMs + durationMs;
  await Promise.all(Array.from({ length: concurrency }, () => drive(target, endMs, latenciesUs)));
  const seconds = (performance.now() - startedMs) / 1_000;
  return { latenciesUs: Float64Array.from(latenciesUs).sort(), requestsPerSecond: latenciesUs.length / seconds };
}

function drive(target: Target, endMs: number, latenciesUs: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(target.port, "127.0.0.1");
    let received: Buffer = Buffer.alloc(0);
    let sentMs = 0;
    const send = (): void => {
      sentMs = performance.now();
      socket.write(target.request);
    };
    socket.setNoDelay(true);
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => resolve());
    socket.on("data", (data: Buffer) => {
      received = received.length === 0 ? data : Buffer.concat([received, data]);
      if (!isComplete(received)) return;
      if (received.toString("latin1", 9, 12) !== "200") {
        reject(new Error(`${target.name} answered: ${received.toString("utf8", 0, 500)}`));
        socket.destroy();
        return;
      }
      const nowMs = performance.now();
      latenciesUs.push((nowMs - sentMs) * 1_000);
      received = Buffer.alloc(0);
      if (nowMs >= endMs) socket.destroy();
      else send();
    });
  });
}

function isComplete(received: Buffer): boolean {
  const headEnd = received.indexOf(END_OF_HEAD);
  if (headEnd === -1) return false;
  const head = received.toString("latin1", 0, headEnd).toLowerCase();
  const length = /content-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return received.length >= headEnd + END_OF_HEAD.length + Number(length);
  return received.subarray(-END_OF_CHUNKS.length).equals(END_OF_CHUNKS);
}
