import { InvalidArgumentError, type Command } from "commander";
import type { FitReport } from "../app/fit-model.ts";
import { CommandFailure } from "./command-failure.ts";
import { INSTALL_FOLDER, readInstallation } from "./installation.ts";
import { formatBytes, type Output } from "./print.ts";

/** Combinations asked for at once: each costs the engine a moment. */
const MAX_NUMBERS = 16;
/** What is asked when nothing is said: what a chat, a long document and a code base need. */
const USUAL_CONTEXTS = [4_096, 16_384, 32_768];
const USUAL_SLOTS = [1, 4];

const VERDICTS = { fits: "fits", tight: "tight", partly: "partly on the CPU", no: "does not fit", unknown: "unknown" };

interface FitOptions {
  readonly context?: readonly number[];
  readonly slots: readonly number[];
  readonly device?: string;
  readonly json?: boolean;
}

/** `signalbox models fit FILE`: whether a model fits this machine, with which context, for how many at a time. */
export function addFit(models: Command, output: Output): void {
  models
    .command("fit <file>")
    .description("whether a model (a GGUF file or an imported model's id) fits beside what is loaded and configured")
    .option("--context <tokens>", "contexts per slot, with commas between", countsOf)
    .option("--slots <numbers>", "numbers of slots, with commas between", countsOf, USUAL_SLOTS)
    .option("--device <device>", "cpu, or gpu:<uuid>; every device when left out")
    .option("--json", "print JSON")
    .action(async (source: string, options: FitOptions) => {
      const { config, dataDir } = readInstallation();
      const { readModelFile } = await import("../app/read-model-file.ts");
      const { fitModel } = await import("../app/fit-model.ts");
      const { gpuEnginesIn } = await import("../app/choose-device.ts");
      const { systemClock } = await import("../app/system-clock.ts");
      const { detectHardware } = await import("../hardware/detect-hardware.ts");
      const { budgetOf } = await import("../hosting/fit/memory-budget.ts");
      const read = await readModelFile(dataDir, source);
      if (!read.ok) throw new CommandFailure(read.problem);
      const hardware = await detectHardware({ clock: systemClock, diskPath: dataDir });
      const { gpus } = budgetOf(hardware);
      const all = ["cpu", ...gpus.map(({ key }) => key)];
      if (options.device !== undefined && !all.includes(options.device))
        throw new CommandFailure(`There is no device ${options.device}; there are ${all.join(", ")}.`);
      const trained = read.header.contextTokens ?? Number.POSITIVE_INFINITY;
      const usual = [...new Set(USUAL_CONTEXTS.map((tokens) => Math.min(tokens, trained)))];
      const report = await fitModel(
        {
          file: read.file,
          contextTokens: options.context ?? usual,
          slots: options.slots,
          devices: options.device === undefined ? all : [options.device],
        },
        { config, dataDir, hardware, gpuEngines: gpuEnginesIn(INSTALL_FOLDER), clock: systemClock },
      );
      if ("kind" in report) throw new CommandFailure(report.message);
      if (options.json === true) output.json(report);
      else print(report, output);
    });
}

function print(report: FitReport, output: Output): void {
  const { budget, rows, largest, mostSlots, counted, refused } = report;
  for (const { key, name, freeBytes, limit } of [budget.host, ...budget.gpus])
    output.line(`${key} (${name}): ${formatBytes(freeBytes)} free, limited by ${limit}`);
  if (counted.length > 0) output.line(`Configured, not loaded, and counted: ${counted.join(", ")}`);
  for (const { modelId, because } of refused) output.line(`Configured, and not to be had: ${modelId}: ${because}`);
  output.table(
    ["DEVICE", "CONTEXT", "SLOTS", "NEEDS", "ON GPU", "ENGINE SAYS", "NOW", "WITH CONFIGURED", "SHORT OF"],
    rows.map(({ device, contextTokens, slots, estimate, engine, now, withConfigured, shortBytes, limit }) => [
      device,
      String(contextTokens),
      String(slots),
      formatBytes(estimate.hostBytes),
      device === "cpu" ? "-" : formatBytes(estimate.deviceBytes),
      engine.kind === "none" ? "-" : formatBytes(engine.hostBytes + engine.deviceBytes),
      VERDICTS[now],
      VERDICTS[withConfigured],
      shortBytes === 0 ? "-" : `${formatBytes(shortBytes)} (${limit})`,
    ]),
  );
  for (const { device, slots, contextTokens } of largest)
    output.line(
      contextTokens === undefined
        ? `${device}, ${countOf(slots)}: no context fits`
        : `${device}, ${countOf(slots)}: up to ${contextTokens} tokens each`,
    );
  for (const { device, contextTokens, slots } of mostSlots)
    output.line(
      slots === undefined
        ? `${device}, ${contextTokens} tokens: not even one slot fits`
        : `${device}, ${contextTokens} tokens: up to ${countOf(slots)}`,
    );
  const notes = rows.flatMap(({ estimate, engine }) => [
    ...estimate.notes,
    ...(engine.kind === "none" ? [`The engine gave no estimate of its own: ${engine.reason}`] : []),
  ]);
  for (const note of new Set(notes)) output.line(note);
  output.line("What the engine says is weights and context alone, without its process and the vocabulary.");
}

function countsOf(text: string): readonly number[] {
  const numbers = text.split(",").map((part) => Number(part.trim()));
  if (numbers.length > MAX_NUMBERS || numbers.some((number) => !Number.isSafeInteger(number) || number < 1))
    throw new InvalidArgumentError(`give at most ${MAX_NUMBERS} whole numbers of at least 1, with commas between.`);
  return numbers;
}

function countOf(slots: number): string {
  return slots === 1 ? "1 slot" : `${slots} slots`;
}
