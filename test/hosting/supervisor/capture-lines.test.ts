import { expect, test } from "vitest";
import { LineCapture } from "../../../src/hosting/supervisor/capture-lines.ts";
import { ManualClock } from "../../support/manual-clock.ts";

function capture() {
  const clock = new ManualClock();
  const lines: string[] = [];
  return { clock, lines, capture: new LineCapture(clock, (line) => lines.push(line)) };
}

test("lines and characters are put together again, wherever the output was cut", () => {
  const bytes = Buffer.from("grün\nzwei\n\nletzte");
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const { lines, capture: target } = capture();
    target.push(bytes.subarray(0, cut));
    target.push(bytes.subarray(cut));
    target.end();
    expect(lines).toEqual(["grün", "zwei", "", "letzte"]);
  }
});

test("a line without end is cut, and the next one is whole", () => {
  const { lines, capture: target } = capture();
  for (let chunk = 0; chunk < 50; chunk += 1) target.push(Buffer.alloc(1_000, "x"));
  target.push(Buffer.from("\nnext\n"));
  expect(lines).toEqual(["x".repeat(2_000), "next"]);
});

test("a flood is dropped and counted, and the last lines are kept all the same", () => {
  const { lines, capture: target, clock } = capture();
  target.push(Buffer.from(Array.from({ length: 150 }, (_, index) => `${index}\n`).join("")));
  expect(lines).toHaveLength(100);
  clock.advance(1_000);
  target.push(Buffer.from("after\n"));
  expect(lines.slice(100)).toEqual(["(50 more lines were dropped)", "after"]);
  expect(target.lastLines()).toHaveLength(20);
  expect(target.lastLines().slice(-2)).toEqual(["149", "after"]);
});
