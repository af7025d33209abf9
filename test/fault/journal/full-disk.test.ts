import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { attemptOf, openAuditBox } from "../../audit/audit-box.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { expectNothingLost } from "./recorder.ts";

const DISK_BYTES = 1_048_576;

/** A file system of {@link DISK_BYTES}, or why there can't be one here. */
function mountSmallDisk(folder: string): string | undefined {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", folder], { stdio: "ignore" });
    onTestFinished(() => {
      execFileSync("umount", ["--lazy", folder]);
    });
    return undefined;
  } catch {
    return "mounting a file system needs root";
  }
}

test("a full disk ends all records until a restart, and loses nothing acknowledged", async ({ skip }) => {
  const folder = temporaryFolder();
  const impossible = mountSmallDisk(folder);
  if (impossible !== undefined) return skip(impossible);
  const box = await openAuditBox(join(folder, "data"));
  const acknowledged: string[] = [];
  const fill = async (requestId: string): Promise<void> => {
    const { auditIndex } = await box.decisions.recordAttempt(attemptOf(requestId));
    acknowledged.push(`${requestId} attempt ${auditIndex}`);
  };
  const results = await Promise.allSettled(Array.from({ length: 2_000 }, (_, index) => fill(`req_${index}`)));
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(results.at(-1)).toMatchObject({ reason: { code: "audit_unavailable" } });
  expect(box.journal.unwritableBecause()).toMatch(/SQLITE_(FULL|IOERR)/);

  execFileSync("mount", ["-o", `remount,size=${16 * DISK_BYTES}`, folder]);
  await expect(fill("req_late")).rejects.toMatchObject({ code: "audit_unavailable" });
  await box.stop();
  const later = join(temporaryFolder(), "data");
  cpSync(box.dataDir, later, { recursive: true });
  await expectNothingLost(later, acknowledged);
  await (await openAuditBox(later)).stop();
  await expectNothingLost(later, acknowledged);
});
