import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InferenceEvent } from "../../../src/core/inference-event.ts";
import { Seam } from "../../../src/dispatch/continuation/seam.ts";
import { chunk } from "../../support/dispatch-box.ts";

const head = { id: "a", created: 1 };

function textOf(events: readonly InferenceEvent[]): string {
  return events
    .map(({ json }) => {
      const { choices } = JSON.parse(new TextDecoder().decode(json)) as { choices: { delta: { content?: string } }[] };
      return choices[0]?.delta.content ?? "";
    })
    .join("");
}

/** What of the second part is given, if it comes in these pieces. */
function join(text: string, stops: readonly string[], pieces: readonly string[]): { text: string; isStopped: boolean } {
  const seam = new Seam({ kind: "chat", text, stops, head });
  const given: InferenceEvent[] = [];
  for (const piece of pieces) {
    const { events, isStopped } = seam.push(chunk(piece));
    given.push(...events);
    if (isStopped) return { text: textOf(given), isStopped };
  }
  return { text: textOf([...given, ...seam.flush()]), isStopped: false };
}

/** Whether a text of `stop` begins in the first part and ends in the second. */
function straddles(first: string, second: string, stop: string): boolean {
  return Array.from({ length: stop.length - 1 }, (_, index) => index + 1).some(
    (length) => first.endsWith(stop.slice(0, length)) && second.startsWith(stop.slice(length)),
  );
}

describe("the seam of two parts", () => {
  it("ends the answer at a text of `stop` across it, and else passes on every character, wherever they are cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 6 });
    const stop = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 });
    let stopped = 0;
    fc.assert(
      fc.property(text, fc.array(stop, { maxLength: 3 }), fc.array(text, { maxLength: 4 }), (first, stops, pieces) => {
        const second = pieces.join("");
        const isStopped = stops.some((one) => straddles(first, second, one));
        expect(join(first, stops, pieces)).toEqual({ text: isStopped ? "" : second, isStopped });
        stopped += Number(isStopped);
      }),
      { numRuns: 1_000 },
    );
    expect(stopped).toBeGreaterThan(0);
  });

  it("holds back nothing that is sure to be text", () => {
    const seam = new Seam({ kind: "chat", text: "It is an Ob", stops: ["Observation:"], head });
    expect(textOf(seam.push(chunk("ser")).events)).toBe("");
    expect(textOf(seam.push(chunk("ver")).events)).toBe("server");
    expect(textOf(seam.push(chunk("s")).events)).toBe("s");
  });

  it("lets go of what it held when the answer ends", () => {
    const seam = new Seam({ kind: "chat", text: "An Ob", stops: ["Observation:"], head });
    const { events, isStopped } = seam.push(chunk("ser", { finishReason: "length" }));
    expect([textOf(events), isStopped]).toEqual(["ser", false]);
  });
});
