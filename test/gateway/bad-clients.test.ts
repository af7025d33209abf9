import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { answerOf, chunk } from "./scripted-service.ts";
import { chatHead, connectRaw } from "./raw-client.ts";
import { HELLO, startGateway, type RunningGateway } from "./start-gateway.ts";
import { WatchedClock } from "./watched-clock.ts";

const BODY = JSON.stringify(HELLO);

/** A healthy request still gets its answer: whatever happened before has hurt only itself. */
async function expectHealthy(box: RunningGateway): Promise<void> {
  box.service.script = () => answerOf("fine");
  expect((await box.post(HELLO)).status).toBe(200);
}

describe("a request that states its length in two ways", () => {
  it.each([
    ["length and chunks", ["content-length: 4", "transfer-encoding: chunked"]],
    ["two lengths", ["content-length: 4", "content-length: 5"]],
    ["a length that is no number", ["content-length: 4x"]],
    ["an encoding that hides chunked", ["transfer-encoding: chunked, identity"]],
  ])("is refused and its connection closed: %s", async (_name, headers) => {
    const box = await startGateway();
    const client = await connectRaw(box.port);
    client.write(`${chatHead(headers)}0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: box\r\n\r\n`);
    const received = await client.untilClosed();
    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(received).not.toContain("HTTP/1.1 200");
    expect(box.service.jobs).toHaveLength(0);
    await expectHealthy(box);
  });
});

describe("bytes that are no request", () => {
  it.each([
    ["garbage", "\u0016\u0003\u0001hello\r\n\r\n"],
    ["a bare line feed in a header", "GET / HTTP/1.1\nhost: box\nx: y\n z\n\n"],
    ["no host", "GET /healthz HTTP/1.1\r\n\r\n"],
  ])("get a 400: %s", async (_name, text) => {
    const box = await startGateway();
    const client = await connectRaw(box.port);
    client.write(text);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 400 /);
    await expectHealthy(box);
  });

  it("get a 431 when the headers are too large", async () => {
    const box = await startGateway();
    const client = await connectRaw(box.port);
    client.write(`GET /healthz HTTP/1.1\r\nhost: box\r\nx: ${"a".repeat(40_000)}\r\n\r\n`);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 431 /);
    await expectHealthy(box);
  });
});

describe("a body that is too large", () => {
  it("is refused by its announced length, before it is sent", async () => {
    const box = await startGateway({ bodyLimitBytes: 1_000 });
    const client = await connectRaw(box.port);
    client.write(chatHead(["content-length: 1000000000"]));
    const received = await client.untilReceived("request_too_large");
    expect(received).toMatch(/^HTTP\/1\.1 413 /);
    expect(received.toLowerCase()).toContain("connection: close");
    await expectHealthy(box);
  });

  it("is refused as soon as it is, when its length was not announced", async () => {
    const box = await startGateway({ bodyLimitBytes: 1_000 });
    const client = await connectRaw(box.port);
    client.write(`${chatHead(["transfer-encoding: chunked"])}800\r\n${"a".repeat(0x800)}\r\n`);
    expect(await client.untilReceived("request_too_large")).toMatch(/^HTTP\/1\.1 413 /);
    await expectHealthy(box);
  });

  it("lets a client that is still sending it read why", async () => {
    const box = await startGateway({ bodyLimitBytes: 1_000 });
    const response = await box.post("x".repeat(5_000_000));
    expect(response.status).toBe(413);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe("request_too_large");
  });

  it("is not asked for when the client waits to be asked", async () => {
    const box = await startGateway({ bodyLimitBytes: 1_000 });
    const client = await connectRaw(box.port);
    client.write(chatHead(["content-length: 2000", "expect: 100-continue"]));
    const received = await client.untilReceived("request_too_large");
    expect(received).not.toContain("100 Continue");
  });
});

describe("a body that does not come", () => {
  it("is given up after a pause, with a 408", async () => {
    const clock = new WatchedClock();
    const box = await startGateway({ clock });
    const client = await connectRaw(box.port);
    client.write(`${chatHead([`content-length: ${BODY.length}`])}${BODY.slice(0, 5)}`);
    await expect.poll(() => clock.timersSet).toBeGreaterThan(0);
    clock.advance(20_000);
    expect(await client.untilReceived("request_timeout")).toMatch(/^HTTP\/1\.1 408 /);
    expect(box.service.jobs).toHaveLength(0);
  });

  it("is noticed when the client leaves in the middle of it", async () => {
    const box = await startGateway();
    const client = await connectRaw(box.port);
    client.write(`${chatHead([`content-length: ${BODY.length}`])}${BODY.slice(0, 5)}`);
    client.socket.destroy();
    await expect.poll(() => box.logged.map((line) => line["code"])).toEqual(["client_closed_request"]);
    expect(box.logged[0]).toMatchObject({ status: 499 });
    await expectHealthy(box);
  });

  it("is asked for when the client waits to be asked", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("asked");
    const client = await connectRaw(box.port);
    client.write(chatHead([`content-length: ${BODY.length}`, "expect: 100-continue"]));
    await client.untilReceived("100 Continue");
    client.write(BODY);
    await client.untilReceived("asked");
  });
});

describe("a body that is a trap", () => {
  it.each([
    ["a million levels of nesting", `{"messages":${"[".repeat(400_000)}`],
    ["a prototype", '{"__proto__":{"messages":[]},"constructor":{"prototype":{"role":"admin"}}}'],
    ["half a million empty lists", `{"model":"a","messages":[${"[],".repeat(300_000)}[]]}`],
  ])("is refused with a 400: %s", async (_name, body) => {
    const box = await startGateway();
    expect((await box.post(body)).status).toBe(400);
    await expectHealthy(box);
  });

  it("is refused when it is compressed, as a small body could become a huge one", async () => {
    const box = await startGateway();
    expect((await box.post(BODY, { "content-encoding": "gzip" })).status).toBe(415);
  });
});

describe("requests sent without waiting for answers", () => {
  it("are answered in their order", async () => {
    const box = await startGateway();
    const client = await connectRaw(box.port);
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: box\r\n\r\n`;
    client.write(get("/healthz") + get("/nowhere") + get("/readyz"));
    const received = await client.untilReceived('"ready":true');
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200"]);
  });

  it("end with their connection, those that wait behind another one too", async () => {
    const box = await startGateway();
    box.service.script = async function* ({ signal }) {
      yield chunk({ content: "first" });
      if (!signal.aborted) await once(signal, "abort");
      throw signal.reason;
    };
    const client = await connectRaw(box.port);
    const body = JSON.stringify({ ...HELLO, stream: true });
    const request = chatHead([`content-length: ${body.length}`]) + body;
    client.write(request + request + request);
    await expect.poll(() => box.service.jobs).toHaveLength(3);
    client.socket.destroy();
    await expect.poll(() => box.service.ended).toBe(3);
    await expect.poll(() => box.logged).toHaveLength(3);
  });
});
