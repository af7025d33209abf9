import fc from "fast-check";
import type { Token } from "node-llama-cpp";
import { expect, test } from "vitest";
import { IncrementalDetokenizer } from "../../../src/hosting/worker/incremental-detokenizer.ts";

/** A vocabulary whose tokens are bytes: every character beyond ASCII is cut. */
function byteDetokenizer(controlTexts = new Map<Token, string>()): IncrementalDetokenizer {
  return new IncrementalDetokenizer(
    (tokens) => Buffer.from(tokens as readonly number[]).toString("utf8"),
    controlTexts,
  );
}

function pushAll(detokenizer: IncrementalDetokenizer, bytes: Iterable<number>): string[] {
  return [...bytes].map((byte) => detokenizer.push(byte as Token));
}

test("a character that spans tokens is passed on whole, when its last token arrives", () => {
  expect(pushAll(byteDetokenizer(), Buffer.from("a€😀"))).toEqual(["a", "", "", "€", "", "", "", "😀"]);
});

test("bytes that are no character become replacement characters without holding back what follows", () => {
  const detokenizer = byteDetokenizer();
  expect(pushAll(detokenizer, [0xff, 0x41, 0xe2, 0x41]).join("")).toBe("\ufffdA\ufffdA");
});

test("the pieces joined are the text of all bytes, whatever the bytes", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        const detokenizer = byteDetokenizer();
        const text = pushAll(detokenizer, bytes).join("") + detokenizer.flush();
        expect(text).toBe(Buffer.from(bytes).toString("utf8"));
      },
    ),
  );
});

test("a control token that belongs to the format appears with its text, after what was held back", () => {
  const detokenizer = byteDetokenizer(new Map([[7 as Token, "<tool>"]]));
  expect(pushAll(detokenizer, [0x61, 7, 0x62])).toEqual(["a", "<tool>", "b"]);
});
