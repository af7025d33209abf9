import { copyFile, open, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprintOf } from "../../../src/hosting/fit/file-fingerprint.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a file's fingerprint", () => {
  const content = Buffer.alloc(6 * 1024 ** 2, 7);

  it("is that of its content: a copy of another age has the same, whatever it is called", async () => {
    const folder = temporaryFolder();
    const [first, second] = [join(folder, "a.gguf"), join(folder, "b.gguf")];
    await writeFile(first, content);
    await copyFile(first, second);
    await utimes(second, 1, 1);
    expect(await fingerprintOf(first)).toMatch(/^[0-9a-f]{64}$/u);
    expect(await fingerprintOf(second)).toBe(await fingerprintOf(first));
  });

  it.each([0, 1024 ** 2, content.length - 1])("differs where byte %d does", async (position) => {
    const file = join(temporaryFolder(), "a.gguf");
    await writeFile(file, content);
    const before = await fingerprintOf(file);
    await using handle = await open(file, "r+");
    await handle.write(Buffer.from([8]), 0, 1, position);
    expect(await fingerprintOf(file)).not.toBe(before);
  });

  it("is unknown for a file that is not there", async () => {
    expect(await fingerprintOf(join(temporaryFolder(), "none.gguf"))).toBeUndefined();
  });
});
