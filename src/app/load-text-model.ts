import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeTextModel } from "../routing/text-model-file.ts";
import { createTextModel, type TextModel } from "../routing/text-model.ts";

/** Where a release keeps the model, and the record that states its SHA-256. */
const MODEL_FILE = join("models", "router", "text-model.bin");
const RECORD_FILE = join("models", "router", "text-model.json");

/** The most bytes that a model may have. */
const MAX_MODEL_BYTES = 1_048_576;

/** The model, or why requests are classified by structure, rules and priors alone. */
export type LoadedTextModel =
  | { readonly kind: "loaded"; readonly model: TextModel }
  | { readonly kind: "absent"; readonly because: string };

/** Reads the text model of the installation and holds it against its record. Never throws: routing works without it. */
export function loadTextModel(installFolder: string): LoadedTextModel {
  const absent = (because: string): LoadedTextModel => ({
    kind: "absent",
    because: `${because}; tasks and difficulty come from structure, rules and priors`,
  });
  let bytes: Uint8Array;
  let stated: unknown;
  try {
    bytes = readFileSync(join(installFolder, MODEL_FILE));
    const record = JSON.parse(readFileSync(join(installFolder, RECORD_FILE), "utf8")) as Record<string, unknown>;
    stated = record["sha256"];
  } catch (error) {
    return absent(`${MODEL_FILE} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (bytes.length > MAX_MODEL_BYTES) return absent(`${MODEL_FILE} has more than ${MAX_MODEL_BYTES} bytes`);
  const sha256 = hash("sha256", bytes, "hex");
  if (sha256 !== stated) return absent(`${MODEL_FILE} is not the file that ${RECORD_FILE} states`);
  const decoded = decodeTextModel(bytes, sha256);
  return decoded.ok
    ? { kind: "loaded", model: createTextModel(decoded.parts) }
    : absent(`${MODEL_FILE} is not used: ${decoded.problem}`);
}

/** The model as dispatch takes it; without one, a line in the log. */
export function textModelPort(
  installFolder: string,
  log: { warn(facts: Readonly<Record<string, unknown>>, message: string): void },
): { readonly textModel?: TextModel } {
  const loaded = loadTextModel(installFolder);
  if (loaded.kind === "loaded") return { textModel: loaded.model };
  log.warn({}, loaded.because);
  return {};
}
