import { basename } from "node:path";
import { describeGguf, sizeFacts } from "../gguf/gguf-header.ts";
import type { GgufHeader } from "../gguf/gguf-header.ts";
import type { GgufProblem } from "../gguf/gguf-problem.ts";
import { readGguf } from "../gguf/read-gguf-header.ts";

/** The header of a model's first file, with the sizes of all its parts together. */
export async function readModelHeader(
  files: readonly string[],
  signal?: AbortSignal,
): Promise<GgufHeader | GgufProblem> {
  let whole: GgufHeader | undefined;
  for (const file of files) {
    const read = await readGguf(file, signal);
    if (read.kind === "problem") return { ...read, message: `${basename(file)}: ${read.message}` };
    if (whole === undefined) {
      const header = describeGguf(read.content, read.fileBytes);
      if (header.kind === "problem") return { ...header, message: `${basename(file)}: ${header.message}` };
      whole = header;
    } else {
      const sizes = sizeFacts(read.content, read.fileBytes);
      whole = {
        ...whole,
        tensorCount: whole.tensorCount + sizes.tensorCount,
        parameterCount: whole.parameterCount + sizes.parameterCount,
        weightBytes: whole.weightBytes + sizes.weightBytes,
        fileBytes: whole.fileBytes + sizes.fileBytes,
      };
    }
  }
  return whole ?? { kind: "problem", problem: "unreadable", message: "There is no file." };
}
