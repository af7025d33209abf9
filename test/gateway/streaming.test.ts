import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import { chatHead, connectRaw, type RawClient } from "./raw-client.ts";
import { chunk } from "./scripted-service.ts";
import { HELLO, startGateway, type RunningGateway } from "./start-gateway.ts";
import { WatchedClock } from "./watched-clock.ts";

const BODY = JSON.stringify({ ...HELLO, stream: true });

async function openStream(box: RunningGateway): Promise<RawClient> {
  const client = await connectRaw(box.port);
  client.write(chatHead([`content-length: ${BODY.length}`]) + BODY);
  return client;
}

/** Says one word, then nothing until the signal aborts. */
async function* sayOnceAndWait(signal: AbortSignal): AsyncGenerator<InferenceEvent> {
  yield chunk({ content: "first" });
  if (!signal.aborted) await once(signal, "abort");
  throw signal.reason;
}

describe("a client that leaves", () => {
  it("aborts the endpoint while it is silent", async () => {
    const box = await startGateway();
    box.service.script = ({ signal }) => sayOnceAndWait(signal);
    const client = await openStream(box);
    await client.untilReceived("first");
    client.socket.destroy();
    await expect.poll(() => box.service.ended).toBe(1);
    expect(box.service.jobs[0]?.signal.reason).toMatchObject({ code: "client_closed_request" });
    await expect.poll(() => box.logged[0]).toMatchObject({ code: "client_closed_request", cutShort: true });
  });

  it("stops an endpoint that never pauses", async () => {
    const box = await startGateway();
    box.service.script = async function* () {
      for (;;) {
        yield chunk({ content: "more" });
        await new Promise(setImmediate);
      }
    };
    const client = await openStream(box);
    await client.untilReceived("more");
    client.socket.destroy();
    await expect.poll(() => box.service.ended).toBe(1);
  });
});

describe("a client that does not read", () => {
  it("is not read for: the endpoint is asked for no more than fits between them", async () => {
    const box = await startGateway();
    let produced = 0;
    const text = "x".repeat(64 * 1024);
    box.service.script = async function* () {
      for (; produced < 500; produced++) yield chunk({ content: text });
    };
    const client = await openStream(box);
    await client.untilReceived("xxx");
    client.socket.pause();
    await expect
      .poll(async () => {
        const before = produced;
        await new Promise((resolve) => setTimeout(resolve, 50));
        return produced === before;
      })
      .toBe(true);
    expect(produced).toBeLessThan(400);
    client.socket.resume();
    await client.untilReceived("[DONE]");
    expect(produced).toBe(500);
  });
});

describe("a silent stream", () => {
  it("is kept open with comments, which are no events", async () => {
    const clock = new WatchedClock();
    const box = await startGateway({ clock });
    box.service.script = ({ signal }) => sayOnceAndWait(signal);
    const client = await openStream(box);
    await client.untilReceived("first");
    clock.advance(14_000);
    expect(client.received()).not.toContain(": waiting");
    clock.advance(2_000);
    expect(await client.untilReceived(": waiting\n\n")).not.toContain("data: : waiting");
  });
});
