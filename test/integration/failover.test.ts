import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudProvider, startFaultyProviders, type FaultyProviders } from "../support/faulty-provider.ts";
import { readEvents } from "../support/read-stream.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import {
  chat,
  chunk,
  endless,
  event,
  garbage,
  rawStream,
  redirect,
  resetAfter,
  resetAtOnce,
  stallAfter,
  status,
  truncatedChunk,
} from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

const FIRST = event(chunk({ role: "assistant", content: "" }));
const HELLO = event(chunk({ content: "Hello" }));
const ERROR_OBJECT = { error: { message: "the model crashed", type: "server_error", code: 500 } };

/** Faults after which another provider must answer, with the code under which the attempt is reported. */
const RETRYABLE = {
  "status-500": [status(500, { error: { message: "boom" } }), "upstream_failed"],
  "status-503": [status(503, "<html>overloaded</html>"), "upstream_failed"],
  "status-429": [status(429, { error: { message: "slow down" } }), "upstream_rate_limited"],
  "status-401": [status(401, { error: { message: "bad key" } }), "upstream_unauthorized"],
  "reset-at-once": [resetAtOnce, "upstream_failed"],
  garbage: [garbage, "upstream_invalid_response"],
  "error-in-200": [status(200, ERROR_OBJECT), "upstream_failed"],
} as const;

/** Faults of streams alone. */
const RETRYABLE_STREAMS = {
  "reset-before-content": [resetAfter(FIRST), "upstream_failed"],
  "truncated-chunk": [truncatedChunk, "upstream_failed"],
  "empty-stream": [rawStream(event("[DONE]")), "upstream_invalid_response"],
  "error-first": [rawStream(event(ERROR_OBJECT)), "upstream_failed"],
  "no-content": [endless(FIRST), "upstream_invalid_response"],
  "huge-event": [endless("data: ".padEnd(64 * 1024, "x")), "upstream_invalid_response"],
} as const;

/** Faults after the first content: from then on the answer is this provider's. */
const BROKEN_ANSWERS = {
  "reset-in-answer": resetAfter(FIRST, HELLO),
  "ends-in-answer": rawStream(FIRST, HELLO),
  "error-in-answer": rawStream(FIRST, HELLO, event(ERROR_OBJECT), event("[DONE]")),
  "garbage-in-answer": rawStream(FIRST, HELLO, "data: {not json\n\n"),
} as const;

const POLICY = `
apiVersion: signalbox/v1
constraints:
  - id: never-to-the-sink
    when: 'true'
    require: 'endpoint.provider != "sink"'
routes:
  - id: otherwise
    objective: cost
tests:
  - name: the sink is forbidden
    given: {data: {class: internal}}
    expect: {forbidden: [sink/team/chat], by: never-to-the-sink}
endpoints:
  - {id: sink/team/chat, location: cloud}
`;

interface Answer {
  readonly provider?: string;
  readonly signalbox?: { readonly attempts: readonly { readonly endpoint: string; readonly error_code?: string }[] };
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly metadata: {
      readonly attempts?: readonly { readonly endpoint: string; readonly error: string }[];
      readonly rules?: readonly string[];
      readonly candidates?: readonly { readonly endpoint: string; readonly rule?: string }[];
      readonly who: string;
    };
  };
}

