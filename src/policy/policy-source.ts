import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";

/** Repeated use of an anchor, so that a small file can't become a huge one. */
const MAX_ALIASES = 100;

/** Something wrong with a policy file, and where. Lines and columns count from 1. */
export interface PolicyProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly suggestion?: string;
}

/** The way to a place in a policy file, by keys and indexes from its top. */
export type SourcePath = readonly PropertyKey[];

/** A parsed YAML text that knows where each of its parts stands. */
export interface PolicySource {
  readonly value: unknown;
  /** A problem at the part that `path` names, or at the nearest part around it. */
  problemAt(path: SourcePath, problem: LocatedMessage): PolicyProblem;
}

/** A message about one part of a file: about its value, at a character of it where that is known, or about its key. */
export interface LocatedMessage {
  readonly message: string;
  readonly suggestion?: string;
  readonly offset?: number;
  readonly aboutKey?: boolean;
}

/** Parses YAML (or JSON, which is YAML), or says what is wrong with it. */
export function parsePolicySource(
  text: string,
):
  | { readonly ok: true; readonly source: PolicySource }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const positionOf = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    return { ok: false, problems: document.errors.map(({ pos, message }) => ({ ...positionOf(pos[0]), message })) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // The library throws for too many aliases only; the reader gets it as a problem of the file.
    return {
      ok: false,
      problems: [{ line: 1, column: 1, message: error instanceof Error ? error.message : String(error) }],
    };
  }
  const source: PolicySource = {
    value,
    problemAt(path, { message, suggestion, offset, aboutKey }) {
      const position = positionOf(
        aboutKey === true ? keyOffsetOf(document, path) : valueOffsetOf(document, text, path, offset ?? 0),
      );
      return { ...position, message, ...(suggestion === undefined ? {} : { suggestion }) };
    },
  };
  return { ok: true, source };
}

/** Where the deepest part of `path` that exists begins, moved to a character of its text where that stands there as it is. */
function valueOffsetOf(document: Document, text: string, path: SourcePath, offsetInside: number): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = rangeOf(node);
    if (range === undefined) continue;
    const written =
      isScalar(node) && typeof node.value === "string" ? text.slice(range[0], range[1]).indexOf(node.value) : -1;
    return depth === path.length && written !== -1 ? range[0] + written + offsetInside : range[0];
  }
  return rangeOf(document.contents)?.[0] ?? 0;
}

/** Where the key that `path` ends with begins. */
function keyOffsetOf(document: Document, path: SourcePath): number {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  return rangeOf(pair?.key)?.[0] ?? rangeOf(parent)?.[0] ?? 0;
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  return (node.range as readonly [number, number, number] | null | undefined) ?? undefined;
}
