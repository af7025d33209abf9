import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runBox, type RunningBox } from "../support/run-box.ts";

const SLOTS = 4;
/** Long enough that ten times the capacity is little work for the machine: the endpoint is overloaded here, not the box. */
const SERVICE_MS = 1_000;
const CAPACITY_PER_SECOND = (SLOTS * 1_000) / SERVICE_MS;
const OVERLOAD_S = 60;
const DEADLINE_MS = 5_000;

const ANSWER = JSON.stringify({
  id: "1",
  object: "chat.completion",
  created: 1,
  model: "m",
  choices: [{ index: 0, message: { role: "assistant", content: "yes" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 },
});

let upstream: Server;
let box: RunningBox;
let inside = 0;
let mostInside = 0;

beforeAll(async () => {
  upstream = createServer((request, response) => {
    // The box also asks how busy the server is; it can't tell.
    if (request.method === "GET") {
      response.writeHead(404).end();
      return;
    }
    inside += 1;
    mostInside = Math.max(mostInside, inside);
    request.resume();
    const service = setTimeout(
      () => response.writeHead(200, { "content-type": "application/json" }).end(ANSWER),
      SERVICE_MS,
    );
    // Also where the box gave it up: an engine that hears of it stops.
    response.on("close", () => {
      clearTimeout(service);
      inside -= 1;
    });
  });
  upstream.listen(0, "127.0.0.1");
  await once(upstream, "listening");
  const { port } = upstream.address() as AddressInfo;
  const models = [{ id: "m", contextTokens: 4_096 }];
  box = await runBox({
    config: {
      providers: [
        { id: "slow", location: "site", baseUrl: `http://127.0.0.1:${port}/v1`, maxConcurrency: SLOTS, models },
      ],
    },
  });
}, 60_000);

afterAll(async () => {
  await box.stop();
  upstream.close();
});

/** Asks once. */
async function ask() {
  const response = await box.chat(
    { model: "m", messages: [{ role: "user", content: "well?" }] },
    { "x-deadline-ms": String(DEADLINE_MS) },
  );
  const text = await response.text();
  const retryAfterS = response.headers.get("retry-after");
  return { status: response.status, retryAfterS, text };
}

test(
  "ten times the capacity for a minute is refused early, and is over when it is over",
  async () => {
    const asked: Promise<Awaited<ReturnType<typeof ask>>>[] = [];
    const startedMs = performance.now();
    while (performance.now() - startedMs < OVERLOAD_S * 1_000) {
      const due = ((performance.now() - startedMs) / 1_000) * CAPACITY_PER_SECOND * 10;
      while (asked.length < due) asked.push(ask());
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const answers = await Promise.all(asked);
    const served = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => ![200, 408, 429].includes(status))).toEqual([]);
    expect(served.length).toBeGreaterThan(0.75 * CAPACITY_PER_SECOND * OVERLOAD_S);
    expect(refused.every(({ retryAfterS }) => Number(retryAfterS) >= 1)).toBe(true);
    expect(mostInside).toBeLessThanOrEqual(SLOTS);
    expect(await ask()).toMatchObject({ status: 200 });
    const endpoints = (await (await box.get("/v1/models/m/endpoints")).json()) as {
      readonly data: { readonly endpoints: readonly { readonly signalbox: Record<string, unknown> }[] };
    };
    expect(endpoints.data.endpoints[0]?.signalbox).toMatchObject({ running: 0, queued: 0 });
    const metrics = await (await box.get("/metrics")).text();
    // Counted at the box: what the client's own queue adds under this load is none of its.
    const waits = (suffix: string): number =>
      metrics
        .split("\n")
        .filter((line) => line.startsWith("signalbox_queue_wait_seconds_") && line.includes(suffix))
        .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
    expect(waits('le="10"')).toBe(waits("_count{"));
    expect(waits("_count{")).toBeGreaterThanOrEqual(served.length);
    expect(metrics).toMatch(/signalbox_queue_refusals_total\{endpoint="slow\/m",.*reason="(requests|wait)"\} \d+/);
  },
  (OVERLOAD_S + 60) * 1_000,
);
