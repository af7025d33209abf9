import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Clock } from "../../core/clock.ts";
import type { ModelId } from "../../core/ids.ts";
import { MODEL_ID_MAX_LENGTH } from "../../core/ids.ts";
import { findSourceFiles } from "./find-source-files.ts";
import { MANIFEST_NAME } from "./model-manifest.ts";
import type { ModelManifest } from "./model-manifest.ts";
import { readModelHeader } from "./read-model-header.ts";
import { copyAndHash, linkAndHash } from "./stage-file.ts";
import { syncFolder } from "../../files/sync-folder.ts";
import { modelFolder, modelsFolder, STAGING_PREFIX } from "./store-folders.ts";
import { removeAbandonedStaging } from "./remove-abandoned-staging.ts";
import { detectWorkerFence } from "../fence/worker-fence.ts";
import { validateModel } from "./validate-model.ts";

/** Left free on the disk for the journal, which must be able to write. */
const RESERVED_DISK_BYTES = 256 * 1024 ** 2;

/** What to import, and where to. */
export interface ImportOptions {
  readonly dataDir: string;
  /** A GGUF file, any part of a split model, or a folder with one model. */
  readonly source: string;
  /** Without it the file's name becomes the id. */
  readonly id?: ModelId;
  /** Hard-link instead of copying: no disk space, but whoever changes the source changes the model. */
  readonly link?: boolean;
  /**
   * Where the source was fetched from. The source is then this box's own download in the store's folder: it is linked,
   * so that it needs no disk space twice, and the caller removes it afterwards, so that nobody else can change it.
   */
  readonly fetchedFrom?: string;
  readonly clock: Clock;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Memory that the trial load may use; without it the machine is asked. */
  readonly availableBytes?: number;
  readonly signal?: AbortSignal;
}

/** `copying` counts bytes; `validating` loads the model once and can't say how far it is. */
export interface ImportProgress {
  readonly kind: "copying" | "validating";
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** The imported model, or why it was not taken. */
export type ImportResult =
  | { readonly kind: "imported"; readonly manifest: ModelManifest; readonly file: string }
  /** `message` names what is wrong and what to do; nothing was changed. */
  | { readonly kind: "refused"; readonly message: string };

/**
 * Takes a model into the store: whole and loadable, or not at all, also when the machine stops halfway.
 * What is wrong with the source is a refusal; rejects with `invalid_request` for a bad id, with the file system's own errors, and when `signal` aborts.
 */
export async function importModel(options: ImportOptions): Promise<ImportResult> {
  const { dataDir, signal } = options;
  const found = await findSourceFiles(options.source);
  if (found.kind === "problem") return refuse(found.message);
  const id = options.id ?? idFromFileName(found.stem);
  if (await exists(modelFolder(dataDir, id))) return refuse(alreadyThere(id));
  const sourceHeader = await readModelHeader(found.files, signal);
  if (sourceHeader.kind === "problem")
    return refuse(`${options.source} is not a usable model. ${sourceHeader.message}`);

  const folder = modelsFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o750 });
  await removeAbandonedStaging(folder, options.clock);
  if (!isLinked(options)) {
    const noRoom = await whyDiskIsTooSmall(folder, sourceHeader.fileBytes);
    if (noRoom !== undefined) return refuse(noRoom);
  }

  const staging = join(folder, `${STAGING_PREFIX}${randomUUID()}`);
  await mkdir(staging, { mode: 0o750 });
  try {
    const staged = await stageFiles(found.files, staging, sourceHeader.fileBytes, options);
    if (staged.kind === "refused") return staged;
    // Read again where nobody changes it any more: this is what is validated, described and loaded later.
    const stagedFiles = staged.files.map(({ name }) => join(staging, name));
    const header = await readModelHeader(stagedFiles, signal);
    if (header.kind === "problem") return refuse(`The source changed while it was copied. ${header.message}`);
    options.onProgress?.({ kind: "validating", doneBytes: header.fileBytes, totalBytes: header.fileBytes });
    const fence = await detectWorkerFence(process.env["PATH"] ?? "");
    const validated = await validateModel({ ...options, file: stagedFiles[0] ?? "", header, fence });
    if (validated.kind === "invalid") return refuse(`The model can't be loaded. ${validated.reason}`);

    const manifest: ModelManifest = {
      id,
      files: staged.files,
      importedAt: new Date(options.clock.wallMs()).toISOString(),
      source: options.fetchedFrom ?? resolve(options.source),
      linked: options.link === true,
      validation: validated.validation,
      header,
    };
    await writeManifest(staging, manifest);
    return await publish(staging, manifest, dataDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function refuse(message: string): Extract<ImportResult, { kind: "refused" }> {
  return { kind: "refused", message };
}

function isLinked({ link, fetchedFrom }: ImportOptions): boolean {
  return link === true || fetchedFrom !== undefined;
}

/** The id of a model that was given none: its file's name with everything that an id can't have replaced by dashes. */
export function idFromFileName(stem: string): ModelId {
  const id = stem.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
  return id === "" ? "model" : id.slice(0, MODEL_ID_MAX_LENGTH);
}

function alreadyThere(id: ModelId): string {
  return `A model ${id} is already there: choose another id, or remove it first.`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    // Whatever keeps it from being looked at will also keep the rename from taking its place.
    return false;
  }
}

async function whyDiskIsTooSmall(folder: string, neededBytes: number): Promise<string | undefined> {
  const disk = await statfs(folder);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes >= neededBytes + RESERVED_DISK_BYTES) return undefined;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
  return `The model needs ${megabytes(neededBytes + RESERVED_DISK_BYTES)} of disk space (with a reserve), but ${folder} has ${megabytes(freeBytes)} free.`;
}

