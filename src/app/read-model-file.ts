import type { Capability } from "../core/endpoint.ts";
import type { GgufHeader } from "../hosting/gguf/gguf-header.ts";
import { readGgufHeader } from "../hosting/gguf/read-gguf-header.ts";
import { resolveModelFile } from "../hosting/store/resolve-model-file.ts";

/** A hosted model's file and what it says about itself, or why it can't be used. */
export type ReadModelFile =
  | { readonly ok: true; readonly file: string; readonly header: GgufHeader }
  | { readonly ok: false; readonly problem: string };

/** Finds the file that a configured model means (a path, or the id of an imported model) and reads its header. */
export async function readModelFile(dataDir: string, fileOrId: string): Promise<ReadModelFile> {
  const resolved = await resolveModelFile(dataDir, fileOrId);
  if (resolved.kind === "not-found") return { ok: false, problem: resolved.message };
  const header = await readGgufHeader(resolved.file);
  if (header.kind === "problem") return { ok: false, problem: `${resolved.file} can't be hosted: ${header.message}` };
  return { ok: true, file: resolved.file, header };
}

/**
 * What a hosted model can do. Schemas and log-probabilities come from the engine, whatever the model; tools and
 * reasoning need a chat template that knows them.
 */
export function capabilitiesOf(header: GgufHeader): readonly Capability[] {
  if (header.pooling === "rank") return ["rerank"];
  if (header.pooling !== undefined && header.pooling !== "none") return ["embeddings"];
  return [
    ...(header.chatTemplateMentionsTools ? (["tools"] as const) : []),
    "json-schema",
    "logprobs",
    ...(header.chatTemplateMarksReasoning ? (["reasoning"] as const) : []),
  ];
}
