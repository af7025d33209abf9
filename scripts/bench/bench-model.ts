import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { buildModel } from "../build-model/build-model.ts";

/** The file of a model with random weights and the shape of a 0.5 B one (530 MB): made once, and kept in the cache folder. */
export async function cachedBenchModel(): Promise<string> {
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "signalbox");
  const file = join(folder, "bench-0.5b-unused-tokens.gguf");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) await buildModel("bench-0.5b", file);
  return file;
}
