import { describe, expect, it } from "vitest";
import { NativeGarbage } from "../../../src/hosting/worker/native-garbage.ts";

describe("what evaluations leave behind", () => {
  function watched(vocabularySize: number) {
    const collections: string[] = [];
    const garbage = new NativeGarbage(vocabularySize, ({ type }) => collections.push(type));
    return { garbage, collections };
  }

  it("is collected once 64 MiB of tables have piled up, and then anew", () => {
    const { garbage, collections } = watched(152_000);
    const until = Math.ceil((64 * 1024 ** 2) / (152_000 * 12));
    for (let count = 1; count < until; count++) garbage.add();
    expect(collections).toEqual([]);
    garbage.add();
    expect(collections).toEqual(["minor"]);
    garbage.add(until - 1);
    expect(collections).toEqual(["minor"]);
  });

  it("is collected as a whole when asked, and counted from there on", () => {
    const { garbage, collections } = watched(1_000_000);
    garbage.add(5);
    garbage.collectAll();
    garbage.add(5);
    expect(collections).toEqual(["major"]);
  });

  it("finds the collector of this process without a flag", () => {
    expect(() => new NativeGarbage(1).collectAll()).not.toThrow();
  });
});
