import { Option, type Command } from "commander";
import { SignalboxError } from "../core/errors.ts";
import type { ImportProgress } from "../hosting/store/import-model.ts";
import type { VerifyResult } from "../hosting/store/verify-model.ts";
import { CommandFailure } from "./command-failure.ts";
import { addBench } from "./bench.ts";
import { addFit } from "./fit.ts";
import { readInstallation } from "./installation.ts";
import { formatBytes, type Output } from "./print.ts";
import { addMemoryCommands } from "./models-in-memory.ts";
import { addPullCommands } from "./pull.ts";

/** `signalbox models list|import|catalog|pull|verify|remove|fit|bench`: the model files of this box; and what is in memory. */
export function addModelsCommands(program: Command, output: Output): void {
  const models = program.command("models").description("the model files of this box");
  addList(models, output);
  addImport(models, output);
  addPullCommands(models, output);
  addVerify(models, output);
  addRemove(models, output);
  addFit(models, output);
  addBench(models, output);
  addMemoryCommands(models, output);
}

function addList(models: Command, output: Output): void {
  models
    .command("list")
    .description("configured and imported models")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }) => {
      const { config, dataDir } = readInstallation();
      const { listModels } = await import("../hosting/store/list-models.ts");
      const { readModelFile } = await import("../app/read-model-file.ts");
      const stored = await listModels(dataDir);
      const configured = await Promise.all(
        config.models.map(async (model) => ({ id: model.id, ...(await readModelFile(dataDir, model.file)) })),
      );
      if (options.json === true) return output.json({ configured, imported: stored });
      output.table(
        ["CONFIGURED", "FILE", "SIZE", "QUANTIZATION", "CONTEXT"],
        configured.map((model) =>
          model.ok
            ? [
                model.id,
                model.file,
                formatBytes(model.header.fileBytes),
                model.header.quantization ?? "-",
                String(model.header.contextTokens ?? "-"),
              ]
            : [model.id, model.problem, "-", "-", "-"],
        ),
      );
      output.table(
        ["IMPORTED", "FILE", "SIZE"],
        stored.models.map(({ manifest, file }) => [manifest.id, file, formatBytes(sizeOf(manifest.files))]),
      );
      for (const problem of stored.problems) output.line(problem.message);
    });
}

function addImport(models: Command, output: Output): void {
  models
    .command("import <source>")
    .description(
      "copy a GGUF file, or a folder with one, into the data folder; it is hashed and loaded once to check it",
    )
    .option("--id <id>", "what the model is called; the file's name when left out")
    .option("--link", "hard-link instead of copying")
    .option("--json", "print JSON")
    .action(async (source: string, options: { id?: string; link?: boolean; json?: boolean }) => {
      const { dataDir } = readInstallation();
      const { importModel } = await import("../hosting/store/import-model.ts");
      const { systemClock } = await import("../app/system-clock.ts");
      const stop = new AbortController();
      process.once("SIGINT", () => stop.abort());
      const result = await clearly(
        importModel({
          dataDir,
          source,
          clock: systemClock,
          link: options.link === true,
          signal: stop.signal,
          onProgress: showProgress,
          ...(options.id === undefined ? {} : { id: options.id }),
        }),
      );
      process.stderr.write(process.stderr.isTTY ? "\r\u001b[K" : "");
      if (result.kind === "refused") throw new CommandFailure(result.message);
      const { manifest, file } = result;
      if (options.json === true) return output.json({ ...manifest, file });
      output.line(`Imported ${manifest.id}: ${formatBytes(sizeOf(manifest.files))}.`);
      output.line(`To serve it, add to the configuration:  models: [{id: ${manifest.id}, file: ${manifest.id}}]`);
    });
}

/** Progress on a terminal's own line; nothing when stderr is a file or a pipe. */
function showProgress({ kind, doneBytes, totalBytes }: ImportProgress): void {
  if (!process.stderr.isTTY) return;
  const percent = totalBytes === 0 ? 100 : Math.floor((doneBytes * 100) / totalBytes);
  const text =
    kind === "copying"
      ? `copying ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)} (${percent} %)`
      : "loading it once to check it";
  process.stderr.write(`\r\u001b[K${text}`);
}

function addVerify(models: Command, output: Output): void {
  models
    .command("verify [id]")
    .description("hash imported models again and compare with what was imported; without an id, all of them")
    .option("--json", "print JSON")
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const { dataDir } = readInstallation();
      const { verifyModel } = await import("../hosting/store/verify-model.ts");
      const { listModels } = await import("../hosting/store/list-models.ts");
      const ids = id === undefined ? (await listModels(dataDir)).models.map(({ manifest }) => manifest.id) : [id];
      const results = [];
      for (const one of ids) results.push({ id: one, ...(await clearly(verifyModel({ dataDir, id: one }))) });
      if (options.json === true) output.json(results);
      else if (results.length === 0) output.line("No model was imported: there is nothing to verify.");
      else for (const result of results) output.line(`${result.id}: ${verdictOf(result)}`);
      if (results.some(({ kind }) => kind !== "intact"))
        throw new CommandFailure("not every model is as it was imported");
    });
}

function addRemove(models: Command, output: Output): void {
  models
    .command("remove <id>")
    .description("delete an imported model's files")
    .addOption(new Option("--force", "also when the configuration names it"))
    .option("--json", "print JSON")
    .action(async (id: string, options: { force?: boolean; json?: boolean }) => {
      const { config, dataDir } = readInstallation();
      const { removeModel } = await import("../hosting/store/remove-model.ts");
      const configuredFiles = config.models.map(({ file }) => file);
      const result = await clearly(removeModel({ dataDir, id, configuredFiles, force: options.force === true }));
      if (result.kind !== "removed") throw new CommandFailure(result.message);
      if (options.json === true) output.json({ id, ...result });
      else output.line(`Removed ${id}.`);
    });
}

/** A refusal by the store as a failure of the command. */
async function clearly<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SignalboxError) throw new CommandFailure(error.message);
    throw error;
  }
}

function verdictOf(result: VerifyResult): string {
  if (result.kind === "intact") return "intact";
  return result.kind === "changed" ? result.problems.join("; ") : result.message;
}

function sizeOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
