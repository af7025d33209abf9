import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SseSplitter, type SseEvent } from "../../../src/providers/wire/split-sse.ts";

interface PlainEvent {
  readonly name?: string;
  readonly data: string;
}

function split(reads: readonly Buffer[], maxEventBytes = 1_000_000): PlainEvent[] {
  const splitter = new SseSplitter(maxEventBytes);
  const events: SseEvent[] = [];
  for (const read of reads) events.push(...splitter.push(read));
  events.push(...splitter.end());
  return events.map(({ name, data }) => ({
    ...(name === undefined ? {} : { name }),
    data: Buffer.from(data).toString("utf8"),
  }));
}

const splitText = (text: string): PlainEvent[] => split([Buffer.from(text)]);

describe("splitting server-sent events", () => {
  it.each([
    ["data: a\n\ndata: b\n\n", [{ data: "a" }, { data: "b" }]],
    ["data: a\r\n\r\ndata: b\r\n\r\n", [{ data: "a" }, { data: "b" }]],
    ["data: a\r\rdata: b\r\r", [{ data: "a" }, { data: "b" }]],
    ["data:a\n\n", [{ data: "a" }]],
    ["data:  a\n\n", [{ data: " a" }]],
    ["data: a\ndata: b\n\n", [{ data: "a\nb" }]],
    ["data\n\n", [{ data: "" }]],
    [": comment\n\n: OPENROUTER PROCESSING\n\ndata: a\n\n", [{ data: "a" }]],
    ["event: error\ndata: x\n\ndata: y\n\n", [{ name: "error", data: "x" }, { data: "y" }]],
    ["id: 1\nretry: 5\nunknown: z\ndata: a\n\n", [{ data: "a" }]],
    ["event: ping\n\n", []],
    ["\ufeffdata: a\n\n", [{ data: "a" }]],
    ["data: a", [{ data: "a" }]],
    ["data: a\n", [{ data: "a" }]],
    ["", []],
  ])("reads %j", (text, events) => {
    expect(splitText(text)).toEqual(events);
  });

  it("finds the same events wherever the reads are cut", () => {
    const line = fc.constantFrom("data: a", "data:é€😀", "data:", ": c", "event: e", "", 'data: {"x":1}', "id: 1", "x");
    const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
    const text = fc.array(fc.tuple(line, lineEnd), { maxLength: 20 }).map((lines) => lines.flat().join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 12 }), (whole, cuts) => {
        const bytes = Buffer.from(whole);
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
        const reads = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
        expect(split(reads)).toEqual(split([bytes]));
      }),
    );
  });

  it("finds the same events in single bytes", () => {
    const text = "data: é\r\ndata: b\r\r\n: c\n\nevent: e\ndata: [DONE]\n\n";
    const bytes = Buffer.from(text);
    expect(split([...bytes].map((byte) => Buffer.from([byte])))).toEqual(split([bytes]));
  });

  it("bounds a line, an event of many lines, and a line that never ends", () => {
    expect(() => split([Buffer.from(`data: ${"x".repeat(200)}\n\n`)], 100)).toThrow("exceeds 100 bytes");
    expect(() => split([Buffer.from("data: 0123456789\n".repeat(10))], 100)).toThrow("exceeds 100 bytes");
    expect(() =>
      split(
        Array.from({ length: 20 }, () => Buffer.from("0123456789")),
        100,
      ),
    ).toThrow("exceeds 100 bytes");
    expect(() => split([Buffer.from("id: 1\n".repeat(100))], 100)).toThrow("exceeds 100 bytes");
  });

  it("does not add up comments and events that are over", () => {
    expect(
      split([Buffer.from(`${": ping\n".repeat(100)}data: a\n\n`), Buffer.from("data: b\n\n".repeat(50))], 100),
    ).toHaveLength(51);
  });
});
