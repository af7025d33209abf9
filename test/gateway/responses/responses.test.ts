import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import { answerOf, chunk, streamOf } from "../scripted-service.ts";
import { KEY, startGateway, type RunningGateway } from "../start-gateway.ts";

const HELLO = { model: "signalbox/nano", input: "Hello" };

function ask(box: RunningGateway, body: object): Promise<Response> {
  return fetch(`${box.url}/v1/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

async function eventsOf(response: Response): Promise<Event[]> {
  const blocks = (await response.text()).split("\n\n").filter((block) => block !== "");
  return blocks.map((block) => {
    const match = /^event: (\S+)\ndata: (.*)$/.exec(block);
    const event = JSON.parse(match?.[2] ?? "null") as Event;
    expect(match?.[1]).toBe(event.type);
    return event;
  });
}

const call = (index: number, more: object): object => ({ tool_calls: [{ index, ...more }] });

describe("POST /v1/responses", () => {
  it("answers with a response that repeats its request, says who answered, and keeps nothing", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("Good day");
    const response = await ask(box, { ...HELLO, instructions: "Be brief.", metadata: { a: "b" }, temperature: 0 });
    const id = response.headers.get("x-request-id")?.slice(4);
    expect(await response.json()).toMatchObject({
      id: `resp_${id}`,
      object: "response",
      status: "completed",
      model: "signalbox/nano",
      provider: "box",
      instructions: "Be brief.",
      metadata: { a: "b" },
      temperature: 0,
      store: false,
      tools: [],
      error: null,
      incomplete_details: null,
      output: [
        {
          id: `msg_${id}_0`,
          type: "message",
          role: "assistant",
          status: "completed",
          content: [{ type: "output_text", text: "Good day", annotations: [], logprobs: [] }],
        },
      ],
      usage: {
        input_tokens: 12,
        input_tokens_details: { cached_tokens: null },
        output_tokens: 3,
        total_tokens: 15,
        cost: 0.000004,
      },
    });
  });

  it("lists reasoning, text and calls as items of their own, and says when the limit ended them", async () => {
    const box = await startGateway();
    const message = {
      role: "assistant",
      content: "I look.",
      reasoning_content: "Hm.",
      tool_calls: [
        { id: "c1", type: "function", function: { name: "look", arguments: '{"a":1}' } },
        { id: "c2", type: "function", function: { name: "look", arguments: "{}" } },
      ],
    };
    box.service.script = () => answerOf("", { choices: [{ index: 0, message, finish_reason: "length" }] });
    expect(await (await ask(box, HELLO)).json()).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output: [
        { type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "Hm." }] },
        { type: "message", content: [{ type: "output_text", text: "I look." }] },
        { type: "function_call", call_id: "c1", name: "look", arguments: '{"a":1}', status: "completed" },
        { type: "function_call", call_id: "c2", name: "look", arguments: "{}" },
      ],
    });
  });

  it("streams numbered events of items that begin, grow and end", async () => {
    const box = await startGateway();
    box.service.script = () => streamOf(["Good", " day"]);
    const events = await eventsOf(await ask(box, { ...HELLO, stream: true }));
    expect(events.map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(events.map((event) => event["sequence_number"])).toEqual(events.map((_, index) => index));
    expect(events[0]?.["response"]).toMatchObject({ status: "in_progress", output: [], usage: null });
    expect(events[6]).toMatchObject({ text: "Good day", output_index: 0, content_index: 0 });
    expect(events.at(-1)?.["response"]).toMatchObject({
      status: "completed",
      output: [{ content: [{ text: "Good day" }] }],
      usage: { input_tokens: 12, output_tokens: 3 },
    });
  });

  it("streams calls that a server writes by turns, each whole at its end", async () => {
    const box = await startGateway();
    box.service.script = async function* calls() {
      yield chunk(call(0, { id: "a", function: { name: "one", arguments: "" } }));
      yield chunk(call(1, { id: "b", function: { name: "two", arguments: '{"x"' } }));
      yield chunk(call(0, { function: { arguments: "{}" } }));
      yield chunk(call(1, { function: { arguments: ":1}" } }));
      yield chunk({}, "tool_calls");
    };
    const events = await eventsOf(await ask(box, { ...HELLO, stream: true }));
    const done = events.filter(({ type }) => type === "response.function_call_arguments.done");
    expect(done.map((event) => event["arguments"])).toEqual(["{}", '{"x":1}']);
    expect(events.at(-1)?.["response"]).toMatchObject({
      output: [
        { call_id: "a", name: "one", arguments: "{}" },
        { call_id: "b", name: "two", arguments: '{"x":1}' },
      ],
    });
  });

  it("ends a stream that breaks off with an error, and never as if it were whole", async () => {
    const box = await startGateway();
    box.service.script = async function* broken() {
      yield chunk({ content: "Good" });
      throw new SignalboxError("upstream_failed", "It broke off.");
    };
    const events = await eventsOf(await ask(box, { ...HELLO, stream: true }));
    expect(events.at(-1)).toMatchObject({
      type: "error",
      code: "upstream_failed",
      message: "It broke off.",
      param: null,
    });
    expect(events.some(({ type }) => type === "response.completed")).toBe(false);
  });

  it("refuses what needs a memory, in OpenAI's envelope", async () => {
    const box = await startGateway();
    const response = await ask(box, { ...HELLO, store: true });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "unsupported_parameter", param: "store" } });
  });
});
