import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportLog } from "../../src/audit/export-log.ts";
import { leavesOf, openAuditBox } from "./audit-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** SHA-256 as an auditor's own program computes it: nothing of the log's code is used to check what it exported. */
function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The tree's hash of RFC 6962, section 2.1, word for word. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), only);
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)));
}

function readBundle(file: string): readonly Buffer[] {
  const bytes = readFileSync(file);
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 + bytes.readUInt16BE(at);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

async function exportedLog(leaves: number) {
  const box = await openAuditBox(temporaryFolder());
  await Promise.all(Array.from({ length: leaves }, (_, number) => box.log.append({ kind: "test", number })));
  await box.log.checkpoint();
  await box.log.append({ kind: "not-signed-yet" });
  const folder = join(temporaryFolder(), "export");
  return { box, folder, report: await exportLog({ dataDir: box.dataDir, folder }) };
}

test("an exported log is tiles of 256 leaves and hashes that add up to its signed head", async () => {
  const { box, folder, report } = await exportedLog(600);
  const entries = ["000", "001", "002.p/90"].flatMap((tile) => readBundle(join(folder, "tile/entries", tile)));
  expect(entries.length).toBe(report.size);
  expect(report.size).toBe(leavesOf(box.dataDir).length - 1);
  const [origin, size, root] = readFileSync(join(folder, "checkpoint"), "utf8").split("\n");
  expect({ origin, size: Number(size), root }).toEqual(report);
  expect(treeHash(entries).toString("base64")).toBe(report.root);

  const hashes = ["000", "001", "002.p/90"].map((tile) => readFileSync(join(folder, "tile/0", tile)));
  expect(Buffer.concat(hashes)).toEqual(Buffer.concat(entries.map((entry) => sha256(Buffer.of(0), entry))));
  const upper = readFileSync(join(folder, "tile/1/000.p/2"));
  expect(upper).toEqual(Buffer.concat([treeHash(entries.slice(0, 256)), treeHash(entries.slice(256, 512))]));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name).toSorted()).toEqual(
    ["000", "000", "001", "001", "2", "90", "90", "audit.vkey", "checkpoint", "leaves.jsonl"].toSorted(),
  );
});

test("each line of the exported leaves is the exact text that was hashed, and nobody else can read them", async () => {
  const { folder } = await exportedLog(3);
  const lines = readFileSync(join(folder, "leaves.jsonl"), "utf8").split("\n").slice(0, -1);
  expect(lines).toEqual(readBundle(join(folder, "tile/entries/000.p", String(lines.length))).map(String));
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind).slice(-1)).toEqual(["test"]);
  for (const file of ["leaves.jsonl", "checkpoint", "tile"]) {
    expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  }
});

test("a log that was changed is not exported", async () => {
  const { box } = await exportedLog(3);
  const parent = temporaryFolder();
  writeFileSync(join(box.dataDir, "checkpoint"), "somebody\n9\nAAAA\n\n— somebody AAAA\n");
  await expect(exportLog({ dataDir: box.dataDir, folder: join(parent, "export") })).rejects.toThrow("not whole");
  expect(readdirSync(parent)).toEqual([]);
});
