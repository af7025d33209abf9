import fc from "fast-check";
import { expect, test } from "vitest";
import { TextWatcher } from "../../../src/hosting/worker/text-watcher.ts";

function readAll(
  pieces: readonly string[],
  watched: readonly string[],
): { readonly text: string; readonly hit?: string } {
  const watcher = new TextWatcher(watched);
  let text = "";
  for (const piece of pieces) {
    const read = watcher.push(piece);
    text += read.text;
    if (read.hit !== undefined) return { text, hit: read.hit.watched };
  }
  return { text: text + watcher.flush() };
}

test("a watched text is found across pieces and no part of it is passed on", () => {
  expect(readAll(["Hel", "lo ST", "O", "P there"], ["STOP"])).toEqual({ text: "Hello ", hit: "STOP" });
});

test("a false beginning of a watched text is passed on once it is decided", () => {
  const watcher = new TextWatcher(["STOP"]);
  expect(watcher.push("ST").text).toBe("");
  expect(watcher.push("AY").text).toBe("STAY");
});

test("the earliest watched text wins, and of those at the same place the longest", () => {
  expect(readAll(["a b c"], ["c", "b"])).toEqual({ text: "a ", hit: "b" });
  expect(readAll(["x ab"], ["a", "ab"])).toEqual({ text: "x ", hit: "ab" });
});

test("what follows a hit is handed back", () => {
  expect(new TextWatcher(["|"]).push("left|right").hit).toEqual({ watched: "|", after: "right" });
});

test("however a text is cut into pieces, what is passed on is the text before the first watched text", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 });
  const watchedTexts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 }), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 8 }), watchedTexts, (pieces, watched) => {
      const whole = pieces.join("");
      const positions = watched.map((text) => whole.indexOf(text)).filter((position) => position >= 0);
      const { text, hit } = readAll(pieces, watched);
      if (positions.length === 0) expect({ text, hit }).toEqual({ text: whole, hit: undefined });
      // A longer watched text that began earlier but ends in a later piece may lose against one that is complete.
      else expect(whole.startsWith(text + hit)).toBe(true);
      for (const one of watched) expect(text).not.toContain(one);
    }),
  );
});
