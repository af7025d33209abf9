import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InferenceChunk } from "../../../src/core/inference-event.ts";
import { MessageEvents, type MessageEvent } from "../../../src/gateway/anthropic/message-events.ts";
import { chunk } from "../scripted-service.ts";

function eventsOf(deltas: readonly object[], finishReason = "stop"): readonly MessageEvent[] {
  const events = new MessageEvents();
  const read = deltas.flatMap((delta) => events.read(chunk(delta) as InferenceChunk));
  return [...read, ...events.read(chunk({}, finishReason) as InferenceChunk), ...events.close()];
}

const call = (index: number, more: object): object => ({ tool_calls: [{ index, ...more }] });

describe("the events of a message", () => {
  it("are one block of text that begins, grows and ends", () => {
    expect(eventsOf([{ role: "assistant", content: "" }, { content: "Hel" }, { content: "lo" }])).toEqual([
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hel" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "lo" } },
      { type: "content_block_stop", index: 0 },
    ]);
  });

  it("put reasoning, which some servers name twice, once before the text", () => {
    expect(eventsOf([{ reasoning: "Hm.", reasoning_content: "Hm." }, { content: "Yes" }])).toEqual([
      { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Hm." } },
      { type: "content_block_stop", index: 0 },
      { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Yes" } },
      { type: "content_block_stop", index: 1 },
    ]);
  });

  it("keep calls apart that a server writes by turns", () => {
    const events = eventsOf(
      [
        call(0, { id: "a", function: { name: "one", arguments: "" } }),
        call(1, { id: "b", function: { name: "two", arguments: '{"x"' } }),
        call(0, { function: { arguments: "{}" } }),
        call(1, { function: { arguments: ":1}" } }),
      ],
      "tool_calls",
    );
    const jsonOf = (index: number): string =>
      events
        .filter((event) => event.type === "content_block_delta" && event["index"] === index)
        .map((event) => (event["delta"] as { partial_json: string }).partial_json)
        .join("");
    expect([jsonOf(0), jsonOf(1)]).toEqual(["{}", '{"x":1}']);
    expect(events.filter(({ type }) => type === "content_block_stop").map(({ index }) => index)).toEqual([0, 1]);
  });

  it("refuse a call that goes on after something else has followed", () => {
    const deltas = [
      call(0, { id: "a", function: { name: "one", arguments: "{" } }),
      { content: "and" },
      call(0, { function: { arguments: "}" } }),
    ];
    expect(() => eventsOf(deltas)).toThrow("went on with a call");
  });

  it.each([
    ["stop", {}, "end_turn", null],
    ["length", {}, "max_tokens", null],
    ["tool_calls", {}, "tool_use", null],
    ["content_filter", {}, "refusal", null],
    ["stop", { stop_reason: "END" }, "stop_sequence", "END"],
    ["stop", { stop_reason: 7 }, "end_turn", null],
    ["stop", { matched_stop: "###" }, "stop_sequence", "###"],
  ])("end for the reason that %s and %j stand for", (finishReason, more, reason, sequence) => {
    const events = new MessageEvents();
    const choices = [{ index: 0, delta: {}, finish_reason: finishReason, ...more }];
    events.read(chunk({}, finishReason, { choices }) as InferenceChunk);
    expect(events.stop).toEqual({ stop_reason: reason, stop_sequence: sequence });
  });

  it("carry every character once, each block begun before it grows and ended once, whatever the order", () => {
    const delta = fc.oneof(
      fc.string().map((content) => ({ content })),
      fc.string().map((reasoning_content) => ({ reasoning_content })),
    );
    fc.assert(
      fc.property(fc.array(delta, { maxLength: 30 }), (deltas) => {
        const events = eventsOf(deltas);
        const open = new Set<unknown>();
        let text = "";
        for (const event of events) {
          if (event.type === "content_block_start") open.add(event["index"]);
          else if (event.type === "content_block_stop") expect(open.delete(event["index"])).toBe(true);
          else {
            expect(open.has(event["index"])).toBe(true);
            text += Object.values(event["delta"] as Record<string, string>)[1] ?? "";
          }
        }
        expect(open.size).toBe(0);
        expect(text).toBe(deltas.flatMap((each) => Object.values(each)).join(""));
      }),
    );
  });
});
