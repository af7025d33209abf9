import type { Command } from "commander";
import type { BandwidthLimit } from "../app/bench-model.ts";
import type { MeasuredRate } from "../app/measure-model.ts";
import type { ApplianceConfig, HostedModelConfig } from "../config/appliance-schema.ts";
import type { MeasuredSpeedView } from "../core/memory-view.ts";
import type { Calibration } from "../core/model-speed.ts";
import { SignalboxError } from "../core/errors.ts";
import { CommandFailure } from "./command-failure.ts";
import { INSTALL_FOLDER, readInstallation } from "./installation.ts";
import { formatBytes, type Output } from "./print.ts";

/** A load and five tries of half a minute. */
const PATIENCE_MS = 30 * 60_000;

/** `signalbox models bench MODEL`: how fast a model reads and writes on this machine, beside what its memory allows. */
export function addBench(models: Command, output: Output): void {
  models
    .command("bench <model>")
    .description(
      "measure how fast a model reads and writes here: a configured one, an imported one's id, or a GGUF file; kept for routing",
    )
    .option("--json", "print JSON")
    .action(async (model: string, options: { json?: boolean }) => {
      const installation = readInstallation();
      const { config, dataDir } = installation;
      const entry = config.models.find(({ id }) => id === model) ?? (await unconfigured(model));
      const calibration = await measure(entry, config, dataDir);
      const { bandwidthLimitOf } = await import("../app/bench-model.ts");
      const limit = await bandwidthLimitOf(dataDir, entry.file, calibration.device);
      if (options.json === true) output.json({ modelId: entry.id, calibration, limit });
      else print(calibration, limit, output);
    });
}

/** A model that the configuration does not name, with the slots that show what several requests cost. */
async function unconfigured(fileOrId: string): Promise<HostedModelConfig> {
  const { applianceSchema } = await import("../config/appliance-schema.ts");
  const id = fileOrId
    .replace(/^.*\//u, "")
    .replace(/\.gguf$/iu, "")
    .replace(/[^\w.-]/gu, "-");
  const parsed = applianceSchema.safeParse({ models: [{ id: `bench/${id}`, file: fileOrId, slots: 4 }] });
  const [model] = parsed.data?.models ?? [];
  if (model === undefined)
    throw new CommandFailure(`There is no model ${fileOrId}: name a configured one, an imported one or a file.`);
  return model;
}

/** By the server where one runs and hosts it, else in a worker of its own. */
async function measure(model: HostedModelConfig, config: ApplianceConfig, dataDir: string): Promise<Calibration> {
  const { askServer } = await import("../app/ask-server.ts");
  const progress = showProgress(model.id);
  try {
    const question = {
      method: "POST",
      path: "/admin/models/bench",
      body: { model: model.id },
      timeoutMs: PATIENCE_MS,
    } as const;
    const answer = await askServer<MeasuredSpeedView>(dataDir, question);
    if (answer.kind === "answered") return answer.body.calibration;
    if (answer.kind === "refused" && answer.code !== "model_not_found") throw new CommandFailure(answer.message);
    return await measureAlone(model, config, dataDir, (rate) => progress.add(rate));
  } finally {
    progress.end();
  }
}

async function measureAlone(
  model: HostedModelConfig,
  { box }: ApplianceConfig,
  dataDir: string,
  onRate: (rate: MeasuredRate) => void,
): Promise<Calibration> {
  const { benchModelAlone } = await import("../app/bench-model.ts");
  const { createLog } = await import("../observe/create-log.ts");
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort(new CommandFailure("interrupted"));
  process.once("SIGINT", onInterrupt);
  try {
    const { signal } = stop;
    const log = createLog({ level: "error" });
    return await benchModelAlone({ model, box, dataDir, installFolder: INSTALL_FOLDER, log, signal, onRate });
  } catch (error) {
    if (error instanceof SignalboxError) throw new CommandFailure(error.message);
    throw error;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

/** On a terminal's own line; nothing when stderr is a file or a pipe. */
function showProgress(modelId: string): { add(rate: MeasuredRate): void; end(): void } {
  const write = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`));
  write(`loading and measuring ${modelId}`);
  return {
    add: (rate) =>
      write(
        rate.kind === "prefill"
          ? `read a prompt of ${rate.promptTokens} tokens at ${inRate(rate.tokensPerSecond)} tokens/s`
          : `wrote ${rate.running} at a time at ${inRate(rate.tokensPerSecond)} tokens/s each`,
      ),
    end: () => write(""),
  };
}

function print({ prefill, decode, device, threads, engine }: Calibration, limit: BandwidthLimit, output: Output): void {
  output.line(`${device}, ${threads} threads, ${engine}`);
  output.table(
    ["READING", "TOKENS/S"],
    prefill.map(({ promptTokens, tokensPerSecond }) => [`prompt of ${promptTokens} tokens`, inRate(tokensPerSecond)]),
  );
  output.table(
    ["WRITING", "TOKENS/S EACH", "TOGETHER", "OF THE LIMIT"],
    decode.map(({ running, tokensPerSecond }) => [
      `${running} at a time`,
      inRate(tokensPerSecond),
      inRate(tokensPerSecond * running),
      shareOf(tokensPerSecond, running, limit),
    ]),
  );
  const { activeBytes, bandwidthBytesPerSecond, tokensPerSecond } = limit;
  if (tokensPerSecond === undefined) {
    output.line(`A token needs ${formatBytes(activeBytes)}; the bandwidth of its memory is not known.`);
    return;
  }
  output.line(
    `Limit for one at a time: ${inRate(tokensPerSecond)} tokens/s, as ${formatBytes(bandwidthBytesPerSecond)}/s are read ` +
      `with all cores and a token needs ${formatBytes(activeBytes)}.`,
  );
}

/** Weights are read once for all that are written together, so that only one at a time is bound by them. */
function shareOf(tokensPerSecond: number, running: number, limit: BandwidthLimit): string {
  if (limit.tokensPerSecond === undefined || running !== 1) return "-";
  return `${Math.round((tokensPerSecond * 100) / limit.tokensPerSecond)} %`;
}

function inRate(tokensPerSecond: number): string {
  return tokensPerSecond >= 100 ? String(Math.round(tokensPerSecond)) : tokensPerSecond.toFixed(1);
}
