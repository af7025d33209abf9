import { openNote, signNote, type NoteSigner, type NoteVerifier } from "./signed-note.ts";

/** The head of a log: how many leaves it has, and the root of the tree over them. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

const BODY = /^([^\s+]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/;

/** A head signed by the log's key, as a note. @see https://c2sp.org/tlog-checkpoint */
export function signCheckpoint(head: TreeHead, signer: NoteSigner): string {
  return signNote(`${signer.name}\n${head.size}\n${Buffer.from(head.root).toString("base64")}\n`, signer);
}

/** The head that a checkpoint states, or undefined when `verifier` has not signed it for its own log. */
export function openCheckpoint(note: string, verifier: NoteVerifier): TreeHead | undefined {
  const [, origin, size, root] = BODY.exec(openNote(note, verifier) ?? "") ?? [];
  if (origin !== verifier.name || size === undefined || root === undefined) return undefined;
  return { size: Number(size), root: Buffer.from(root, "base64") };
}
