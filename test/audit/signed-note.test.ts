import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openCheckpoint, signCheckpoint } from "../../src/audit/checkpoint.ts";
import { noteSignerOf, openNote, parseVkey, signNote, type NoteSigner } from "../../src/audit/signed-note.ts";

/** The example that Go's `golang.org/x/mod/sumdb/note` documents. */
const PUBLISHED_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PUBLISHED_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PUBLISHED_NOTE = `${PUBLISHED_TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

function makeSigner(name = "example.com/log"): NoteSigner {
  return noteSignerOf(
    Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" })),
    () => name,
  );
}

describe("openNote", () => {
  test("opens a note that another implementation has signed", () => {
    expect(openNote(PUBLISHED_NOTE, parseVkey(PUBLISHED_VKEY))).toBe(PUBLISHED_TEXT);
  });

  test("opens no note of which any byte was changed", () => {
    const verifier = parseVkey(PUBLISHED_VKEY);
    for (let at = 0; at < PUBLISHED_NOTE.length; at += 1) {
      const other = PUBLISHED_NOTE[at] === "A" ? "B" : "A";
      expect(
        openNote(`${PUBLISHED_NOTE.slice(0, at)}${other}${PUBLISHED_NOTE.slice(at + 1)}`, verifier),
        `byte ${at}`,
      ).toBeUndefined();
    }
  });

  test("opens a note with further signatures by keys it does not know", () => {
    const [first, witness] = [makeSigner("first"), makeSigner("witness")];
    const both = `${signNote("text\n", witness)}${signNote("text\n", first).split("\n\n")[1]}`;
    expect(openNote(both, first)).toBe("text\n");
    expect(openNote(both, makeSigner("first"))).toBeUndefined();
  });
});

describe("parseVkey", () => {
  test("reads what a signer prints", () => {
    const signer = makeSigner();
    expect(openNote(signNote("a\n", signer), parseVkey(`${signer.vkey}\n`))).toBe("a\n");
  });

  test.each([
    "",
    "x",
    PUBLISHED_VKEY.slice(0, -4),
    PUBLISHED_VKEY.replace("c74f20a3", "c74f20a4"),
    PUBLISHED_VKEY.replace("+AR", "+BR"),
  ])("refuses %s", (text) => {
    expect(() => parseVkey(text)).toThrow(/verifier key/);
  });
});

describe("checkpoint", () => {
  test("states the size and root that were signed, for its own log alone", () => {
    const signer = makeSigner();
    const head = { size: 12, root: Buffer.alloc(32, 7) };
    const note = signCheckpoint(head, signer);
    expect(note.split("\n").slice(0, 3)).toEqual(["example.com/log", "12", head.root.toString("base64")]);
    expect(openCheckpoint(note, signer)).toEqual(head);
    expect(openCheckpoint(signNote("other.example/log\n12\nAAAA\n", signer), signer)).toBeUndefined();
  });
});
