import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isModelId } from "../../core/ids.ts";
import type { GgufHeader } from "../gguf/gguf-header.ts";

/** In each model's folder, beside its files. */
export const MANIFEST_NAME = "manifest.json";
/** The largest manifest that is read, in bytes; one with a hundred parts has a tenth of it. */
const MAX_MANIFEST_BYTES = 256 * 1024;

/** A plain name: a manifest that was tampered with can't point out of its folder. */
const fileName = z.string().regex(/^[^/\\]+\.gguf$/i);

const manifestSchema = z.object({
  id: z.string().refine(isModelId),
  /** The first is the one to load; a split model has its other parts after it. */
  files: z
    .array(z.object({ name: fileName, bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1),
  importedAt: z.iso.datetime(),
  /** Where it was imported from, as the person who did it wrote it. */
  source: z.string(),
  /** Hard links share their bytes with the source, and change with it. */
  linked: z.boolean(),
  /** Whether the whole model was loaded once, or its vocabulary alone because memory was short. */
  validation: z.enum(["loaded", "vocabulary"]),
  header: z.custom<GgufHeader>((value) => typeof value === "object" && value !== null),
});

/** What the store knows about one imported model; kept as JSON in the model's folder. */
export type ModelManifest = Readonly<z.output<typeof manifestSchema>>;

/** Reads a folder's manifest; a missing or malformed one is a reason in words. */
export async function readManifest(
  folder: string,
): Promise<
  | { readonly kind: "manifest"; readonly manifest: ModelManifest }
  | { readonly kind: "problem"; readonly message: string }
> {
  try {
    const text = await readFile(join(folder, MANIFEST_NAME), "utf8");
    if (text.length > MAX_MANIFEST_BYTES) return { kind: "problem", message: `${MANIFEST_NAME} is too large.` };
    const parsed = manifestSchema.safeParse(JSON.parse(text));
    if (parsed.success) return { kind: "manifest", manifest: parsed.data };
    return { kind: "problem", message: `${MANIFEST_NAME} is not valid: ${z.prettifyError(parsed.error)}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "problem", message: `${MANIFEST_NAME} can't be read: ${reason}` };
  }
}
