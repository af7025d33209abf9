import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";
import { readVkeyFile } from "./audit-keys.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { readCheckpointFile } from "./checkpoint-file.ts";
import { completeSubtrees, hashLeaf, rootOf, tileRange, type ReadSubtree } from "./merkle-tree.ts";
import { parseVkey, type NoteVerifier } from "./signed-note.ts";

/** Which log to verify, and with which key. */
export interface VerifyOptions {
  /** A data folder, or the database file inside one (or a copy of one). */
  readonly source: { readonly dataDir: string } | { readonly file: string };
  /** The log's public key, kept somewhere safe. Without it the key beside the log is believed. */
  readonly vkey?: string;
  /** Rehashes only the leaves from here on; what is stored of the tree before it is believed as far as a checkpoint confirms it. */
  readonly fromIndex?: number;
}

/** What verifying found. `root` is base64, as in checkpoints. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly size: number;
  readonly root: string;
  /** How many leaves the newest good checkpoint covers; later ones are checked against the stored tree alone. */
  readonly checkpointSize: number;
  /** The first leaf that is wrong, missing or vouched for by nothing. */
  readonly firstBadIndex?: number;
  readonly problem?: string;
}

/** Leaves between two pauses, so that a server can verify its own log while it serves: about 10 ms of work. */
const LEAVES_BETWEEN_PAUSES = 2_000;

/**
 * Rebuilds the tree from the leaves themselves and compares it with the stored tree and with every signed checkpoint,
 * in the database and in the file beside it. Shares only the tree's arithmetic with the code that writes the log, changes
 * nothing, and works beside a running server, on a stopped one and on a copy without the private key. Rejects only when
 * the database or the key can't be read at all.
 */
export async function verifyLog(options: VerifyOptions): Promise<VerifyReport> {
  const file = "file" in options.source ? options.source.file : databaseFileOf(options.source.dataDir);
  const dataDir = "file" in options.source ? dirname(options.source.file) : options.source.dataDir;
  // Read before the database: the file is written after it, so that it can't be ahead of an untouched log.
  const checkpointFile = readCheckpointFile(dataDir);
  const published = options.vkey === undefined ? readVkeyFile(dataDir) : parseVkey(options.vkey);
  if (!existsSync(file)) throw new Error(`There is no audit log at ${file}.`);
  const database = openReader(file);
  try {
    database.exec("BEGIN");
    const notes = readCheckpointNotes(database);
    if (checkpointFile !== undefined) notes.push(checkpointFile);
    return await verifyDatabase(database, notes, published, options.fromIndex ?? 0);
  } finally {
    database.close();
  }
}

async function verifyDatabase(
  database: Database,
  notes: readonly string[],
  verifier: NoteVerifier | undefined,
  fromIndex: number,
): Promise<VerifyReport> {
  const heads = openNotes(notes, verifier);
  const tree = new RebuiltTree(database, heads.bySize, fromIndex);
  const problem =
    (await tree.readAll()) ?? findLostTail(heads, tree.size) ?? heads.problem ?? checkFirstLeaf(database, verifier);
  return {
    ok: problem === undefined,
    size: tree.size,
    root: tree.root().toString("base64"),
    checkpointSize: tree.checkpointSize,
    ...(problem === undefined ? {} : { firstBadIndex: problem.index, problem: problem.text }),
  };
}

function readCheckpointNotes(database: Database): string[] {
  return database.prepare<[], string>("SELECT note FROM audit_checkpoint ORDER BY tree_size").pluck().all();
}

interface Problem {
  readonly index: number;
  readonly text: string;
}

interface SignedHeads {
  /** The signed roots of each size. */
  readonly bySize: ReadonlyMap<number, readonly Buffer[]>;
  readonly problem?: Problem;
}

function openNotes(notes: readonly string[], verifier: NoteVerifier | undefined): SignedHeads {
  const bySize = new Map<number, readonly Buffer[]>();
  if (verifier === undefined) {
    const text = "the log's public key (audit.vkey) is missing: name it with --vkey";
    return notes.length === 0 ? { bySize } : { bySize, problem: { index: 0, text } };
  }
  let problem: Problem | undefined;
  let lastSize = 0;
  for (const note of notes) {
    const head = openCheckpoint(note, verifier);
    if (head === undefined) {
      problem ??= { index: lastSize, text: `a checkpoint is not signed by the log's key ${verifier.name}` };
      continue;
    }
    lastSize = head.size;
    bySize.set(head.size, [...(bySize.get(head.size) ?? []), Buffer.from(head.root)]);
  }
  return problem === undefined ? { bySize } : { bySize, problem };
}

