import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeTextModel, encodeTextModel } from "../../src/routing/text-model-file.ts";

const bytes = readFileSync(resolve(import.meta.dirname, "../../models/router/text-model.bin"));

describe("a text model as bytes", () => {
  it("comes back from its bytes as it was", () => {
    const decoded = decodeTextModel(bytes, "aa");
    if (!decoded.ok) throw new Error(decoded.problem);
    expect(Buffer.from(encodeTextModel(decoded.parts)).equals(bytes)).toBe(true);
  });

  it("is at most 1 MB", () => {
    expect(bytes.length).toBeLessThan(1_000_000);
  });

  it.each([
    ["nothing", new Uint8Array(0), "header"],
    ["noise", new Uint8Array(64).fill(7), "header"],
    ["a file that is cut off", bytes.subarray(0, bytes.length - 1), "cut off"],
    ["another format", withHeader({ format: 99 }), "format is 99"],
    ["other measurements", withHeader({ format: 1, measureNames: ["length"] }), "measurements"],
  ])("is refused with the reason when it is %s", (_, broken, problem) => {
    const decoded = decodeTextModel(broken, "aa");
    expect(decoded.ok ? "" : decoded.problem).toContain(problem);
  });
});

function withHeader(header: object): Uint8Array {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text]);
}
