import { describe, expect, it } from "vitest";
import { DribbleGuard } from "../../src/dispatch/dribble-guard.ts";
import { chunk } from "../support/dispatch-box.ts";

const WORD = chunk("word");
const LARGE = chunk("x".repeat(1_024));
const EMPTY = chunk("");

function observe(pieces: readonly (readonly [typeof WORD, number])[]): () => void {
  const guard = new DribbleGuard("acme");
  return () => {
    for (const [event, waitedMs] of pieces) guard.observe(event, waitedMs);
  };
}

const times = (count: number, event: typeof WORD, waitedMs: number) =>
  Array.from({ length: count }, () => [event, waitedMs] as const);

describe("an answer", () => {
  it("that dribbles on is given up, in words that name who", () => {
    expect(observe(times(10, WORD, 3_000))).toThrow(
      expect.objectContaining({ code: "upstream_timeout", message: expect.stringContaining("acme") as string }),
    );
  });

  it.each<[string, readonly (readonly [typeof WORD, number])[]]>([
    ["with a few slow pieces", times(9, WORD, 60_000)],
    ["that is steady", times(1_000, WORD, 2_900)],
    ["that pauses now and then", [...times(9, WORD, 9_000), [WORD, 10], ...times(9, WORD, 9_000)]],
    ["whose pieces are gathered before they are sent", times(50, LARGE, 5_000)],
    ["that only keeps its connection open while it thinks", times(50, EMPTY, 5_000)],
  ])("%s is not", (_, pieces) => {
    expect(observe(pieces)).not.toThrow();
  });

  it("counts the time between two pieces of content, whatever came between", () => {
    const piece = [[EMPTY, 2_000] as const, [WORD, 1_000] as const];
    expect(observe(Array.from({ length: 10 }, () => piece).flat())).toThrow("became too slow");
  });
});
