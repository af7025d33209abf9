import { z } from "zod";
import { CAPABILITIES } from "../../core/endpoint.ts";
import { MODEL_ID_MAX_LENGTH, MODEL_ID_PATTERN } from "../../core/ids.ts";
import { WORKLOAD_CLASSES } from "../../core/workload.ts";

/** The most files of one quantization: what the largest published models are split into, and some. */
const MAX_FILES = 100;

const modelId = z.string().regex(MODEL_ID_PATTERN, "must be a model id such as maker/model").max(MODEL_ID_MAX_LENGTH);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256: 64 hexadecimal digits in lower case");

/** A path inside a repository that can't lead out of it, and needs no escaping in a URL. */
const filePath = z
  .string()
  .regex(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*\.gguf$/i, "must be the path of a .gguf file in the repository");

const bytes = z.int().positive();

const file = z.strictObject({
  path: filePath,
  bytes: bytes.optional().describe("exact size, where it was seen"),
  sha256: sha256.optional().describe("only one that was published, never one that was computed or guessed here"),
});

const quantization = z
  .strictObject({
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, "must be a name such as Q4_K_M"),
    repository: z.string().regex(/^[A-Za-z0-9][\w.-]*\/[\w.-]+$/, "must be a Hugging Face repository: owner/name"),
    revision: z
      .string()
      .regex(/^[\w.-]+$/)
      .default("main")
      .describe("a commit, where the figures were seen together with one"),
    bytes: bytes.optional().describe("exact size of all files together"),
    approximateBytes: bytes.optional().describe("a published size that was rounded"),
    seen: z.string().min(1).optional().describe("where sizes and hashes were read"),
    files: z.array(file).min(1).max(MAX_FILES),
  })
  .superRefine((value, context) => {
    const hasFigures =
      value.bytes !== undefined ||
      value.approximateBytes !== undefined ||
      value.files.some((one) => one.bytes !== undefined || one.sha256 !== undefined);
    if (!hasFigures || value.seen !== undefined) return;
    context.addIssue({ code: "custom", path: ["seen"], message: "must say where the sizes and hashes were seen" });
  });

const country = z.string().regex(/^[A-Z]{2}$/, "must be a country's two letters (ISO 3166-1), such as FR");

/** One file of `models/catalog`. A name that is not here is an error; what is unknown is left out. */
export const catalogEntrySchema = z
  .strictObject({
    id: modelId.describe("the name to pull it by, and its id in the store"),
    name: z.string().min(1),
    maker: z.string().min(1),
    origin: country.describe("country of the maker"),
    license: z.strictObject({
      name: z.string().min(1).describe("SPDX identifier, or the licence's own name"),
      url: z.url({ protocol: /^https$/ }).optional(),
      note: z.string().min(1).optional().describe("what a business has to know before using it"),
    }),
    released: z
      .string()
      .regex(/^\d{4}-\d{2}$/, "must be a month such as 2025-04")
      .optional(),
    architecture: z.string().min(1).optional().describe("as the model file names it"),
    parameters: z.strictObject({ total: bytes, active: bytes.optional().describe("used for each token") }),
    contextTokens: z.int().positive(),
    capabilities: z.array(z.enum(CAPABILITIES as [string, ...string[]])),
    workloads: z.array(z.enum(WORKLOAD_CLASSES as [string, ...string[]])).min(1),
    goodFor: z.string().min(1),
    quality: z.strictObject({
      value: z.number().min(0).max(1),
      source: z.string().min(1).describe("a published figure with its name, or that it is an operator's estimate"),
    }),
    default: z.string().min(1).describe("the quantization that is meant when none is named"),
    quantizations: z.array(quantization).min(1),
  })
  .superRefine((entry, context) => {
    const names = entry.quantizations.map(({ name }) => name);
    if (!names.includes(entry.default)) {
      context.addIssue({ code: "custom", path: ["default"], message: `must be one of ${names.join(", ")}` });
    }
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      context.addIssue({ code: "custom", path: ["quantizations", index, "name"], message: `${name} is used twice` });
    });
  });

/** A model that is worth hosting: who made it, under which terms, what it can do, and where its files are. */
export type CatalogEntry = z.output<typeof catalogEntrySchema>;

/** One set of files of a model: the same weights, stored in this many bits. */
export type CatalogQuantization = CatalogEntry["quantizations"][number];

/** The size of all files of a quantization in bytes: exact where that was published, else rounded, else unknown. */
export function sizeOfQuantization(one: CatalogQuantization): number | undefined {
  if (one.bytes !== undefined) return one.bytes;
  const sizes = one.files.map((each) => each.bytes);
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? known.reduce((sum, size) => sum + size, 0) : one.approximateBytes;
}

/** The quantization that is meant when none is named. */
export function defaultQuantizationOf(entry: CatalogEntry): CatalogQuantization {
  const found = entry.quantizations.find(({ name }) => name === entry.default);
  if (found === undefined) throw new Error(`${entry.id} has no quantization ${entry.default}`);
  return found;
}
