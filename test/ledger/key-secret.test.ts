import { expect, test } from "vitest";
import { isSuppliedSecret, isWellFormedSecret, loadSecretDigest, makeSecret } from "../../src/ledger/key-secret.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("a generated secret names its key, is well formed, and never comes twice", () => {
  const made = Array.from({ length: 200 }, () => makeSecret());
  for (const { keyId, secret } of made) {
    expect(secret).toMatch(/^sbx_[0-9A-Za-z]{8}_[0-9A-Za-z]{36}$/);
    expect(keyId).toBe(`key_${secret.slice(4, 12)}`);
    expect(isWellFormedSecret(secret)).toBe(true);
  }
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(200);
  const rotated = makeSecret(made[0]?.keyId);
  expect(rotated.keyId).toBe(made[0]?.keyId);
  expect(rotated.secret.slice(0, 12)).toBe(made[0]?.secret.slice(0, 12));
});

test("a secret with any character changed is not well formed", () => {
  const { secret } = makeSecret();
  for (let at = 0; at < secret.length; at += 1) {
    const other = secret[at] === "A" ? "B" : "A";
    expect(isWellFormedSecret(`${secret.slice(0, at)}${other}${secret.slice(at + 1)}`), `character ${at}`).toBe(false);
  }
});

test.each([
  "",
  "sbx_",
  "Bearer x",
  `sbx_${"a".repeat(47)}`,
  `sbx_${"g".repeat(48)}`,
  `sbx_${"a".repeat(49)}`,
  `sbx_${"a".repeat(48)}\n`,
])("%j is no key", (text) => {
  expect(isWellFormedSecret(text)).toBe(false);
});

test("an operator's own bootstrap secret is 48 hexadecimal digits", () => {
  expect(isSuppliedSecret(`sbx_${"0aF".repeat(16)}`)).toBe(true);
  expect(isSuppliedSecret(makeSecret().secret)).toBe(false);
});

test("a digest depends on the box's pepper, which stays", () => {
  const [folder, otherFolder] = [temporaryFolder(), temporaryFolder()];
  const digest = loadSecretDigest(folder)("sbx_a");
  expect(loadSecretDigest(folder)("sbx_a")).toEqual(digest);
  expect(loadSecretDigest(otherFolder)("sbx_a")).not.toEqual(digest);
});
