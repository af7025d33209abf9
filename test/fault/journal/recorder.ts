import { execFileSync, spawn } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect } from "vitest";
import { verifyReceipt } from "../../../src/audit/inclusion-receipt.ts";
import { openLeafReader } from "../../../src/audit/read-leaves.ts";
import { parseVkey } from "../../../src/audit/signed-note.ts";
import { verifyLog } from "../../../src/audit/verify-log.ts";
import { databaseFileOf } from "../../../src/journal/data-dir.ts";
import { leavesOf, openAuditBox } from "../../audit/audit-box.ts";

const SCRIPT = fileURLToPath(new URL("record-requests.ts", import.meta.url));
const SHIM_SOURCE = fileURLToPath(new URL("failing-disk.c", import.meta.url));

/** One run of the recorder in a process of its own. */
export interface RecorderRun {
  readonly dataDir: string;
  readonly outstanding: number;
  readonly total: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Kill -9 when this many lines have come. */
  readonly killAfterLines?: number;
  /** Called with each whole line; a promise that it answers ends in kill -9. */
  readonly onLine?: (line: string) => Promise<unknown> | undefined;
}

/** Why the compiled faults can't be tried here, or undefined when they can. */
export function compilerMissing(): string | undefined {
  try {
    execFileSync("gcc", ["--version"], { stdio: "ignore" });
    return process.platform === "linux" ? undefined : "LD_PRELOAD needs Linux";
  } catch {
    return "gcc is not installed";
  }
}

/** Compiles the library that makes a disk fail into `folder`. */
export function compileFailingDisk(folder: string): string {
  const library = join(folder, "failing-disk.so");
  execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-o", library, SHIM_SOURCE, "-ldl"]);
  return library;
}

/** The lines that the recorder printed before it ended or was killed. */
export async function runRecorder(run: RecorderRun): Promise<readonly string[]> {
  const child = spawn(process.execPath, [SCRIPT, run.dataDir, String(run.outstanding), String(run.total)], {
    env: { ...process.env, ...run.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  let told = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    for (const line of output.split("\n").slice(told, -1)) {
      told += 1;
      void run.onLine?.(line)?.finally(() => child.kill("SIGKILL"));
    }
    const lines = output.split("\n").length - 1;
    if (run.killAfterLines !== undefined && lines >= run.killAfterLines) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.once("close", resolve));
  expect(errors, "the recorder's standard error").toBe("");
  return output.split("\n").slice(0, -1);
}

/** Checks a folder after any end of a recorder: the log is good, and every acknowledged leaf is provably where it was said to be. */
export async function expectNothingLost(dataDir: string, acknowledged: readonly string[]): Promise<void> {
  expect(await verifyLog({ source: { dataDir } })).toMatchObject({ ok: true });
  const verifier = parseVkey(readFileSync(join(dataDir, "audit.vkey"), "utf8"));
  const reader = openLeafReader(dataDir);
  for (const line of acknowledged) {
    const [requestId, kind, index] = line.split(" ");
    if (index === undefined) continue;
    const { leaf, body = "", receipt } = reader.show(Number(index)) ?? {};
    expect(leaf, `${line}`).toMatchObject({ requestId, kind });
    if (receipt !== undefined) expect(verifyReceipt(receipt, Buffer.from(body), verifier), `${line}`).toBe(true);
  }
  reader.close();
}

/** Checks a folder whose last recorder ended cleanly: each attempt ended once, and the money is what the leaves say. */
export function expectBooksBalance(dataDir: string): void {
  const leaves = leavesOf(dataDir);
  const outcomes = new Map<unknown, number>();
  for (const leaf of leaves) {
    if (leaf.kind !== "outcome") continue;
    expect(outcomes.has(leaf["requestId"]), `two outcomes of ${String(leaf["requestId"])}`).toBe(false);
    outcomes.set(leaf["requestId"], leaf["result"] === "unknown_after_crash" ? 100 : Number(leaf["costMicroUsd"]));
  }
  const attempts = leaves.filter((leaf) => leaf.kind === "attempt").map((leaf) => leaf["requestId"]);
  expect(new Set(attempts)).toEqual(new Set(outcomes.keys()));
  const database = new BetterSqlite3(databaseFileOf(dataDir), { readonly: true });
  const balance = database
    .prepare<[], { settled: number; reserved: number }>(
      `SELECT settled_micro_usd AS settled, reserved_micro_usd AS reserved FROM ledger_account WHERE scope = 'key:key_test'`,
    )
    .get();
  database.close();
  const settled = [...outcomes.values()].reduce((sum, cost) => sum + cost, 0);
  expect(balance).toEqual(outcomes.size === 0 ? undefined : { settled, reserved: 0 });
}

/** Kills a recorder under load `kills` times on one folder, each after another number of lines, and checks after each. */
export async function killRepeatedly(dataDir: string, kills: number, nextRandom: () => number): Promise<void> {
  const acknowledged: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const killAfterLines = 1 + Math.floor(nextRandom() * 200);
    acknowledged.push(...(await runRecorder({ dataDir, outstanding: 8, total: 100_000, killAfterLines })));
    await expectNothingLost(dataDir, acknowledged.slice(-400));
  }
  acknowledged.push(...(await runRecorder({ dataDir, outstanding: 8, total: 20 })));
  await expectNothingLost(dataDir, acknowledged);
  expectBooksBalance(dataDir);
}

/** A small generator, so that a failing run can be had again. @see https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Runs a recorder on a copy of a stopped log again and again, failing its first, its next (`step` later) … write, until
 * one run makes fewer writes than that; checks after each, and once more after a start with a sound disk. Answers how
 * many writes were failed.
 */
export async function failEachWrite(
  folder: string,
  range: { readonly first: number; readonly step: number },
): Promise<number> {
  const library = compileFailingDisk(folder);
  const original = join(folder, "original");
  await runRecorder({ dataDir: original, outstanding: 1, total: 2 });
  for (let failAt = range.first, tried = 0; ; failAt += range.step, tried += 1) {
    const dataDir = join(folder, `fail-at-${failAt}`);
    cpSync(original, dataDir, { recursive: true });
    const environment = { LD_PRELOAD: library, IO_FAIL_AT: String(failAt) };
    const lines = await runRecorder({ dataDir, outstanding: 2, total: 3, environment });
    await expectNothingLost(dataDir, lines);
    const finished = lines.filter((line) => line.includes("outcome")).length === 3;
    if (finished) return tried;
    expect(lines.at(-1), `write ${failAt}`).toBe("refused audit_unavailable");
    const box = await openAuditBox(dataDir);
    await box.stop();
    await expectNothingLost(dataDir, lines);
    expectBooksBalance(dataDir);
  }
}
