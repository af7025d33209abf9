import type { ServerResponse } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { HttpTransport, TransportLimits, TransportRequest } from "../../src/core/transport.ts";
import { createUnixTransport } from "../../src/egress/unix-transport.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { rawStream, stallAfter, status } from "../support/upstream-behaviours.ts";
import { failureOf } from "../support/upstream-call.ts";
import { startUpstreamServer, type UpstreamBehaviour } from "../support/upstream-server.ts";

const LIMITS: TransportLimits = {
  connectTimeoutMs: 1_000,
  headersTimeoutMs: 2_000,
  idleTimeoutMs: 3_000,
  maxHeaderBytes: 4_096,
  maxBodyBytes: 256 * 1024 * 1024,
};

async function start(behave: UpstreamBehaviour, maxConnections = 4) {
  const socketPath = join(temporaryFolder(), "s.sock");
  const server = await startUpstreamServer({ behave, socketPath });
  const clock = new ManualClock();
  const transport = createUnixTransport({ socketPath, clock, maxConnections });
  onTestFinished(async () => {
    await transport.close();
    await server.close();
  });
  return { server, clock, transport };
}

function requestWith(limits: Partial<TransportLimits> = {}, signal = new AbortController().signal): TransportRequest {
  return { method: "POST", path: "/x", headers: {}, body: Buffer.from("{}"), signal, limits: { ...LIMITS, ...limits } };
}

async function read(transport: HttpTransport, request = requestWith()): Promise<string> {
  const { body } = await transport.send(request);
  const reads: Uint8Array[] = [];
  for await (const bytes of body) reads.push(bytes);
  return Buffer.concat(reads).toString();
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe("a response's body", () => {
  it("holds the sender back while nobody reads, and is whole in the end", async () => {
    const total = 48 * 1024 * 1024;
    let sent = 0;
    const piece = Buffer.alloc(64 * 1024, "x");
    const { clock, transport } = await start(async (_request, response: ServerResponse) => {
      response.writeHead(200);
      while (sent < total) {
        await new Promise<void>((resolve) => void response.write(piece, () => resolve()));
        sent += piece.byteLength;
      }
      response.end();
    });
    const { body } = await transport.send(requestWith());
    const reads = body[Symbol.asyncIterator]();
    let received = (await reads.next()).value?.byteLength ?? 0;
    for (let before = -1; before !== sent;) {
      before = sent;
      await turns(200);
    }
    expect(sent).toBeLessThan(total / 4);
    clock.advance(60_000); // Held back is not idle.
    for (let next = await reads.next(); next.done !== true; next = await reads.next())
      received += next.value.byteLength;
    expect(received).toBe(total);
  });

  it("delivers what arrived before it throws", async () => {
    const { transport } = await start(async (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      await new Promise<void>((resolve) => void response.write("begun", () => resolve()));
      response.socket?.destroy();
    });
    const { body } = await transport.send(requestWith());
    const reads = body[Symbol.asyncIterator]();
    expect(Buffer.from((await reads.next()).value as Uint8Array).toString()).toBe("begun");
    await expect(reads.next()).rejects.toMatchObject({ code: "upstream_failed" });
  });

  it("may not exceed its limit", async () => {
    const { server, transport } = await start(rawStream("x".repeat(600), "y".repeat(600)));
    await expect(read(transport, requestWith({ maxBodyBytes: 1_000 }))).rejects.toMatchObject({
      code: "upstream_invalid_response",
    });
    await server.idle();
  });

  it("is passed over after an interim response", async () => {
    const { transport } = await start((_request, response) => {
      response.writeEarlyHints({ link: "</x>; rel=preload" });
      response.writeHead(200).end("final");
    });
    expect(await read(transport)).toBe("final");
  });
});

describe("a response's head", () => {
  it.each([
    ["more header bytes than the call allows", "x".repeat(5_000)],
    ["more header bytes than the transport keeps", "x".repeat(70_000)],
  ])("may not have %s", async (_what, value) => {
    const { server, transport } = await start(status(200, "", { "x-large": value }));
    await expect(read(transport)).rejects.toMatchObject({ code: "upstream_invalid_response" });
    await server.idle();
  });

  it("keeps the last of repeated headers, in lower case", async () => {
    const { transport } = await start((_request, response) => {
      response
        .writeHead(
          200,
          [
            ["X-Twice", "1"],
            ["x-twice", "2"],
          ].flat(),
        )
        .end();
    });
    const { headers, body } = await transport.send(requestWith());
    expect(headers["x-twice"]).toBe("2");
    await body[Symbol.asyncIterator]().return?.();
  });
});

describe("time limits", () => {
  it("waits for a connection no longer than allowed, and then sends nothing", async () => {
    const { clock, server, transport } = await start(stallAfter(), 1);
    const caller = new AbortController();
    const first = failureOf(read(transport, requestWith({ headersTimeoutMs: 60_000 }, caller.signal)));
    await server.received(1);
    const second = failureOf(read(transport));
    clock.advance(1_000);
    expect(await second).toMatchObject({
      code: "upstream_timeout",
      message: expect.stringContaining("could not be reached within 1000 ms") as string,
    });
    caller.abort();
    expect(await first).toMatchObject({ message: expect.stringContaining("cancelled") as string });
    await server.idle();
    await turns(20);
    expect(server.requests).toHaveLength(1);
  });

  it("waits for the headers no longer than allowed", async () => {
    const { clock, server, transport } = await start(stallAfter());
    const failure = failureOf(read(transport));
    await server.received(1);
    clock.advance(2_000);
    expect(await failure).toMatchObject({
      message: expect.stringContaining("did not begin to answer within 2000 ms") as string,
    });
    await server.idle();
  });

  it("allows silence within the body no longer than stated, counted from the last bytes", async () => {
    const more = Promise.withResolvers<void>();
    const { clock, server, transport } = await start(async (_request, response) => {
      response.writeHead(200).write("one");
      await more.promise;
      response.write("two");
    });
    const { body } = await transport.send(requestWith());
    const reads = body[Symbol.asyncIterator]();
    await reads.next();
    clock.advance(2_900);
    more.resolve();
    await reads.next();
    clock.advance(2_900);
    const failure = failureOf(reads.next());
    clock.advance(100);
    expect(await failure).toMatchObject({ message: expect.stringContaining("was silent for 3000 ms") as string });
    await server.idle();
  });
});

describe("a transport", () => {
  it("ends its connections when it is closed, also those in use", async () => {
    const { server, transport } = await start(stallAfter("begun"));
    const { body } = await transport.send(requestWith());
    const failure = failureOf(Array.fromAsync(body));
    await transport.close();
    expect(await failure).toMatchObject({ code: "upstream_unreachable" });
    await server.idle();
    await expect(read(transport)).rejects.toMatchObject({ code: "upstream_unreachable" });
  });

  it("takes bytes that come after the answer for no answer to the next request", async () => {
    const socketPath = join(temporaryFolder(), "raw.sock");
    const answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n";
    const server = createServer((socket) => {
      socket.on("error", () => undefined); // The client ends the connection when it sees the surplus.
      socket.on("data", () => socket.write(`${answer}ok${answer}no`));
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const transport = createUnixTransport({ socketPath, clock: new ManualClock(), maxConnections: 4 });
    onTestFinished(async () => {
      await transport.close();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    });
    expect(await read(transport)).toBe("ok");
    expect(await read(transport)).toBe("ok");
  });
});
