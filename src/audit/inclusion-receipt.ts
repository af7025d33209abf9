import { openCheckpoint } from "./checkpoint.ts";
import { hashLeaf, rootFromInclusionProof } from "./merkle-tree.ts";
import type { NoteVerifier } from "./signed-note.ts";

/**
 * A receipt: the proof that one leaf is in a signed log, as text that can be checked without the log.
 * @see https://c2sp.org/tlog-proof
 */

const HEADER = "c2sp.org/tlog-proof@v1";
const RECEIPT =
  /^c2sp\.org\/tlog-proof@v1\n(?:extra [^\n]*\n)?index (0|[1-9][0-9]{0,15})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([^]+)$/;

/** The receipt of the leaf at `index`, for a checkpoint of a tree that holds it. */
export function formatReceipt(index: number, proof: readonly Uint8Array[], checkpoint: string): string {
  const hashes = proof.map((hash) => `${Buffer.from(hash).toString("base64")}\n`).join("");
  return `${HEADER}\nindex ${index}\n${hashes}\n${checkpoint}`;
}

/** Whether `receipt` proves that exactly `leaf` is in the log whose checkpoints `verifier` verifies. */
export function verifyReceipt(receipt: string, leaf: Uint8Array, verifier: NoteVerifier): boolean {
  const [, index, hashes, checkpoint] = RECEIPT.exec(receipt) ?? [];
  const head = openCheckpoint(checkpoint ?? "", verifier);
  if (index === undefined || hashes === undefined || head === undefined) return false;
  const proof = hashes
    .split("\n")
    .slice(0, -1)
    .map((line) => Buffer.from(line, "base64"));
  const root = rootFromInclusionProof(Number(index), head.size, hashLeaf(leaf), proof);
  return root !== undefined && Buffer.from(root).equals(head.root);
}