describe("a box with providers that fail", () => {
  let box: RunningBox;
  let faulty: FaultyProviders;
  let sound: UpstreamServer;
  let sink: UpstreamServer;
  let refusedPort: number;

  beforeAll(async () => {
    const behaviours = [...Object.entries({ ...RETRYABLE, ...RETRYABLE_STREAMS })].map(([id, [behave]]) => [
      id,
      behave,
    ]);
    sink = await startUpstreamServer({ behave: chat({ pieces: ["I am the sink."] }) });
    let isFirst = true;
    faulty = await startFaultyProviders({
      "one-moment": (request, response) => {
        const behave = isFirst ? status(429, { error: { message: "wait" } }, { "retry-after-ms": "20" }) : chat();
        isFirst = false;
        return behave(request, response);
      },
      ...(Object.fromEntries(behaviours) as Record<string, (typeof RETRYABLE)["status-500"][0]>),
      ...BROKEN_ANSWERS,
      "limits-rate": status(429, { error: { message: "slow down" } }, { "retry-after": "7" }),
      // Late for requests with a seed alone, so that the other tests can't run into it.
      late: (request, response) => (request.json()["seed"] === 1 ? stallAfter() : chat())(request, response),
      stalls: stallAfter(),
      "stalls-too": stallAfter(),
      "stalls-in-headers": stallAfter(FIRST),
      redirected: redirect(`${sink.baseUrl}/chat/completions`),
      rejects: status(400, {
        error: { message: "temperature is bad", type: "invalid_request_error", param: "temperature" },
      }),
    });
    sound = await startUpstreamServer({ behave: chat({ pieces: ["I am ", "sound."] }) });
    refusedPort = await unusedPort();
    box = await runBox({
      config: {
        network: { egress: "allowlisted" },
        providers: [
          ...faulty.providers,
          cloudProvider("refused", `http://127.0.0.1:${refusedPort}/v1`),
          cloudProvider("impatient", `${faulty.server.origin}/stalls-in-headers/v1`, {
            timeouts: { firstContent: "100ms", total: "200ms" },
          }),
          cloudProvider("sound", sound.baseUrl),
          cloudProvider("sink", sink.baseUrl),
        ],
      },
      policy: POLICY,
    });
  });

  afterAll(async () => {
    await box.stop();
    await Promise.all([faulty.server.close(), sound.close(), sink.close()]);
  });

  const ask = (order: readonly string[], extra: object = {}, headers: Record<string, string> = {}) =>
    box.chat(
      {
        model: "team/chat",
        messages: [{ role: "user", content: "Hello?" }],
        max_tokens: 200,
        provider: { order, only: order },
        ...extra,
      },
      { "x-signalbox-metadata": "enabled", ...headers },
    );
  const read = async (response: Response): Promise<Answer> => (await response.json()) as Answer;

  it.each(
    Object.entries({
      ...RETRYABLE,
      refused: [undefined, "upstream_unreachable"] as const,
      redirected: [undefined, "upstream_invalid_response"] as const,
    }),
  )("answers from the next provider after %s", async (fault, [, errorCode]) => {
    const response = await ask([fault, "sound"]);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signalbox-endpoint")).toBe("sound/team/chat");
    const { provider, signalbox } = await read(response);
    expect(provider).toBe("sound");
    expect(signalbox?.attempts).toMatchObject([
      { endpoint: `${fault}/team/chat`, error_code: errorCode },
      { endpoint: "sound/team/chat" },
    ]);
  });

  it.each(Object.entries({ ...RETRYABLE, ...RETRYABLE_STREAMS }))(
    "streams from the next provider after %s",
    async (fault) => {
      const response = await ask([fault, "sound"], { stream: true });
      expect(response.headers.get("x-signalbox-endpoint")).toBe("sound/team/chat");
      const { text, done, error } = readEvents(await response.text());
      expect({ text, done, error }).toEqual({ text: "I am sound.", done: true, error: undefined });
    },
  );

  it.each(Object.keys(BROKEN_ANSWERS))(
    "says within the stream that the answer broke off after %s, and tries no other provider",
    async (fault) => {
      const before = sound.requests.length;
      const response = await ask([fault, "sound"], { stream: true });
      const body = await response.text();
      const { text, done, error, finishReasons } = readEvents(body);
      expect(text).toBe("Hello");
      expect(error?.code).toMatch(/^upstream_(failed|invalid_response)$/);
      expect(done).toBe(false);
      expect(finishReasons).not.toContain("stop");
      expect(sound.requests.length).toBe(before);
      const id = response.headers.get("x-request-id") ?? "";
      const generation = (await (await box.get(`/v1/generation?id=${id}`)).json()) as {
        readonly data: { readonly total_cost: number };
      };
      expect(generation.data.total_cost).toBeGreaterThan(0);
    },
  );

  it("leaves a stalled provider early enough for the next to answer within the deadline", async () => {
    for (const stream of [false, true]) {
      const started = performance.now();
      const response = await ask(["stalls", "stalls-in-headers", "sound"], { stream }, { "x-deadline-ms": "2000" });
      expect(response.headers.get("x-signalbox-endpoint")).toBe("sound/team/chat");
      expect(response.status).toBe(200);
      await response.text();
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  it("leaves a provider when the operator's own time limit for it is over", async () => {
    for (const stream of [false, true]) {
      const response = await ask(["impatient", "sound"], { stream });
      expect(response.headers.get("x-signalbox-endpoint")).toBe("sound/team/chat");
      await response.text();
    }
    const { error } = await read(await ask(["impatient"]));
    expect(error?.code).toBe("upstream_timeout");
  });

  it("answers 408 when the deadline passes, with every attempt in the error", async () => {
    const response = await ask(["stalls-too"], {}, { "x-deadline-ms": "300" });
    expect(response.status).toBe(408);
    const { error } = await read(response);
    expect(error?.code).toBe("deadline_exceeded");
    expect(error?.metadata.attempts).toEqual([{ endpoint: "stalls-too/team/chat", error: "deadline_exceeded" }]);
  });

  it("passes on what a provider says of the request itself, and tries no other", async () => {
    const before = sound.requests.length;
    const response = await ask(["rejects", "sound"]);
    expect(response.status).toBe(400);
    const { error } = await read(response);
    expect(error).toMatchObject({ code: "upstream_rejected", param: "temperature" });
    expect(error?.message).toContain("temperature is bad");
    expect(sound.requests.length).toBe(before);
  });

  it("names all attempts, and the rules that excluded the others, when all have failed", async () => {
    const response = await ask(["status-500", "limits-rate", "sink"]);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
    const { error } = await read(response);
    expect(error?.code).toBe("upstream_rate_limited");
    expect(error?.metadata.who).toBe("limits-rate/team/chat");
    expect(error?.metadata.attempts).toEqual([
      { endpoint: "status-500/team/chat", error: "upstream_failed" },
      { endpoint: "limits-rate/team/chat", error: "upstream_rate_limited" },
    ]);
    expect(error?.metadata.rules).toEqual(["never-to-the-sink"]);
    expect(error?.metadata.candidates).toContainEqual(
      expect.objectContaining({ endpoint: "sink/team/chat", rule: "never-to-the-sink" }),
    );
    expect(response.headers.get("x-signalbox-audit-index")).toMatch(/^\d+$/);
  });

  it("leaves a provider alone for as long as it asked, and says how long that is", async () => {
    const before = faulty.server.requests.length;
    const response = await ask(["limits-rate"]);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await read(response)).error?.metadata.candidates).toContainEqual(
      expect.objectContaining({ endpoint: "limits-rate/team/chat", filter: "resting" }),
    );
    expect(faulty.server.requests.length).toBe(before);
  });

  it("waits for a provider that asked for a moment, where nothing else can serve", async () => {
    const response = await ask(["one-moment"]);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signalbox-endpoint")).toBe("one-moment/team/chat");
  });

  it("asks a second provider beside one that is unusually late, with a leaf and a bill for both", async () => {
    const order = ["late", "sound"];
    for (let round = 0; round < 20; round++) await (await ask(order, { stream: true })).text();
    const response = await ask([], { stream: true, seed: 1, provider: { order, hedge: true } });
    expect(response.headers.get("x-signalbox-endpoint")).toBe("sound/team/chat");
    expect(readEvents(await response.text()).done).toBe(true);
    const id = response.headers.get("x-request-id") ?? "";
    const leaves = (await (await box.get(`/admin/audit?request=${id}`)).json()) as readonly Record<string, unknown>[];
    expect(leaves.toReversed()).toMatchObject([
      { kind: "attempt", endpointId: "late/team/chat", attemptNumber: 1, decision: { hedge: true } },
      { kind: "attempt", endpointId: "sound/team/chat", attemptNumber: 2, hedgeOf: "late/team/chat" },
      {
        kind: "outcome",
        attemptNumber: 1,
        result: "cancelled",
        errorCode: "superseded",
        usage: { basis: "estimated" },
      },
      { kind: "outcome", attemptNumber: 2, result: "answered" },
    ]);
  });

  it("never sends a byte to a provider that policy forbids, whatever the caller orders", async () => {
    for (const stream of [false, true]) {
      for (const provider of [{ order: ["sink"] }, { only: ["sink"] }, { order: ["status-500", "sink", "sound"] }]) {
        const response = await ask([], { stream, provider });
        expect(response.headers.get("x-signalbox-endpoint")).not.toBe("sink/team/chat");
        expect(response.status).toBe("only" in provider ? 403 : 200);
        await response.text();
      }
    }
    expect(sink.accepted()).toBe(0);
  });

  it("leaves no request running when all have ended", async () => {
    const metrics = await (await box.get("/metrics")).text();
    const running = [...metrics.matchAll(/^signalbox_endpoint_(?:running|queued)\{[^}]*\} (\d+)$/gm)].map(([, n]) => n);
    expect(running.length).toBeGreaterThan(0);
    expect(new Set(running)).toEqual(new Set(["0"]));
    expect(metrics).toMatch(/^signalbox_audit_commit_duration_seconds_count [1-9]/m);
    expect((await box.command("audit", "verify", "--json")).exitCode).toBe(0);
  });
});

/** A port on which nothing listens: one that was free a moment ago. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
