import { mkdirSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";
import { writeNewFolder } from "../journal/new-folder.ts";
import { readVkeyFile } from "./audit-keys.ts";
import { openCheckpoint } from "./checkpoint.ts";
import type { ReadSubtree } from "./merkle-tree.ts";
import { createTreeStore } from "./tree-store.ts";
import { verifyLog } from "./verify-log.ts";

/**
 * The log as files that others' tools read: static tiles with the leaves and the hashes of the tree, and the signed head
 * that they add up to.
 * @see https://c2sp.org/tlog-tiles
 */

/** Leaves of a bundle, and hashes of a tile. */
const TILE_WIDTH = 256;
/** Levels of the tree that one level of tiles spans. */
const TILE_HEIGHT = 8;
/** A bundle gives the length of a leaf in so many bytes. */
const LENGTH_BYTES = 2;

/** What was exported. `root` is base64. */
export interface ExportReport {
  readonly size: number;
  readonly root: string;
  readonly origin: string;
}

/**
 * Writes the leaves below the newest signed checkpoint into a new folder: `checkpoint`, `audit.vkey`, `tile/…` as the format
 * says, and `leaves.jsonl` with the exact text of leaf n in line n + 1. Nothing else of the data folder is in it. The log is
 * verified first. Rejects with an Error that says what to do.
 */
export async function exportLog(options: { readonly dataDir: string; readonly folder: string }): Promise<ExportReport> {
  const { dataDir, folder } = options;
  const report = await verifyLog({ source: { dataDir } });
  if (!report.ok) {
    throw new Error(
      `The log is not whole (${report.problem ?? "unknown problem"}): \`signalbox audit verify\` tells more. ` +
        "To keep it as evidence, copy the data folder.",
    );
  }
  const verifier = readVkeyFile(dataDir);
  const database = openReader(databaseFileOf(dataDir));
  try {
    // One instant of the log, beside a server that goes on writing.
    database.exec("BEGIN");
    const tree = createTreeStore(database);
    const note = tree.newestCheckpoint()?.note ?? "";
    const head = verifier === undefined ? undefined : openCheckpoint(note, verifier);
    if (verifier === undefined || head === undefined) throw new Error("The log has no signed checkpoint yet.");
    const selectBodies = database
      .prepare<[number, number], string>(
        "SELECT body FROM audit_leaf WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index",
      )
      .pluck();
    await writeNewFolder(folder, async (draft) => {
      writeFile(draft, "checkpoint", note);
      writeFile(draft, "audit.vkey", `${verifier.vkey}\n`);
      await writeLeaves(draft, head.size, (start, end) => selectBodies.all(start, end));
      writeHashes(draft, head.size, tree.readSubtree);
    });
    return { size: head.size, root: Buffer.from(head.root).toString("base64"), origin: verifier.name };
  } finally {
    database.close();
  }
}

async function writeLeaves(
  folder: string,
  size: number,
  readBodies: (start: number, end: number) => readonly string[],
): Promise<void> {
  const lines = await open(join(folder, "leaves.jsonl"), "wx", 0o600);
  try {
    for (const { position, width } of tilesOf(size)) {
      const start = position * TILE_WIDTH;
      const bodies = readBodies(start, start + width);
      await lines.writeFile(bodies.map((body) => `${body}\n`).join(""));
      writeFile(folder, tilePath("entries", position, width), Buffer.concat(bodies.flatMap(toEntry)));
    }
  } finally {
    await lines.close();
  }
}

function toEntry(body: string): readonly Buffer[] {
  const bytes = Buffer.from(body);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(bytes.length);
  return [length, bytes];
}

function writeHashes(folder: string, size: number, read: ReadSubtree): void {
  for (let tileLevel = 0, count = size; count > 0; tileLevel += 1, count = Math.floor(count / TILE_WIDTH)) {
    for (const { position, width } of tilesOf(count)) {
      const hashes = Array.from({ length: width }, (_, index) =>
        read(tileLevel * TILE_HEIGHT, position * TILE_WIDTH + index),
      );
      writeFile(folder, tilePath(String(tileLevel), position, width), Buffer.concat(hashes));
    }
  }
}

/** The tiles that hold `count` items, the last one as wide as what is left. */
function* tilesOf(count: number): Generator<{ readonly position: number; readonly width: number }> {
  for (let position = 0; position * TILE_WIDTH < count; position += 1) {
    yield { position, width: Math.min(TILE_WIDTH, count - position * TILE_WIDTH) };
  }
}

/** `tile/0/x001/067` for the full tile 1067 of level 0, with `.p/12` behind it for one of 12 items. */
function tilePath(level: string, position: number, width: number): string {
  const groups = [String(position % 1_000).padStart(3, "0")];
  for (let rest = Math.floor(position / 1_000); rest > 0; rest = Math.floor(rest / 1_000)) {
    groups.unshift(`x${String(rest % 1_000).padStart(3, "0")}`);
  }
  return `tile/${level}/${groups.join("/")}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

function writeFile(folder: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, path), content, { mode: 0o600, flag: "wx" });
}
