import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { nearestName } from "../../core/nearest-name.ts";
import { catalogEntrySchema, type CatalogEntry } from "./catalog-schema.ts";

/** The largest entry that is read; a written one has two thousand characters. */
const MAX_ENTRY_CHARACTERS = 64 * 1024;

/** One thing wrong in the catalogue, and where. */
export interface CatalogProblem {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/** Every entry by id, or everything that is wrong. */
export type LoadedCatalog =
  | { readonly ok: true; readonly entries: readonly CatalogEntry[] }
  | { readonly ok: false; readonly problems: readonly CatalogProblem[] };

/** Reads every `.yaml` file of a folder. What is wrong with the files is a problem with its line; nothing is skipped. */
export function loadCatalog(folder: string): LoadedCatalog {
  const entries: CatalogEntry[] = [];
  const problems: CatalogProblem[] = [];
  for (const name of catalogFilesIn(folder, problems)) {
    const file = join(folder, name);
    const read = parseCatalogEntry(readFileSync(file, "utf8"), file);
    if (!read.ok) problems.push(...read.problems);
    else if (entries.some(({ id }) => id === read.entry.id))
      problems.push({ file, message: `${read.entry.id} is in the catalogue twice` });
    else entries.push(read.entry);
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, entries: entries.toSorted((left, right) => (left.id < right.id ? -1 : 1)) };
}

/** Checks the text of one entry; `file` names it in problems. */
export function parseCatalogEntry(
  text: string,
  file: string,
):
  | { readonly ok: true; readonly entry: CatalogEntry }
  | { readonly ok: false; readonly problems: readonly CatalogProblem[] } {
  if (text.length > MAX_ENTRY_CHARACTERS)
    return { ok: false, problems: [{ file, message: "is too large for an entry" }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({ file, line: lines.linePos(pos[0]).line, message }));
    return { ok: false, problems };
  }
  const parsed = catalogEntrySchema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (parsed.success) return { ok: true, entry: parsed.data };
  const problems = parsed.error.issues
    .flatMap((issue) => describeIssue(issue))
    .map(({ path, message }) => {
      const line = lineOf(path, document, lines);
      const where = path.length === 0 ? "" : `${path.join(".")} `;
      return { file, message: `${where}${message}`, ...(line === undefined ? {} : { line }) };
    });
  return { ok: false, problems };
}

/** The problems as lines of text for a terminal. */
export function formatCatalogProblems(problems: readonly CatalogProblem[]): string {
  return problems
    .map(({ file, line, message }) => `${basename(file)}${line === undefined ? "" : `:${line}`}: ${message}`)
    .join("\n");
}

function catalogFilesIn(folder: string, problems: CatalogProblem[]): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .toSorted();
  } catch (error) {
    // Without its folder there is no catalogue; the reader of the problems is told why.
    problems.push({
      file: folder,
      message: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    });
    return [];
  }
}

type Path = readonly PropertyKey[];

/** An unknown name with the nearest known one, where the schema knows which names there are. */
function describeIssue(issue: z.core.$ZodIssue): { readonly path: Path; readonly message: string }[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
  const known = namesAt(issue.path);
  return issue.keys.map((key) => {
    const nearest = nearestName(key, known);
    const hint = nearest === undefined ? `the names here are ${known.join(", ")}` : `did you mean ${nearest}?`;
    return { path: [...issue.path, key], message: `is not a known name; ${hint}` };
  });
}

interface SchemaNode {
  readonly def?: { readonly innerType?: SchemaNode };
  readonly shape?: Readonly<Record<string, SchemaNode>>;
  readonly element?: SchemaNode;
}

/** The names that the schema knows at `path`. */
function namesAt(path: Path): readonly string[] {
  let node: SchemaNode | undefined = catalogEntrySchema as unknown as SchemaNode;
  for (const part of path) {
    const inner: SchemaNode | undefined = unwrap(node);
    node = typeof part === "number" ? inner?.element : inner?.shape?.[String(part)];
  }
  return Object.keys(unwrap(node)?.shape ?? {});
}

function unwrap(node: SchemaNode | undefined): SchemaNode | undefined {
  let current = node;
  while (current?.def?.innerType !== undefined) current = current.def.innerType;
  return current;
}

/** The line of the deepest part of `path` that is in the file. */
function lineOf(path: Path, document: Document, lines: LineCounter): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as
      | { range?: readonly [number, number, number] | null }
      | undefined;
    if (node?.range !== undefined && node.range !== null) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
