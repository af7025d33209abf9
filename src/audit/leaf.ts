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
  const whole = toJson(facts);
  if (fits(whole)) return whole;
  for (const keep of KEPT_ITEMS) {
    const shortened = toJson(shortenLists(facts, keep));
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

/** An object's name that JavaScript puts before the others, whatever the order was in which they were given. */
const NUMBERED_NAME = /[{,]"\d+":/;

/**
 * Canonical JSON of what `clean` has made: with the names in order, it is what `JSON.stringify` writes, in a fifth of the
 * time. A decision over many endpoints has a thousand facts.
 * @see https://www.rfc-editor.org/rfc/rfc8785#section-3.2
 */
function toJson(facts: unknown): string {
  const json = JSON.stringify(facts);
  return NUMBERED_NAME.test(json) ? toCanonicalJson(facts) : json;
}

function fits(json: string): boolean {
  return json.length <= LEAF_BYTES_MAX && Buffer.byteLength(json) <= LEAF_BYTES_MAX;
}

/**
 * Makes every value one that canonical JSON can say: numbers finite (else null), text well-formed and bounded, names in the
 * order of their UTF-16 code units. What is absent is left out.
 */
function clean(value: unknown, depth: number): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEPTH_MAX) return "(nested too deep)";
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  const names = Object.keys(value).sort();
  if (names.some(isOdd))
    return inOrder(Object.entries(value).map(([name, fact]) => [cleanText(name), clean(fact, depth + 1)]));
  const facts: Record<string, unknown> = {};
  for (const name of names) {
    const fact = (value as Readonly<Record<string, unknown>>)[name];
    if (fact !== undefined) facts[name] = clean(fact, depth + 1);
  }
  return facts;
}

/** A name that another one has to stand for, or that is not like a property's when it is written. */
function isOdd(name: string): boolean {
  return name === "__proto__" || cleanText(name) !== name;
}

/** An object of these facts; of two of one name the later one. */
function inOrder(facts: [string, unknown][]): object {
  return Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
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
    const omitted = { count: fact.length - keep, ofAll: digestOf(toJson(fact)) };
    return [
      [name, shortenLists(fact.slice(0, keep), keep)],
      [`${name}Omitted`, omitted],
    ];
  });
  return inOrder(facts);
}

function digestOf(json: string): { readonly bytes: number; readonly sha256: string } {
  return { bytes: Buffer.byteLength(json), sha256: hash("sha256", json, "hex") };
}
