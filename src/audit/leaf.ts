import { hash } from "node:crypto";
import canonicalize from "canonicalize";

/** What a leaf says, before it is stamped: its kind and its facts. Holds no text of a prompt and no person's name. */
export interface LeafDraft {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/** When and by which run of which process a leaf was written. Order is the index alone: clocks jump. */
export interface LeafStamp {
  /** The wall clock, as ISO 8601 in UTC. */
  readonly time: string;
  readonly monotonicMs: number;
  /** One id for each start of a process. */
  readonly runId: string;
}

/** The most bytes of one leaf: what a reader must be ready for, and a quarter of what the export format can carry. */
export const LEAF_BYTES_MAX = 16_384;

/** Version of the leaf's form, in every leaf as `v`. */
const LEAF_VERSION = 1;
/** Longest text of one fact; only a client's own words (a model's name) can be longer. */
const TEXT_CHARACTERS_MAX = 512;
/** Depth of facts; a decision has four levels. */
const DEPTH_MAX = 8;
/** Items kept of a list that is summarized, tried in this order until the leaf fits. */
const KEPT_ITEMS = [16, 4, 0] as const;

/**
 * The bytes of a leaf: canonical JSON (RFC 8785), at most {@link LEAF_BYTES_MAX}. Lists that would make it longer are
 * cut to their first items, beside how many are left out and the SHA-256 of the whole list; where that is not enough, the
 * leaf's identity stays with the hash of it all. Nothing is dropped silently.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function encodeLeaf(draft: LeafDraft, stamp: LeafStamp): string {
  const facts = clean({ v: LEAF_VERSION, ...draft, ...stamp }, 0);
  const whole = toCanonicalJson(facts);
  if (fits(whole)) return whole;
  for (const keep of KEPT_ITEMS) {
    const shortened = toCanonicalJson(shortenLists(facts, keep));
    if (fits(shortened)) return shortened;
  }
  const { kind, requestId, attemptNumber, keyId, endpointId } = draft;
  const identity = clean(
    { v: LEAF_VERSION, kind, requestId, attemptNumber, keyId, endpointId, ...stamp },
    DEPTH_MAX - 1,
  );
  return toCanonicalJson({ ...(identity as object), oversized: digestOf(whole) });
}

/** Canonical JSON of plain data. */
export function toCanonicalJson(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError("This value has no JSON form.");
  return json;
}

function fits(json: string): boolean {
  return Buffer.byteLength(json) <= LEAF_BYTES_MAX;
}

/** Makes every value one that canonical JSON can say: numbers finite (else null), text well-formed and bounded. */
function clean(value: unknown, depth: number): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEPTH_MAX) return "(nested too deep)";
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, fact]) => [cleanText(name), clean(fact, depth + 1)]));
}

function cleanText(text: string): string {
  const omitted = text.length - TEXT_CHARACTERS_MAX;
  return omitted <= 0
    ? text.toWellFormed()
    : `${text.slice(0, TEXT_CHARACTERS_MAX).toWellFormed()}… (+${omitted} characters)`;
}

/** A list stays a list, so that readers need not know; what was cut is said beside it, as `<name>Omitted`. */
function shortenLists(value: unknown, keep: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shortenLists(item, keep));
  const facts = Object.entries(value).flatMap(([name, fact]): [string, unknown][] => {
    if (!Array.isArray(fact) || fact.length <= keep) return [[name, shortenLists(fact, keep)]];
    const omitted = { count: fact.length - keep, ofAll: digestOf(toCanonicalJson(fact)) };
    return [
      [name, shortenLists(fact.slice(0, keep), keep)],
      [`${name}Omitted`, omitted],
    ];
  });
  return Object.fromEntries(facts);
}

function digestOf(json: string): { readonly bytes: number; readonly sha256: string } {
  return { bytes: Buffer.byteLength(json), sha256: hash("sha256", json, "hex") };
}