async function stageFiles(
  files: readonly string[],
  staging: string,
  totalBytes: number,
  options: ImportOptions,
): Promise<
  { readonly kind: "staged"; readonly files: ModelManifest["files"] } | Extract<ImportResult, { kind: "refused" }>
> {
  let doneBytes = 0;
  const onBytes = (byteCount: number): void => {
    doneBytes += byteCount;
    // A source that is still being written could fill the disk.
    if (doneBytes > totalBytes) throw new Error("The source grows while it is copied.");
    options.onProgress?.({ kind: "copying", doneBytes, totalBytes });
  };
  const stage = isLinked(options) ? linkAndHash : copyAndHash;
  const staged: ModelManifest["files"] = [];
  for (const file of files) {
    const name = basename(file);
    try {
      staged.push({ name, ...(await stage(file, join(staging, name), onBytes, options.signal)) });
    } catch (error) {
      if (doneBytes > totalBytes) return refuse(`${file} grows while it is copied: wait until it is complete.`);
      if (!isCrossDevice(error)) throw error;
      return refuse(
        `${file} is on another file system than the store, so it can't be linked: import it without --link.`,
      );
    }
  }
  return { kind: "staged", files: staged };
}

function isCrossDevice(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EXDEV";
}

async function writeManifest(folder: string, manifest: ModelManifest): Promise<void> {
  const handle = await open(join(folder, MANIFEST_NAME), "wx", 0o640);
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  syncFolder(folder);
}

/** Gives the finished folder its name; the one step that makes the model appear. */
async function publish(staging: string, manifest: ModelManifest, dataDir: string): Promise<ImportResult> {
  const folder = modelFolder(dataDir, manifest.id);
  try {
    await rename(staging, folder);
  } catch (error) {
    // Somebody else imported the same id in the meantime.
    if (await exists(folder)) return refuse(alreadyThere(manifest.id));
    throw error;
  }
  syncFolder(modelsFolder(dataDir));
  return { kind: "imported", manifest, file: join(folder, manifest.files[0]?.name ?? "") };
}
