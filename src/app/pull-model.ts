import { createHash } from "node:crypto";
import { mkdir, readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import { SignalboxError } from "../core/errors.ts";
import { downloadFile, type DownloadedFile, type DownloadOptions } from "../egress/download/download-file.ts";
import type { PullPlan } from "../hosting/catalog/plan-pull.ts";
import { idFromFileName, importModel, type ImportProgress } from "../hosting/store/import-model.ts";
import { listModels } from "../hosting/store/list-models.ts";
import type { ModelManifest } from "../hosting/store/model-manifest.ts";
import { modelsFolder } from "../hosting/store/store-folders.ts";
import { openRecords } from "./open-records.ts";

/** Begins the names of folders that hold what was fetched so far. */
const DOWNLOAD_PREFIX = ".download-";
/** A download that nobody went on with for this long is removed by the next one. */
const ABANDONED_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/** How to carry a plan out. */
export interface PullOptions extends Pick<
  DownloadOptions,
  "authorization" | "caCertificates" | "egressMode" | "limits" | "onRetry" | "proxy" | "resolveName" | "signal"
> {
  readonly plan: PullPlan;
  readonly dataDir: string;
  readonly clock: Clock;
  /** Free bytes of a folder's file system; the system is asked when left out. */
  readonly freeBytes?: DownloadOptions["freeBytes"];
  readonly onProgress?: (progress: PullProgress) => void;
}

/** How far a pull is. */
export type PullProgress =
  | { readonly kind: "fetching"; readonly file: string; readonly doneBytes: number; readonly totalBytes?: number }
  | { readonly kind: "importing"; readonly step: ImportProgress };

/** A model in the store, or why it is not. */
export type PullResult =
  | {
      readonly kind: "pulled";
      readonly manifest: ModelManifest;
      readonly file: string;
      readonly fetched: readonly (DownloadedFile & { readonly name: string })[];
    }
  | { readonly kind: "refused"; readonly message: string };

/** The id that a plan's model gets in the store. */
export function storedIdOf(plan: PullPlan): string {
  return plan.id ?? idFromFileName((plan.files[0]?.name ?? "").replace(/(-\d{5}-of-\d{5})?\.gguf$/i, ""));
}

/**
 * Fetches a model's files and takes them into the store. Every origin is written into the audit log before the first
 * connection to it, the fetched files and the import after them. What has arrived is kept when it fails or is stopped,
 * and the next pull of the same files goes on with it. Rejects as `downloadFile` does, and with `audit_unavailable`.
 */
export async function pullModel(options: PullOptions): Promise<PullResult> {
  const { plan, dataDir, clock } = options;
  const id = storedIdOf(plan);
  const { models } = await listModels(dataDir);
  if (models.some(({ manifest }) => manifest.id === id)) {
    return refuse(`A model ${id} is already there: choose another id with --id, or remove it first.`);
  }
  const records = await openRecords({ dataDir, clock });
  try {
    const folder = await prepareFolder(dataDir, plan, clock);
    const lock = holdFolder(folder);
    try {
      const fetched = await fetchFiles(options, folder, id, (draft) => records.log.append(draft));
      await records.log.append({ kind: "model.pulled", modelId: id, label: plan.label, files: fetched });
      const source = join(folder, plan.files[0]?.name ?? "");
      const result = await importModel({
        dataDir,
        source,
        id,
        fetchedFrom: fetched[0]?.url ?? "",
        clock,
        signal: options.signal,
        onProgress: (step) => options.onProgress?.({ kind: "importing", step }),
      });
      if (result.kind === "refused") return refuse(`${result.message} What was fetched is kept in ${folder}.`);
      const files = result.manifest.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
      await records.log.append({ kind: "model.imported", modelId: id, files, source: result.manifest.source });
      await rm(folder, { recursive: true, force: true });
      return { kind: "pulled", manifest: result.manifest, file: result.file, fetched };
    } finally {
      lock.release();
    }
  } finally {
    await records.close();
  }
}

async function fetchFiles(
  options: PullOptions,
  folder: string,
  id: string,
  append: (draft: { readonly kind: string; readonly [fact: string]: unknown }) => Promise<unknown>,
): Promise<readonly (DownloadedFile & { readonly name: string; readonly url: string })[]> {
  const { plan, onProgress } = options;
  const recorded = new Set<string>();
  const recordOrigin = async (origin: string): Promise<void> => {
    if (recorded.has(origin)) return;
    await append({ kind: "model.connecting", modelId: id, origin, proxy: options.proxy?.url, label: plan.label });
    recorded.add(origin);
  };
  const fetched: (DownloadedFile & { readonly name: string; readonly url: string })[] = [];
  for (const { name, url, sha256 } of plan.files) {
    const file = await downloadFile({
      ...options,
      url,
      target: join(folder, name),
      hosts: { named: plan.namedHosts, redirect: plan.redirectHosts },
      recordOrigin,
      freeBytes: options.freeBytes ?? freeBytesOf,
      onProgress: (progress) => onProgress?.({ kind: "fetching", file: name, ...progress }),
      ...(sha256 === undefined ? {} : { sha256 }),
    });
    fetched.push({ name, url: withoutQuery(url), ...file });
  }
  return fetched;
}

/** A query may carry a credential, and what is recorded stays. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** One folder for each set of files, so that the same pull finds what it has kept. */
async function prepareFolder(dataDir: string, plan: PullPlan, clock: Clock): Promise<string> {
  const store = modelsFolder(dataDir);
  await mkdir(store, { recursive: true, mode: 0o750 });
  const name = createHash("sha256")
    .update(JSON.stringify(plan.files.map(({ url }) => url)))
    .digest("hex")
    .slice(0, 16);
  const folder = join(store, `${DOWNLOAD_PREFIX}${name}`);
  for (const other of await readdir(store)) {
    const path = join(store, other);
    if (!other.startsWith(DOWNLOAD_PREFIX) || path === folder) continue;
    // Another pull may finish just now and remove its folder.
    const mtimeMs = await stat(path).then(
      (found) => found.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (clock.wallMs() - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true, mode: 0o750 });
  return folder;
}

/** Two pulls of the same files would write into each other's. The lock is the operating system's and ends with the process. */
function holdFolder(folder: string): { release(): void } {
  const lock = new BetterSqlite3(join(folder, "pull.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new SignalboxError("invalid_request", "Another process is pulling the same files: wait for it, or stop it.", {
      cause,
    });
  }
  return { release: () => lock.close() };
}

async function freeBytesOf(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}

function refuse(message: string): Extract<PullResult, { kind: "refused" }> {
  return { kind: "refused", message };
}
