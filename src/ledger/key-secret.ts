import { createHmac, randomBytes, randomInt } from "node:crypto";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { keysFolderOf } from "../journal/data-dir.ts";
import { readOrCreateSecretFile } from "../journal/secret-file.ts";

/**
 * The secret half of an API key: `sbx_<8 id>_<30 random><6 checksum>`, all base 62. The id repeats the key's public id,
 * so that a leaked key can be named; the checksum lets scanners, and us, tell a key from a look-alike without asking
 * the database. An operator's own bootstrap key is `sbx_` and 48 hexadecimal digits.
 */
const GENERATED = /^sbx_([0-9A-Za-z]{8})_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;
const GENERATED_ID = /^key_([0-9A-Za-z]{8})$/;
const SUPPLIED = /^sbx_[0-9A-Fa-f]{48}$/;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_CHARACTERS = 8;
/** 30 characters of base 62 are 178 bits. */
const RANDOM_CHARACTERS = 30;
const CHECKSUM_CHARACTERS = 6;
const PEPPER_BYTES = 32;

/** A new key: its public id and the secret, which is shown once. */
export interface NewSecret {
  readonly keyId: string;
  readonly secret: string;
}

/** A new secret, for a new key or, with `keyId`, for one that exists. */
export function makeSecret(keyId?: string): NewSecret {
  const id = GENERATED_ID.exec(keyId ?? "")?.[1] ?? randomText(ID_CHARACTERS);
  const body = `${id}_${randomText(RANDOM_CHARACTERS)}`;
  return { keyId: keyId ?? `key_${id}`, secret: `sbx_${body}${checksumOf(body)}` };
}

/** Whether `text` has the form of a key. Says nothing about whether there is such a key. */
export function isWellFormedSecret(text: string): boolean {
  const [, id, random, checksum] = GENERATED.exec(text) ?? [];
  if (id === undefined) return isSuppliedSecret(text);
  return checksumOf(`${id}_${random}`) === checksum;
}

/** Whether `text` may be a bootstrap key that an operator supplies: `sbx_` and 48 hexadecimal digits. */
export function isSuppliedSecret(text: string): boolean {
  return SUPPLIED.test(text);
}

/** Turns secrets into what is stored and looked up: HMAC-SHA-256 under this box's pepper. */
export type DigestSecret = (secret: string) => Buffer;

/** The file of the pepper of a data folder's API keys. */
export function pepperFileOf(dataDir: string): string {
  return join(keysFolderOf(dataDir), "api-key-pepper.key");
}

/** The digest function of `dataDir`; its pepper is made at the first start. Secrets have entropy enough to need no slow hash. */
export function loadSecretDigest(dataDir: string): DigestSecret {
  const pepper = readOrCreateSecretFile(pepperFileOf(dataDir), () => randomBytes(PEPPER_BYTES));
  return (secret) => createHmac("sha256", pepper).update(secret).digest();
}

function randomText(characters: number): string {
  return Array.from({ length: characters }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let digit = 0; digit < CHECKSUM_CHARACTERS; digit += 1) {
    text = `${ALPHABET[rest % ALPHABET.length]}${text}`;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}