function findLostTail(heads: SignedHeads, size: number): Problem | undefined {
  const beyond = [...heads.bySize.keys()].find((signedSize) => signedSize > size);
  if (beyond !== undefined) {
    return { index: size, text: `leaf ${size} is missing: a signed checkpoint covers ${beyond} leaves` };
  }
  const vouchedFor = size <= 1 || heads.bySize.size > 0 || heads.problem !== undefined;
  return vouchedFor ? undefined : { index: 0, text: "no signed checkpoint covers the log" };
}

/** The first leaf names the key of the log, so that a log signed anew with another key contradicts itself. */
function checkFirstLeaf(database: Database, verifier: NoteVerifier | undefined): Problem | undefined {
  const first = database
    .prepare<[], string>(
      "SELECT CASE WHEN json_valid(body) THEN body ->> '$.vkey' END FROM audit_leaf WHERE leaf_index = 0",
    )
    .pluck()
    .get();
  if (first === undefined || verifier === undefined || first === verifier.vkey) return undefined;
  return { index: 0, text: "the log's first leaf names another key than the one that signed its checkpoints" };
}

interface LeafRow {
  readonly leafIndex: number;
  readonly body: string;
}

/** The tree as the leaves themselves make it, compared on the way with the stored one and with the signed heads. */
class RebuiltTree {
  size: number;
  /** The largest size at which a signed head was found to be right. */
  checkpointSize = 0;
  readonly #database: Database;
  readonly #heads: ReadonlyMap<number, readonly Buffer[]>;
  readonly #selectNode;
  /** For each level, the newest complete subtree: the only ones that later leaves need. */
  readonly #edge: Buffer[] = [];

  constructor(database: Database, heads: ReadonlyMap<number, readonly Buffer[]>, fromIndex: number) {
    this.#database = database;
    this.#heads = heads;
    this.#selectNode = database
      .prepare<[number, number], Buffer>("SELECT hash FROM audit_node WHERE level = ? AND position = ?")
      .pluck();
    this.size = fromIndex;
    for (const { level, position } of tileRange(0, fromIndex)) {
      this.#edge[level] = this.#selectNode.get(level, position) ?? NO_HASH;
    }
  }

  root(): Buffer {
    return Buffer.from(rootOf(this.size, this.#read));
  }

  /** Reads every leaf up to the first problem. */
  async readAll(): Promise<Problem | undefined> {
    const rows = this.#database
      .prepare<[number], LeafRow>(
        "SELECT leaf_index AS leafIndex, body FROM audit_leaf WHERE leaf_index >= ? ORDER BY leaf_index",
      )
      .iterate(this.size);
    for (const row of rows) {
      const problem = this.#take(row) ?? this.#checkHeads();
      if (problem !== undefined) return problem;
      if (this.size % LEAVES_BETWEEN_PAUSES === 0) await setImmediate();
    }
    return this.#findLostLeaf();
  }

  readonly #read: ReadSubtree = (level) => this.#edge[level] ?? NO_HASH;

  #take({ leafIndex, body }: LeafRow): Problem | undefined {
    const index = this.size;
    if (leafIndex !== index) return { index, text: `leaf ${index} is missing` };
    for (const { level, position, hash } of completeSubtrees(index, hashLeaf(Buffer.from(body)), this.#read)) {
      this.#edge[level] = Buffer.from(hash);
      const stored = this.#selectNode.get(level, position);
      if (stored?.equals(hash) !== true) return mismatch(level, position);
    }
    this.size = index + 1;
    return undefined;
  }

  #checkHeads(): Problem | undefined {
    const signedRoots = this.#heads.get(this.size);
    if (signedRoots === undefined) return undefined;
    const root = this.root();
    if (!signedRoots.every((signed) => signed.equals(root))) {
      const text = `the leaves ${this.checkpointSize} to ${this.size - 1} are not those that were signed`;
      return { index: this.checkpointSize, text };
    }
    this.checkpointSize = this.size;
    return undefined;
  }

  /** A stored hash beyond the last leaf belongs to a leaf that was there. */
  #findLostLeaf(): Problem | undefined {
    const last =
      this.#database.prepare<[], number | null>("SELECT max(position) FROM audit_node WHERE level = 0").pluck().get() ??
      -1;
    return last < this.size ? undefined : { index: this.size, text: `leaf ${this.size} is missing: its hash is there` };
  }
}

/** Stands for a hash that is not there; no tree with it has the right root. */
const NO_HASH = Buffer.alloc(0);

function mismatch(level: number, position: number): Problem {
  const index = position * 2 ** level;
  if (level === 0) return { index, text: `leaf ${index} is not what was recorded` };
  return { index, text: `the leaves ${index} to ${index + 2 ** level - 1} are not those that were recorded` };
}
