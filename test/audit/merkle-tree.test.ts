import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  completeSubtrees,
  hashLeaf,
  inclusionProof,
  rootFromInclusionProof,
  rootOf,
  type ReadSubtree,
} from "../../src/audit/merkle-tree.ts";

/** The definition of RFC 6962, section 2.1, word for word: slow, and written without the code under test. */
function definedRoot(leaves: readonly Buffer[]): Buffer {
  const sha256 = (...parts: readonly Buffer[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();
  if (leaves.length === 0) return sha256();
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return sha256(Buffer.of(0), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

function buildTree(leaves: readonly Buffer[]): ReadSubtree {
  const nodes = new Map<string, Uint8Array>();
  const read: ReadSubtree = (level, position) => {
    const hash = nodes.get(`${level}/${position}`);
    if (hash === undefined) throw new Error(`no node ${level}/${position}`);
    return hash;
  };
  leaves.forEach((leaf, index) => {
    for (const node of completeSubtrees(index, hashLeaf(leaf), read))
      nodes.set(`${node.level}/${node.position}`, node.hash);
  });
  return read;
}

const leavesOf = (count: number): readonly Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${index}`));
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");

/** The test data of Certificate Transparency's reference implementation: eight leaves and the root of each prefix. */
const KNOWN_LEAVES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const KNOWN_ROOTS: Readonly<Record<number, string>> = {
  0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

describe("rootOf", () => {
  test.each(Object.entries(KNOWN_ROOTS))("gives the published root of %s leaves", (size, root) => {
    const read = buildTree(KNOWN_LEAVES.map((leaf) => Buffer.from(leaf, "hex")));
    expect(hex(rootOf(Number(size), read))).toBe(root);
  });

  test("equals the definition for every size up to 70, also for the sizes that the tree has passed", () => {
    const leaves = leavesOf(70);
    const read = buildTree(leaves);
    for (let size = 0; size <= leaves.length; size += 1) {
      expect(hex(rootOf(size, read)), `size ${size}`).toBe(hex(definedRoot(leaves.slice(0, size))));
    }
  });
});

describe("inclusionProof", () => {
  test("proves every leaf of every tree of up to 40 leaves", () => {
    const leaves = leavesOf(40);
    const read = buildTree(leaves);
    for (let size = 1; size <= leaves.length; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const root = rootFromInclusionProof(
          index,
          size,
          hashLeaf(leaves[index] ?? Buffer.of()),
          inclusionProof(index, size, read),
        );
        expect(hex(root), `leaf ${index} of ${size}`).toBe(hex(rootOf(size, read)));
      }
    }
  });

  test("proves nothing for another leaf, another index, or with any hash changed, missing or added", () => {
    const leaves = leavesOf(200);
    const read = buildTree(leaves);
    const cases = fc.record({
      size: fc.integer({ min: 2, max: 200 }),
      at: fc.nat(),
      other: fc.nat(),
      bit: fc.nat({ max: 255 }),
    });
    fc.assert(
      fc.property(cases, ({ size, at, other, bit }) => {
        const index = at % size;
        const wrongIndex = (index + 1 + (other % (size - 1))) % size;
        const leaf = hashLeaf(leaves[index] ?? Buffer.of());
        const proof = inclusionProof(index, size, read);
        const changed = proof.map((hash, place) => (place === other % proof.length ? flip(hash, bit) : hash));
        const root = hex(rootOf(size, read));
        expect(hex(rootFromInclusionProof(index, size, flip(leaf, bit), proof))).not.toBe(root);
        expect(hex(rootFromInclusionProof(wrongIndex, size, leaf, proof))).not.toBe(root);
        expect(hex(rootFromInclusionProof(index, size, leaf, changed))).not.toBe(root);
        expect(hex(rootFromInclusionProof(index, size, leaf, proof.slice(1)))).not.toBe(root);
        expect(hex(rootFromInclusionProof(index, size, leaf, [...proof, leaf]))).not.toBe(root);
      }),
    );
  });
});

function flip(hash: Uint8Array, bit: number): Uint8Array {
  return hash.map((byte, place) => (place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}
