import { generateKeyPairSync, hash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isErrorWithCode, keysFolderOf } from "../journal/data-dir.ts";
import { readOrCreateSecretFile } from "../journal/secret-file.ts";
import { noteSignerOf, parseVkey, type NoteSigner, type NoteVerifier } from "./signed-note.ts";

const PSEUDONYM_KEY_BYTES = 32;
const ORIGIN_ID_CHARACTERS = 16;

/** The file of the key that verifies a data folder's checkpoints; public, and best also kept somewhere else. */
export function vkeyFileOf(dataDir: string): string {
  return join(dataDir, "audit.vkey");
}

/** The file of the private key that signs a data folder's checkpoints. */
export function signingKeyFileOf(dataDir: string): string {
  return join(keysFolderOf(dataDir), "audit-signing.pem");
}

/**
 * The key that signs the log of `dataDir`, made at the first start. Its name, the log's origin, follows from the key, so
 * that two boxes never share one. Throws when `audit.vkey` belongs to another key, or is there without its own: a new key
 * could sign nothing that the log's readers believe.
 */
export function loadSigningKey(dataDir: string): NoteSigner {
  const file = signingKeyFileOf(dataDir);
  if (!existsSync(file) && existsSync(vkeyFileOf(dataDir))) {
    throw new Error(`${file} is missing, the key that signs this log: put it back from a backup.`);
  }
  const pem = readOrCreateSecretFile(file, makeSigningKey);
  const signer = noteSignerOf(pem, originOf);
  const published = readOrCreateSecretFile(vkeyFileOf(dataDir), () => Buffer.from(`${signer.vkey}\n`));
  if (published.toString().trim() !== signer.vkey) {
    throw new Error(
      `keys/audit-signing.pem and audit.vkey in ${dataDir} are not a pair: restore the one that was replaced.`,
    );
  }
  return signer;
}

/** The verifying key beside the log, or undefined where there is none. Throws when the file is not a key. */
export function readVkeyFile(dataDir: string): NoteVerifier | undefined {
  try {
    return parseVkey(readFileSync(vkeyFileOf(dataDir), "utf8"));
  } catch (error) {
    if (isErrorWithCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** The key of this box's pseudonyms, made at the first start. */
export function loadPseudonymKey(dataDir: string): Buffer {
  return readOrCreateSecretFile(join(keysFolderOf(dataDir), "pseudonym.key"), () => randomBytes(PSEUDONYM_KEY_BYTES));
}

function makeSigningKey(): Buffer {
  return Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }));
}

function originOf(rawPublicKey: Buffer): string {
  return `signalbox/${hash("sha256", rawPublicKey, "hex").slice(0, ORIGIN_ID_CHARACTERS)}`;
}
