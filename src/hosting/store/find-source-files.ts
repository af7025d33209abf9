import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** `name-00001-of-00003.gguf`. @see https://github.com/ggml-org/llama.cpp/tree/master/tools/gguf-split */
const PART_NAME = /^(?<stem>.*)-(?<index>\d{5})-of-(?<count>\d{5})\.gguf$/i;
/** The most parts of one model. */
const MAX_PARTS = 1000;

/** The files of one model in the order of their parts, or why there is not exactly one model. */
export type SourceFiles =
  | { readonly kind: "files"; readonly files: readonly string[]; readonly stem: string }
  | { readonly kind: "problem"; readonly message: string };

/** Finds a model's files: one GGUF file, any part of a split model, or a folder that holds exactly one model. */
export async function findSourceFiles(source: string): Promise<SourceFiles> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(source)).isDirectory();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "problem", message: `${source} can't be read: ${reason}` };
  }
  if (!isFolder) return await findParts(dirname(source), basename(source));

  const names = (await readdir(source)).filter((name) => /\.gguf$/i.test(name)).toSorted();
  const stems = new Set(names.map(stemOf));
  const [first] = names;
  if (first === undefined) return { kind: "problem", message: `There is no .gguf file in ${source}.` };
  if (stems.size > 1) {
    return { kind: "problem", message: `${source} holds several models, name one of them: ${[...names].join(", ")}` };
  }
  return await findParts(source, first);
}

async function findParts(folder: string, name: string): Promise<SourceFiles> {
  const part = PART_NAME.exec(name)?.groups;
  const stem = stemOf(name);
  if (part === undefined) return { kind: "files", files: [join(folder, name)], stem };
  const count = Number(part["count"]);
  if (count < 1 || count > MAX_PARTS) {
    return {
      kind: "problem",
      message: `${name} says that the model has ${count} parts; at most ${MAX_PARTS} are read.`,
    };
  }
  const present = new Set(await readdir(folder));
  const names = Array.from({ length: count }, (_, index) => name.replace(PART_NAME, partName(stem, index + 1, count)));
  const missing = names.filter((other) => !present.has(other));
  if (missing.length > 0) return { kind: "problem", message: `Parts of the model are missing: ${missing.join(", ")}` };
  return { kind: "files", files: names.map((other) => join(folder, other)), stem };
}

function partName(stem: string, index: number, count: number): string {
  const fiveDigits = (value: number): string => String(value).padStart(5, "0");
  return `${stem}-${fiveDigits(index)}-of-${fiveDigits(count)}.gguf`;
}

/** A file's name without the part's number and the extension. */
function stemOf(name: string): string {
  return PART_NAME.exec(name)?.groups?.["stem"] ?? name.replace(/\.gguf$/i, "");
}
