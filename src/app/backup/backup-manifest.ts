import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BACKED_UP_NAMES } from "../../journal/pending-restore.ts";

/** The file of a backup that says what belongs to it; written last, so that a folder without it is no backup. */
export const MANIFEST_NAME = "backup.json";

/** Only what a data folder has, at most one folder deep: a manifest from elsewhere can't name a file outside. */
const path = z
  .string()
  .regex(/^[\w.-]+(?:\/[\w.-]+)?$/)
  .refine((text) => text.split("/").every((part) => !/^\.+$/.test(part)))
  .refine((text) => BACKED_UP_NAMES.some((name) => name === text.split("/")[0]));

const manifest = z.strictObject({
  version: z.literal(1),
  /** Of the program that made it. */
  program: z.string(),
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  /** The audit log in it: how many leaves, and the root of their tree in base64. */
  log: z.strictObject({ size: z.int().min(1), root: z.string() }),
  files: z.array(z.strictObject({ path, bytes: z.int().min(0), sha256: z.string().length(64) })).min(1),
});

/** What a backup says of itself. */
export type BackupManifest = Readonly<z.infer<typeof manifest>>;

/** One file of a backup: its path below the folder with `/`, its size and its SHA-256 in hexadecimal. */
export type BackedUpFile = BackupManifest["files"][number];

/** Reads the manifest of a backup. Throws an Error that says what is wrong with the folder. */
export function readManifest(folder: string): BackupManifest {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(folder, MANIFEST_NAME), "utf8"));
  } catch (cause) {
    throw new Error(`${folder} is no backup: it has no readable ${MANIFEST_NAME}.`, { cause });
  }
  const parsed = manifest.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `${join(folder, MANIFEST_NAME)} is not what this version of Signalbox writes: ${issue?.path.join(".")}: ${issue?.message}.`,
  );
}
