import { basename } from "node:path";
import { describeGguf, type GgufHeader } from "../gguf/gguf-header.ts";
import { tensorTypeOf } from "../gguf/gguf-format.ts";
import type { GgufContent, GgufValue } from "../gguf/parse-gguf.ts";
import { readGguf } from "../gguf/read-gguf-header.ts";
import { findSourceFiles } from "../store/find-source-files.ts";

/** One tensor's weight in memory. `fromByte` is where it starts among its file's tensors. */
export interface ShapeTensor {
  readonly name: string;
  /** `Q4_K`, `F16` …; absent for a type that this reader does not know. */
  readonly type?: string;
  readonly dimensions: number;
  readonly fromByte: number;
  readonly bytes: number;
}

/** What the size of a loaded model depends on, for all its parts together. */
export interface ModelShape {
  readonly kind: "shape";
  readonly header: GgufHeader;
  /** One list for each file of the model. */
  readonly parts: readonly (readonly ShapeTensor[])[];
  readonly mergeCount: number;
  /** The architecture's own numbers, by their key without its name: `attention.key_length`, `ssm.state_size` … */
  readonly numbers: ReadonlyMap<string, number | readonly number[]>;
}

/** Reads the headers of a model's file and of the other parts of a split one. Rejects only when `signal` aborts. */
export async function readModelShape(
  file: string,
  signal?: AbortSignal,
): Promise<ModelShape | { readonly kind: "problem"; readonly message: string }> {
  const found = await findSourceFiles(file);
  if (found.kind === "problem") return found;
  const contents: { readonly content: GgufContent; readonly fileBytes: number }[] = [];
  for (const part of found.files) {
    const read = await readGguf(part, signal);
    if (read.kind === "problem") return { kind: "problem", message: `${basename(part)}: ${read.message}` };
    contents.push(read);
  }
  const [first] = contents;
  if (first === undefined) return { kind: "problem", message: `There is no model in ${file}.` };
  const header = describeGguf(first.content, first.fileBytes);
  if (header.kind === "problem") return { kind: "problem", message: `${basename(file)}: ${header.message}` };
  return {
    kind: "shape",
    header,
    parts: contents.map(({ content }) => tensorsOf(content)),
    mergeCount: mergesOf(first.content),
    numbers: numbersOf(first.content, header.architecture),
  };
}

function tensorsOf({ tensors }: GgufContent): readonly ShapeTensor[] {
  return tensors.map(({ name, shape, typeId, offset, bytes }) => {
    const type = tensorTypeOf(typeId)?.name;
    return {
      name,
      ...(type === undefined ? {} : { type }),
      dimensions: shape.filter((length) => length > 1).length,
      fromByte: offset,
      bytes: bytes ?? 0,
    };
  });
}

function mergesOf({ metadata }: GgufContent): number {
  const merges = metadata.get("tokenizer.ggml.merges");
  return typeof merges === "object" ? merges.length : 0;
}

function numbersOf({ metadata }: GgufContent, architecture: string): ModelShape["numbers"] {
  const prefix = `${architecture}.`;
  return new Map(
    [...metadata].flatMap(([key, value]) => {
      const number = key.startsWith(prefix) ? numberOf(value) : undefined;
      return number === undefined ? [] : [[key.slice(prefix.length), number] as const];
    }),
  );
}

function numberOf(value: GgufValue): number | readonly number[] | undefined {
  if (typeof value === "number") return value;
  return typeof value === "object" ? value.numbers : undefined;
}
