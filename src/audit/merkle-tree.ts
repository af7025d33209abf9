import { hash } from "node:crypto";

/**
 * The arithmetic of a Merkle tree as in RFC 6962, and nothing else: no storage, no keys. The only code that the log's
 * writer and its verifier share.
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */

/** A complete subtree: it covers the leaves from `position * 2^level` up to, not with, `(position + 1) * 2^level`. */
export interface Subtree {
  readonly level: number;
  readonly position: number;
}

/** A complete subtree and its hash. */
export interface HashedSubtree extends Subtree {
  readonly hash: Uint8Array;
}

/** The hash of a stored complete subtree. MUST throw when it is not stored. */
export type ReadSubtree = (level: number, position: number) => Uint8Array;

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** SHA-256(0x00 ‖ leaf). */
export function hashLeaf(leaf: Uint8Array): Uint8Array {
  return hash("sha256", Buffer.concat([LEAF_PREFIX, leaf]), "buffer");
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function hashChildren(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash("sha256", Buffer.concat([NODE_PREFIX, left, right]), "buffer");
}

/** The root of a tree without leaves: the hash of nothing. */
export function emptyRoot(): Uint8Array {
  return hash("sha256", "", "buffer");
}

/**
 * The subtrees that become complete when the leaf with `leafHash` is appended at `index`: itself first, then every
 * parent whose right child it completes. `read` is asked only for left siblings.
 */
export function completeSubtrees(index: number, leafHash: Uint8Array, read: ReadSubtree): readonly HashedSubtree[] {
  const completed: HashedSubtree[] = [{ level: 0, position: index, hash: leafHash }];
  let position = index;
  let current = leafHash;
  for (let level = 0; position % 2 === 1; level += 1) {
    current = hashChildren(read(level, position - 1), current);
    position = (position - 1) / 2;
    completed.push({ level: level + 1, position, hash: current });
  }
  return completed;
}

/** The root of the first `size` leaves, from the hashes of complete subtrees. */
export function rootOf(size: number, read: ReadSubtree): Uint8Array {
  return size === 0 ? emptyRoot() : rangeRoot(0, size, read);
}

/** The complete subtrees that tile the leaves from `start` to `end`, left to right. `start` MUST be aligned to the largest. */
export function tileRange(start: number, end: number): readonly Subtree[] {
  const tiles: Subtree[] = [];
  let next = start;
  while (next < end) {
    const level = Math.floor(Math.log2(end - next));
    tiles.push({ level, position: next / 2 ** level });
    next += 2 ** level;
  }
  return tiles;
}

/**
 * The hashes that prove that leaf `index` is in the tree of the first `size` leaves, from the leaf up.
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1
 */
export function inclusionProof(index: number, size: number, read: ReadSubtree): readonly Uint8Array[] {
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      proof.push(rangeRoot(middle, end, read));
      end = middle;
    } else {
      proof.push(rangeRoot(start, middle, read));
      start = middle;
    }
  }
  return proof.reverse();
}

/**
 * The root that `proof` leads to from the leaf with `leafHash` at `index`, or undefined when the proof has the wrong
 * length for a tree of `size` leaves. The leaf is in the tree exactly when this equals the tree's root.
 * @see https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2
 */
export function rootFromInclusionProof(
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (index >= size) return undefined;
  let position = index;
  let last = size - 1;
  let current = leafHash;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (position % 2 === 1 || position === last) {
      current = hashChildren(sibling, current);
      // On the ragged right edge: skip the levels where this node has no sibling.
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      current = hashChildren(current, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? current : undefined;
}

function rangeRoot(start: number, end: number, read: ReadSubtree): Uint8Array {
  const hashes = tileRange(start, end).map((tile) => read(tile.level, tile.position));
  return hashes.reduceRight((right, left) => hashChildren(left, right));
}

/** The largest power of two that is smaller than `count`, which is at least 2. */
function largestPowerBelow(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}
