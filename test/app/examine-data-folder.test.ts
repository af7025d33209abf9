import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { examineDataFolder } from "../../src/app/examine-data-folder.ts";
import { openRecords } from "../../src/app/open-records.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const clock = new ManualClock();

describe("what doctor says of a data folder", () => {
  let stopped: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "signalbox-test-"));
    stopped = join(folder, "data");
    const server = { facts: {}, onCheckpointFailed: () => undefined };
    const records = await openRecords({ dataDir: stopped, clock, server });
    await records.keyStore.createKey({ name: "any", role: "inference", tags: [] });
    await records.close();
    return () => rmSync(folder, { recursive: true });
  });

  function copyWith(change: (dataDir: string) => void): string {
    const dataDir = join(temporaryFolder(), "data");
    cpSync(stopped, dataDir, { recursive: true });
    change(dataDir);
    return dataDir;
  }

  it("is nothing wrong for one that a box has left in order, or that is not there yet", async () => {
    const { isReadable, findings } = await examineDataFolder(stopped);
    expect(isReadable).toBe(true);
    expect(findings.map(({ verdict, subject }) => [verdict, subject])).toEqual([
      ["good", "data"],
      ["good", "audit log"],
    ]);
    const absent = await examineDataFolder(join(temporaryFolder(), "not", "there"));
    expect(absent.findings.map(({ verdict }) => verdict)).toEqual(["good", "note"]);
  });

  it("names a secret key that others can read", async () => {
    const dataDir = copyWith((folder) => chmodSync(join(folder, "keys", "audit-signing.pem"), 0o644));
    expect((await examineDataFolder(dataDir)).findings).toContainEqual({
      verdict: "wrong",
      subject: "keys",
      message: `${join(dataDir, "keys", "audit-signing.pem")} can be read by others (mode 644)`,
      remedy: expect.stringContaining("chmod 600") as string,
    });
  });

  it.each(["audit-signing.pem", "api-key-pepper.key"])(
    "names %s where it is missing; a start refuses too",
    async (name) => {
      const dataDir = copyWith((folder) => rmSync(join(folder, "keys", name)));
      expect((await examineDataFolder(dataDir)).findings).toContainEqual(
        expect.objectContaining({ verdict: "wrong", message: `${join(dataDir, "keys", name)} is missing` }),
      );
      // Twice: the first start must not have made another key, which would look like the right one.
      for (let start = 0; start < 2; start++) {
        await expect(openRecords({ dataDir, clock })).rejects.toThrow(/is missing.*put it back from a backup/u);
      }
    },
  );

  it.skipIf(process.getuid?.() === 0)("says of a folder that this user can't read nothing but that", async () => {
    const dataDir = copyWith((folder) => chmodSync(folder, 0o000));
    const { isReadable, findings } = await examineDataFolder(dataDir);
    chmodSync(dataDir, 0o700);
    expect(isReadable).toBe(false);
    expect(findings).toMatchObject([{ verdict: "wrong", message: `${dataDir} can't be read by this user` }]);
  });
});
