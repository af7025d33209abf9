import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from "node:crypto";

/**
 * Signed notes with Ed25519 keys: the form in which the log's head is signed.
 * @see https://c2sp.org/signed-note
 */

/** A public key that verifies notes. */
export interface NoteVerifier {
  /** The key's name; for a log, its origin. */
  readonly name: string;
  /** The one-line text form: `<name>+<key id>+<key>`. */
  readonly vkey: string;
  readonly publicKey: KeyObject;
}

/** A private key that signs notes. */
export interface NoteSigner extends NoteVerifier {
  readonly privateKey: KeyObject;
}

const ED25519_TYPE = 1;
const KEY_ID_BYTES = 4;
const RAW_KEY_BYTES = 32;
/** What stands before the 32 bytes of an Ed25519 public key in its DER form. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** The signer of a PEM private key; `nameOf` chooses the name from the raw public key. Throws when the key is not Ed25519. */
export function noteSignerOf(pem: Buffer, nameOf: (rawPublicKey: Buffer) => string): NoteSigner {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("The audit log's signing key is not an Ed25519 key.");
  const publicKey = createPublicKey(privateKey);
  const raw = rawKeyOf(publicKey);
  const name = nameOf(raw);
  return { name, vkey: formatVkey(name, raw), publicKey, privateKey };
}

/** The verifier of a key's text form. Throws when the text is not one, or its id does not belong to its key. */
export function parseVkey(text: string): NoteVerifier {
  const [, name, , keyText] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
  const key = Buffer.from(keyText ?? "", "base64");
  if (name === undefined || key.length !== 1 + RAW_KEY_BYTES || key[0] !== ED25519_TYPE) {
    throw new Error(
      "Not a verifier key: expected one line of the form name+8 hexadecimal digits+base64 of an Ed25519 key.",
    );
  }
  const raw = key.subarray(1);
  if (formatVkey(name, raw) !== text.trim())
    throw new Error("The verifier key's id does not belong to its name and key.");
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: "der", type: "spki" });
  return { name, vkey: text.trim(), publicKey };
}

/** `text`, which ends with a newline, with the signature's line after an empty one. */
export function signNote(text: string, signer: NoteSigner): string {
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  const line = Buffer.concat([keyIdOf(signer), signature]).toString("base64");
  return `${text}\n— ${signer.name} ${line}\n`;
}

/** The text of a note that `verifier` has signed, or undefined when it has not. Signatures of other keys are ignored. */
export function openNote(note: string, verifier: NoteVerifier): string | undefined {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return undefined;
  const text = note.slice(0, split + 1);
  const keyId = keyIdOf(verifier);
  for (const line of note.slice(split + 2, -1).split("\n")) {
    const [, name, base64] = SIGNATURE_LINE.exec(line) ?? [];
    if (name === undefined) return undefined;
    const signature = Buffer.from(base64 ?? "", "base64");
    if (name !== verifier.name || !signature.subarray(0, KEY_ID_BYTES).equals(keyId)) continue;
    return verify(null, Buffer.from(text), verifier.publicKey, signature.subarray(KEY_ID_BYTES)) ? text : undefined;
  }
  return undefined;
}

function rawKeyOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: "der", type: "spki" }).subarray(-RAW_KEY_BYTES);
}

function typedKey(raw: Buffer): Buffer {
  return Buffer.concat([Buffer.of(ED25519_TYPE), raw]);
}

function keyIdOf(verifier: NoteVerifier): Buffer {
  return keyId(verifier.name, rawKeyOf(verifier.publicKey));
}

function keyId(name: string, raw: Buffer): Buffer {
  return hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), typedKey(raw)]), "buffer").subarray(0, KEY_ID_BYTES);
}

function formatVkey(name: string, raw: Buffer): string {
  return `${name}+${keyId(name, raw).toString("hex")}+${typedKey(raw).toString("base64")}`;
}
