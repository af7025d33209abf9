import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { chatHead, connectRaw } from "./raw-client.ts";
import { answerOf, chunk } from "./scripted-service.ts";
import { HELLO, startGateway } from "./start-gateway.ts";
import { WatchedClock } from "./watched-clock.ts";

const STREAM = JSON.stringify({ ...HELLO, stream: true });
const PLAIN = JSON.stringify(HELLO);

describe("draining", () => {
  it("lets a stream finish, refuses new requests on kept connections, and then closes", async () => {
    const box = await startGateway();
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    box.service.script = async function* () {
      yield chunk({ content: "first" });
      await finished;
      yield chunk({ content: "last" });
    };
    const client = await connectRaw(box.port);
    // The second request waits behind the first on the same connection, and is looked at when the first has ended.
    client.write(chatHead([`content-length: ${STREAM.length}`]) + STREAM);
    await client.untilReceived("first");
    const drained = box.gateway.drain(60_000);
    client.write(chatHead([`content-length: ${PLAIN.length}`]) + PLAIN);
    await expect(fetch(box.url)).rejects.toThrow("fetch failed");
    finish();
    await drained;
    const received = await client.untilClosed();
    expect(received).toContain("last");
    expect(received).toContain("[DONE]");
    expect(box.service.jobs).toHaveLength(1);
  });

  it("tells a request that comes on a kept connection that it is too late", async () => {
    const box = await startGateway();
    box.service.script = async function* ({ signal }) {
      yield chunk({ content: "first" });
      await once(signal, "abort");
      throw signal.reason;
    };
    const waiting = await connectRaw(box.port);
    waiting.write(chatHead([`content-length: ${STREAM.length}`]) + STREAM);
    await waiting.untilReceived("first");
    const early = await connectRaw(box.port);
    early.write(chatHead([`content-length: ${PLAIN.length}`]).slice(0, 40));
    // A request whose headers have begun is no idle connection, which a drain would simply close.
    await (await box.get("/healthz")).text();
    const drained = box.gateway.drain(60_000);
    early.write(chatHead([`content-length: ${PLAIN.length}`]).slice(40) + PLAIN);
    const received = await early.untilReceived("draining");
    expect(received).toMatch(/^HTTP\/1\.1 503 /);
    expect(received.toLowerCase()).toContain("retry-after: 5");
    waiting.socket.destroy();
    await drained;
  });

  it("cuts off what is left at the deadline, and says so in the stream", async () => {
    const clock = new WatchedClock();
    const box = await startGateway({ clock });
    box.service.script = async function* ({ signal }) {
      yield chunk({ content: "first" });
      await once(signal, "abort");
      throw signal.reason;
    };
    const client = await connectRaw(box.port);
    client.write(chatHead([`content-length: ${STREAM.length}`]) + STREAM);
    await client.untilReceived("first");
    const drained = box.gateway.drain(5_000);
    clock.advance(5_000);
    await drained;
    const received = await client.untilClosed();
    expect(received).toContain('"code":"draining"');
    expect(received).not.toContain("[DONE]");
    expect(box.service.ended).toBe(1);
  });

  it("ends when a request ignores its abort", async () => {
    const clock = new WatchedClock();
    const box = await startGateway({ clock });
    box.service.script = async function* () {
      yield chunk({ content: "first" });
      await new Promise(() => {});
    };
    const client = await connectRaw(box.port);
    client.write(chatHead([`content-length: ${STREAM.length}`]) + STREAM);
    await client.untilReceived("first");
    const drained = box.gateway.drain(1_000);
    clock.advance(1_000);
    await new Promise(setImmediate);
    clock.advance(10_000);
    await drained;
    await client.untilClosed();
  });
});

describe("listening", () => {
  it("says what to change when something else has the port", async () => {
    const box = await startGateway();
    await expect(startGateway({ port: box.port })).rejects.toThrow("something else listens there");
  });

  it("serves requests at the same time", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("x");
    const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await box.post(HELLO)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});
