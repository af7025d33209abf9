import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOrCreateSecretFile, readSecretFile } from "../../src/journal/secret-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test("a secret is made once, in a private folder, and read ever after", () => {
  const folder = join(temporaryFolder(), "keys");
  const file = join(folder, "a.key");
  expect(readSecretFile(file)).toBeUndefined();
  expect(readOrCreateSecretFile(file, () => Buffer.from("first")).toString()).toBe("first");
  expect(readOrCreateSecretFile(file, () => Buffer.from("second")).toString()).toBe("first");
  expect([modeOf(folder), modeOf(file)]).toEqual(["700", "600"]);
  expect(readdirSync(folder)).toEqual(["a.key"]);
});

test("of two processes that make the same secret at once, the first wins and both get it", () => {
  const file = join(temporaryFolder(), "a.key");
  const secret = readOrCreateSecretFile(file, () => {
    writeFileSync(file, "of the other process");
    return Buffer.from("mine");
  });
  expect(secret.toString()).toBe("of the other process");
});

test("a secret that others could read is tightened", () => {
  const file = join(temporaryFolder(), "a.key");
  writeFileSync(file, "x");
  chmodSync(file, 0o644);
  readSecretFile(file);
  expect(modeOf(file)).toBe("600");
});
