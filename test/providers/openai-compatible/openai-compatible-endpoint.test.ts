import { LLMock } from "@copilotkit/aimock";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPermitOffice } from "../../../src/core/permit.ts";
import { createRemoteTransport, destinationOf } from "../../../src/egress/remote-transport.ts";
import { createOpenAiCompatibleEndpoint } from "../../../src/providers/openai-compatible/openai-compatible-endpoint.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { chat, chunk, event, rawStream, stallAfter, status } from "../../support/upstream-behaviours.ts";
import { chatCallOf, collect, jsonOf, textOf, upstreamFactsOf } from "../../support/upstream-call.ts";
import { startUpstreamServer, type UpstreamBehaviour } from "../../support/upstream-server.ts";

function endpointAt(baseUrl: string, apiKey?: () => string | undefined) {
  const clock = new ManualClock();
  const permits = createPermitOffice();
  const facts = upstreamFactsOf();
  const destination = destinationOf(facts.id, baseUrl);
  const transport = createRemoteTransport({
    endpointId: facts.id,
    provider: { baseUrl, location: "site", allowInsecure: false },
    egressMode: "allowlisted",
    permits,
    clock,
    maxConnections: 4,
  });
  onTestFinished(() => transport.close());
  const endpoint = createOpenAiCompatibleEndpoint({
    ...{ facts, destination, transport, clock },
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  const callOf = (body: Record<string, unknown>) =>
    chatCallOf(body, {
      permit: permits.issue({ requestId: "req_1", auditIndex: 0, destination, expiresAtMs: Infinity }),
    });
  return { ask: (body: Record<string, unknown>) => collect(endpoint.infer(callOf(body))), endpoint, callOf, clock };
}

async function start(behave: UpstreamBehaviour, apiKey?: () => string | undefined) {
  const server = await startUpstreamServer({ behave });
  onTestFinished(() => server.close());
  return { server, ...endpointAt(server.baseUrl, apiKey) };
}

const HELLO = event(chunk({ content: "Hello" }));
const STOP = event(chunk({}, "stop"));

describe("the credential", () => {
  it("is asked for at every call", async () => {
    const keys = ["key-one", "key-two", undefined];
    const { ask, server } = await start(chat(), () => keys.shift());
    for (let time = 0; time < 3; time += 1) await ask({});
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer key-one",
      "Bearer key-two",
      undefined,
    ]);
  });

  it("is neither sent nor shown when a header cannot carry it", async () => {
    const { ask, server } = await start(chat(), () => "canary\r\nx-evil: 1");
    const failure = await ask({}).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "upstream_unauthorized" });
    expect(String(failure)).not.toContain("canary");
    expect(server.accepted()).toBe(0);
  });
});

describe("the end of a stream", () => {
  it("needs no [DONE] after every choice has finished", async () => {
    const { ask } = await start(rawStream(HELLO, STOP));
    expect(await ask({ stream: true })).toHaveLength(2);
  });

  it("is missing when one of several choices has not finished", async () => {
    const { ask } = await start(rawStream(HELLO, STOP));
    await expect(ask({ stream: true, n: 2 })).rejects.toMatchObject({ code: "upstream_failed" });
  });

  it("may lack its blank line", async () => {
    const { ask } = await start(rawStream(HELLO, STOP, "data: [DONE]"));
    expect(await ask({ stream: true })).toHaveLength(2);
  });

  it("is not waited for after [DONE] for longer than a moment", async () => {
    const { callOf, clock, endpoint, server } = await start(stallAfter(HELLO, STOP, event("[DONE]")));
    const events = endpoint.infer(callOf({ stream: true }))[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    const end = events.next();
    const ticking = setInterval(() => clock.advance(10), 1);
    expect(await end).toEqual({ done: true, value: undefined });
    clearInterval(ticking);
    await server.idle();
  });

  it("leaves nothing behind that comes after [DONE]", async () => {
    const { ask } = await start(rawStream(HELLO, STOP, event("[DONE]"), HELLO));
    expect(textOf(await ask({ stream: true }))).toBe("Hello");
  });
});

describe("an answer", () => {
  it.each([
    ["no JSON", "<html>", "upstream_invalid_response"],
    ["no choices", '{"choices":[]}', "upstream_invalid_response"],
    ["an error", '{"error":{"message":"x","code":"rate_limit_exceeded"}}', "upstream_rate_limited"],
    ["a finish reason of error", '{"choices":[{"message":{},"finish_reason":"error"}]}', "upstream_failed"],
  ])("with %s is a failure", async (_what, body, code) => {
    const { ask } = await start(status(200, body));
    await expect(ask({})).rejects.toMatchObject({ code });
  });

  it("in an encoding that was not asked for is a failure", async () => {
    const { ask, server } = await start(status(200, "…", { "content-encoding": "gzip" }));
    await expect(ask({})).rejects.toMatchObject({ code: "upstream_invalid_response" });
    expect(server.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it("with a usage that cannot be believed is passed on without one", async () => {
    const { ask } = await start(chat({ usage: { prompt_tokens: -1, completion_tokens: 0 } }));
    const [answer] = await ask({});
    expect(answer).not.toHaveProperty("usage");
  });
});

describe("a conversation with a vendor's server", () => {
  const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }];

  it.each([true, false])("calls a tool and answers with its result (stream: %s)", async (stream) => {
    const vendor = new LLMock({ port: 0 });
    vendor.on(
      { userMessage: "How warm is it in Graz?", hasToolResult: false },
      {
        toolCalls: [{ id: "call_graz", name: "weather", arguments: '{"city":"Graz"}' }],
      },
    );
    vendor.on({ hasToolResult: true }, { content: "It is 21 °C in Graz, with a light wind from the north." });
    await vendor.start();
    onTestFinished(() => vendor.stop());
    const { ask } = endpointAt(`${vendor.url}/v1`, () => "vendor-key");

    const question = { role: "user", content: "How warm is it in Graz?" };
    const first = await ask({ messages: [question], tools, stream });
    expect(first.findLast(({ finishReason }) => finishReason !== undefined)?.finishReason).toBe("tool_calls");
    expect(first.some((one) => JSON.stringify(jsonOf(one)).includes("call_graz"))).toBe(true);

    const call = { id: "call_graz", type: "function", function: { name: "weather", arguments: '{"city":"Graz"}' } };
    const messages = [
      question,
      { role: "assistant", tool_calls: [call] },
      { role: "tool", tool_call_id: "call_graz", content: "21" },
    ];
    const second = await ask({ messages, tools, stream });
    const withChoices = second.filter((one) => (jsonOf(one)["choices"] as unknown[]).length > 0);
    expect(textOf(withChoices)).toBe("It is 21 °C in Graz, with a light wind from the north.");
    expect(second.at(-1)?.usage?.basis).toBe("measured");
  });
});
