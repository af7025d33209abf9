import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import { answerOf, chunk, streamOf } from "../scripted-service.ts";
import { KEY, startGateway, type RunningGateway } from "../start-gateway.ts";

const HELLO = { model: "signalbox/nano", max_tokens: 100, messages: [{ role: "user", content: "Hello" }] };

function ask(box: RunningGateway, body: object, path = "/v1/messages", key = KEY): Promise<Response> {
  return fetch(`${box.url}${path}`, {
    method: "POST",
    headers: { "x-api-key": key, "anthropic-version": "2023-06-01", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

interface Event {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

async function eventsOf(response: Response): Promise<Event[]> {
  const blocks = (await response.text()).split("\n\n").filter((block) => block !== "");
  return blocks.map((block) => {
    const match = /^event: (\S+)\ndata: (.*)$/.exec(block);
    return { name: match?.[1] ?? "", data: JSON.parse(match?.[2] ?? "null") as Event["data"] };
  });
}

describe("POST /v1/messages", () => {
  it("answers with Anthropic's message, who answered, and what it cost", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("Good day");
    box.service.usage = { promptTokens: 12, cachedPromptTokens: 4, completionTokens: 3, basis: "measured" };
    const response = await ask(box, HELLO);
    const id = response.headers.get("request-id");
    expect(response.headers.get("x-signalbox-endpoint")).toBe("box/signalbox/nano");
    expect(response.headers.get("x-request-id")).toBe(id);
    expect(await response.json()).toEqual({
      id,
      type: "message",
      role: "assistant",
      model: "signalbox/nano",
      provider: "box",
      content: [{ type: "text", text: "Good day" }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: {
        input_tokens: 8,
        cache_read_input_tokens: 4,
        cache_creation_input_tokens: null,
        output_tokens: 3,
        cost: 0.000004,
      },
    });
  });

  it("gives calls as blocks, and none whose arguments the limit cut off", async () => {
    const box = await startGateway();
    const message = (text: string): object => ({
      role: "assistant",
      content: null,
      reasoning_content: "Hm.",
      tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: text } }],
    });
    const choices = (text: string, finish: string): object => ({
      choices: [{ index: 0, message: message(text), finish_reason: finish }],
    });
    const thinking = { type: "thinking", thinking: "Hm.", signature: "" };
    box.service.script = () => answerOf("", choices('{"a":1}', "tool_calls"));
    expect(await (await ask(box, HELLO)).json()).toMatchObject({
      content: [thinking, { type: "tool_use", id: "c1", name: "look", input: { a: 1 } }],
      stop_reason: "tool_use",
    });
    box.service.script = () => answerOf("", choices('{"a":', "length"));
    expect(await (await ask(box, HELLO)).json()).toMatchObject({ content: [thinking], stop_reason: "max_tokens" });
    box.service.script = () => answerOf("", choices('{"a":', "tool_calls"));
    const response = await ask(box, HELLO);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ type: "error", error: { code: "upstream_invalid_response" } });
  });

  it("streams Anthropic's events, with what is billed at the end", async () => {
    const box = await startGateway();
    box.service.script = () => streamOf(["Good", " day"]);
    const response = await ask(box, { ...HELLO, stream: true });
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const events = await eventsOf(response);
    expect(events.map(({ name }) => name)).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(events.every(({ name, data }) => data["type"] === name)).toBe(true);
    expect(events[0]?.data["message"]).toMatchObject({ type: "message", content: [], stop_reason: null });
    expect(events.at(-2)?.data).toMatchObject({
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { input_tokens: 12, output_tokens: 3, cost: 0.000004 },
    });
  });

  it("ends a stream that breaks off with an error, and never as if it were whole", async () => {
    const box = await startGateway();
    box.service.script = async function* broken() {
      yield chunk({ content: "Good" });
      throw new SignalboxError("upstream_failed", "It broke off.");
    };
    const response = await ask(box, { ...HELLO, stream: true });
    const events = await eventsOf(response);
    expect(events.map(({ name }) => name)).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "error",
    ]);
    expect(events.at(-1)?.data).toMatchObject({
      type: "error",
      error: { type: "api_error", message: "It broke off.", code: "upstream_failed" },
      request_id: response.headers.get("request-id"),
    });
  });

  it.each<[object, string, number, string]>([
    [HELLO, "sbx_wrong", 401, "authentication_error"],
    [HELLO, "sbx_auditor", 403, "permission_error"],
    [{ ...HELLO, max_tokens: undefined }, KEY, 400, "invalid_request_error"],
  ])("refuses in Anthropic's envelope: %j with %s", async (body, key, status, type) => {
    const box = await startGateway();
    const response = await ask(box, body, "/v1/messages", key);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      type: "error",
      error: { type },
      request_id: response.headers.get("request-id"),
    });
  });

  it("has Anthropic's envelope under the other base path, too, and a 405 for other methods", async () => {
    const box = await startGateway();
    const refused = await ask(box, { ...HELLO, messages: 7 }, "/api/v1/messages");
    expect(await refused.json()).toMatchObject({ type: "error", error: { param: "messages" } });
    const response = await box.get("/v1/messages");
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ type: "error" });
  });

  it("counts tokens without asking anybody", async () => {
    const box = await startGateway();
    const { max_tokens: _, ...body } = HELLO;
    const short = (await (await ask(box, body, "/v1/messages/count_tokens")).json()) as { input_tokens: number };
    const system = "Be as brief as you can, please. ".repeat(20);
    const long = (await (await ask(box, { ...body, system }, "/v1/messages/count_tokens")).json()) as typeof short;
    expect(short.input_tokens).toBeGreaterThan(0);
    expect(long.input_tokens).toBeGreaterThan(short.input_tokens + 100);
    expect(box.service.jobs).toEqual([]);
  });
});
