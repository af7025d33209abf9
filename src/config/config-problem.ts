import { isScalar, type Document, type LineCounter } from "yaml";

/** The way to a part of the configuration, by keys and indexes from its top. */
export type Path = readonly PropertyKey[];

/** One thing wrong with the file, and where. */
export interface ConfigProblem {
  readonly path: string;
  readonly line?: number;
  /** Where the problem is inside a text. */
  readonly column?: number;
  readonly message: string;
}

/** A problem of the part that `path` names, with the line of the deepest part of it that is in the file. */
export function problemAt(path: Path, message: string, document: Document, lines: LineCounter): ConfigProblem {
  const line = lineOf(path, document, lines);
  return { path: formatPath(path), message, ...(line === undefined ? {} : { line }) };
}

/** The line of the deepest part of `path` that is in the file. */
export function lineOf(path: Path, document: Document, lines: LineCounter): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const range = rangeAt(path.slice(0, depth), document);
    if (range !== undefined) return lines.linePos(range[0]).line;
  }
  return undefined;
}

/** A problem at a character of the text at `path`; of the text as a whole where it does not stand in the file as it is. */
export function problemInside(
  path: Path,
  { text, document, lines }: { readonly text: string; readonly document: Document; readonly lines: LineCounter },
  offset: number,
  message: string,
): ConfigProblem {
  const node: unknown = document.getIn(path, true);
  const range = rangeAt(path, document);
  const value = isScalar(node) && typeof node.value === "string" ? node.value : undefined;
  if (range === undefined || value === undefined) return problemAt(path, message, document, lines);
  const written = text.slice(range[0], range[1]).indexOf(value);
  const { line, col: column } = lines.linePos(written === -1 ? range[0] : range[0] + written + offset);
  return { path: formatPath(path), message, line, column };
}

function rangeAt(path: Path, document: Document): readonly [number, number, number] | undefined {
  const node = document.getIn(path, true) as { range?: readonly [number, number, number] | null } | undefined;
  return node?.range ?? undefined;
}

function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}
