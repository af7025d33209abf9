import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectEngine, ENGINE_READERS, readerOf } from "../../../src/providers/site/engine-readers.ts";
import type { AskServer, EngineReading, ModelState } from "../../../src/providers/site/engine-state.ts";
import type { UpstreamBehaviour } from "../../support/upstream-server.ts";
import { behaviourOf, ENGINE_SERVERS, startEngineServer, Status, type Paths } from "./engine-servers.ts";

const SERVERS = Object.entries(ENGINE_SERVERS).map(([engine, server]) => ({
  ...server,
  reader: readerOf(engine as never),
}));
const READERS = SERVERS.map(({ reader }) => reader);

/** What a reading says of the model `m`. */
const stateOf = (reading: EngineReading | undefined): ModelState | undefined =>
  reading?.models?.get("m") ?? reading?.others;

/** Nothing in it can't be true. */
function expectBelievable(reading: EngineReading | undefined): void {
  for (const state of [...(reading?.models?.values() ?? []), reading?.others ?? {}]) {
    for (const count of [state.running, state.queued, state.slots])
      expect(count === undefined || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
    const { kvCacheUsage: usage = 0, prefillTokensPerSecond: prefill = 1, decodeTokensPerSecond: decode = 1 } = state;
    expect(usage >= 0 && usage <= 1).toBe(true);
    for (const rate of [prefill, decode]) expect(Number.isFinite(rate) && rate > 0).toBe(true);
  }
}

describe.each(SERVERS)("the reader of $reader.engine", ({ reader, paths, model }) => {
  it("recognizes its server, and no other does", async () => {
    const { ask } = await startEngineServer(behaviourOf(paths));
    expect((await detectEngine(ask))?.engine).toBe(reader.engine);
  });

  it("reads what the server says of the model", async () => {
    const { ask, server } = await startEngineServer(behaviourOf(paths));
    expect(stateOf(await reader.read(ask, new Map(), ["m"])) ?? {}).toEqual(model);
    expect(server.requests.every(({ method, body }) => method === "GET" && body.length === 0)).toBe(true);
    expect(server.requests[0]?.headers.authorization).toBe("Bearer k");
  });
});

const MISBEHAVIOURS: Readonly<Record<string, UpstreamBehaviour>> = {
  "answers nothing that it knows": behaviourOf({}),
  "answers everything with HTML": (_, response) => void response.end("<html><body>metrics { } NaN</body></html>"),
  "answers everything with an empty body": (_, response) => void response.end(),
  "answers everything with null": (_, response) => void response.end("null"),
  "answers everything with broken JSON": (_, response) => void response.end('{"models": [{"name": '),
  "answers everything with 500": (_, response) => void response.writeHead(500).end("out of memory"),
  "redirects everything": (_, response) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
  "answers with far more than fits": (_, response) =>
    void response.end("vllm:num_requests_running 1\n".repeat(120_000)),
  "breaks off": (_, response) => void response.write("llamacpp:req", () => response.destroy()),
};

describe.each(READERS)("whatever a server does, the reader of $engine", (reader) => {
  it.each(Object.keys(MISBEHAVIOURS))("says nothing untrue of one that %s", async (name) => {
    const { ask } = await startEngineServer(MISBEHAVIOURS[name] ?? behaviourOf({}));
    const reading = await reader.read(ask, new Map(), ["m"]);
    expectBelievable(reading);
    expect(stateOf(reading)?.running).toBeUndefined();
  });

  it("gives one up that never answers", async () => {
    const { ask, clock, server } = await startEngineServer(() => undefined);
    const reading = reader.read(ask, new Map(), ["m"]);
    await endEach(reading, server, clock);
    expect(await reading).toSatisfy(
      (said?: EngineReading) => said === undefined || stateOf(said)?.running === undefined,
    );
  });

  it("gives one up that sends a byte at a time", async () => {
    const { ask, clock, server } = await startEngineServer((_, response) => {
      response.writeHead(200);
      const drip = (): void => {
        if (!response.destroyed) response.write("x", () => setImmediate(drip));
      };
      drip();
    });
    const reading = reader.read(ask, new Map(), ["m"]);
    await endEach(reading, server, clock);
    expectBelievable(await reading);
  });
});

/** Lets the time of each question end once the server has it, until the reading is over. */
async function endEach(
  reading: Promise<unknown>,
  server: Awaited<ReturnType<typeof startEngineServer>>["server"],
  clock: Awaited<ReturnType<typeof startEngineServer>>["clock"],
): Promise<void> {
  let isOver = false;
  void reading.finally(() => (isOver = true));
  for (let count = 1; !isOver; count += 1) {
    await Promise.race([server.received(count), reading]);
    clock.advance(2_000);
    await new Promise((turn) => setImmediate(turn));
  }
}

describe("a server that lies", () => {
  const number = fc.constantFrom("-1", "1e308", "NaN", "+Inf", "-Inf", "0.5", "1e999", "abc", "", "7", "0x10");
  const lines = fc.array(
    fc.tuple(
      fc.constantFrom(
        "llamacpp:requests_processing",
        "llamacpp:predicted_tokens_seconds",
        'vllm:num_requests_running{model_name="m"}',
        'vllm:num_requests_waiting{model_name="m"}',
        'vllm:kv_cache_usage_perc{model_name="m"}',
        'sglang:num_running_reqs{model_name="}{\\""}',
        'sglang:token_usage{model_name="m"}',
        "# HELP",
        "}{",
      ),
      number,
    ),
    { maxLength: 12 },
  );

  it("is not believed, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.json(), async (said, json) => {
        const text = said.map(([name, value]) => `${name} ${value}`).join("\n");
        const paths: Paths = { "/metrics": text, "/health": "" };
        const ask: AskServer = (path) =>
          Promise.resolve({ kind: "answer", status: 200, text: typeof paths[path] === "string" ? paths[path] : json });
        for (const reader of ENGINE_READERS) {
          expectBelievable(await reader.read(ask, new Map(), ["m", "__proto__"]));
          await reader.identify(ask);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("what only some servers say", () => {
  it("is that llama-server loads its model, in its own words", async () => {
    const loading = { error: { code: 503, message: "Loading model", type: "unavailable_error" } };
    const { ask } = await startEngineServer(behaviourOf({ "/health": new Status(503, loading) }));
    const reading = await readerOf("llama-server").read(ask, new Map(), []);
    expect(reading).toMatchObject({ notReadyBecause: "Loading model", others: { loaded: false } });
  });

  it("is how many of llama-server's slots are busy, where it was started without metrics", async () => {
    const { "/metrics": _, ...paths } = ENGINE_SERVERS["llama-server"].paths;
    const { ask } = await startEngineServer(behaviourOf({ ...paths, "/metrics": new Status(501) }));
    expect(stateOf(await readerOf("llama-server").read(ask, new Map(), []))).toEqual({
      loaded: true,
      running: 2,
      slots: 2,
    });
  });

  it("is that Ollama and LM Studio would have to load a model", async () => {
    const ollama = await startEngineServer(behaviourOf(ENGINE_SERVERS.ollama.paths));
    const reading = await readerOf("ollama").read(ollama.ask, new Map(), []);
    expect([reading?.models?.get("m"), reading?.models?.get("absent") ?? reading?.others]).toEqual([
      { loaded: true },
      { loaded: false },
    ]);
    const lmStudio = await startEngineServer(behaviourOf(ENGINE_SERVERS["lm-studio"].paths));
    expect((await readerOf("lm-studio").read(lmStudio.ask, new Map(), []))?.models?.get("other")).toEqual({
      loaded: false,
    });
  });

  it("is how fast vLLM wrote between two readings", async () => {
    const metrics = (seconds: number, tokens: number): string =>
      `vllm:inter_token_latency_seconds_sum{model_name="m"} ${seconds}\n` +
      `vllm:inter_token_latency_seconds_count{model_name="m"} ${tokens}`;
    const { ask, server } = await startEngineServer(behaviourOf({ "/health": "", "/metrics": metrics(10, 400) }));
    const memory = new Map<string, number>();
    expect(stateOf(await readerOf("vllm").read(ask, memory, []))).toEqual({});
    server.behave(behaviourOf({ "/health": "", "/metrics": metrics(12, 500) }));
    expect(stateOf(await readerOf("vllm").read(ask, memory, []))).toEqual({ decodeTokensPerSecond: 50 });
    expect(stateOf(await readerOf("vllm").read(ask, memory, []))).toEqual({});
  });

  it("is that KServe and Ray Serve are not ready", async () => {
    const kserve = await startEngineServer(behaviourOf({ "/v2/health/ready": new Status(503) }));
    expect((await readerOf("kserve").read(kserve.ask, new Map(), ["m"]))?.notReadyBecause).toContain("ready");
    const ray = await startEngineServer(behaviourOf({ "/-/healthz": new Status(503, "This node is being drained.") }));
    expect((await readerOf("ray-serve").read(ray.ask, new Map(), []))?.notReadyBecause).toContain("proxy");
  });

  it("is nothing at all: a server of no kind is one that speaks OpenAI's protocol", async () => {
    const { ask } = await startEngineServer(behaviourOf({ "/v1/models": { object: "list", data: [] } }));
    expect((await detectEngine(ask))?.engine).toBe("openai");
  });
});
