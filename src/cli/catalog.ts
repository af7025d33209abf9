import { Option, type Command } from "commander";
import type { CatalogEntry } from "../hosting/catalog/catalog-schema.ts";
import { CommandFailure } from "./command-failure.ts";
import { INSTALL_FOLDER, readInstallation } from "./installation.ts";
import { formatBytes, type Output } from "./print.ts";

/** `signalbox models catalog`: models that are worth hosting, and which of them this machine can host. */
export function addCatalogCommand(models: Command, output: Output): void {
  models
    .command("catalog")
    .description("models that are worth hosting, to `pull`")
    .addOption(new Option("--fits", "say which of them this machine can probably host, by a rough estimate"))
    .option("--json", "print JSON")
    .action(async (options: { fits?: boolean; json?: boolean }) => {
      const entries = await readCatalog();
      const { defaultQuantizationOf, sizeOfQuantization } = await import("../hosting/catalog/catalog-schema.ts");
      const fits = options.fits === true ? await fitAll(entries) : undefined;
      if (options.json === true) {
        return output.json(
          entries.map((entry, index) => ({ ...entry, ...(fits === undefined ? {} : { fit: fits[index] }) })),
        );
      }
      output.table(
        [
          "MODEL",
          "PARAMETERS",
          "SIZE",
          "QUANTIZATION",
          "CONTEXT",
          "LICENCE",
          "ORIGIN",
          "FOR",
          ...(fits === undefined ? [] : ["HERE"]),
        ],
        entries.map((entry, index) => {
          const fit = fits?.[index];
          return [
            entry.id,
            formatParameters(entry),
            formatBytes(sizeOfQuantization(defaultQuantizationOf(entry))),
            entry.quantizations.map(({ name }) => name).join(" "),
            String(entry.contextTokens),
            entry.license.name,
            entry.origin,
            entry.workloads.join(" "),
            ...(fit === undefined ? [] : [VERDICTS[fit.verdict]]),
          ];
        }),
      );
      output.line(
        fits === undefined
          ? "The size is the first quantization's, which is meant when none is named. `--fits` says what suits this machine."
          : "HERE is a rough estimate from the file's size and the memory that is free now; loading it shows what it really needs.",
      );
    });
}

/** The shipped catalogue. Throws CommandFailure with every problem and its line. */
export async function readCatalog(): Promise<readonly CatalogEntry[]> {
  const { readShippedCatalog } = await import("../app/recommend-models.ts");
  const { formatCatalogProblems } = await import("../hosting/catalog/load-catalog.ts");
  const catalog = readShippedCatalog(INSTALL_FOLDER);
  if (catalog.ok) return catalog.entries;
  throw new CommandFailure(`The catalogue can't be used:\n${formatCatalogProblems(catalog.problems)}`);
}

async function fitAll(entries: readonly CatalogEntry[]) {
  const { dataDir } = readInstallation();
  const [{ detectHardware }, { systemClock }, { gpuEnginesIn }, { fitMachine }] = await Promise.all([
    import("../hardware/detect-hardware.ts"),
    import("../app/system-clock.ts"),
    import("../app/choose-device.ts"),
    import("../hosting/catalog/fit-machine.ts"),
  ]);
  const hardware = await detectHardware({ clock: systemClock, diskPath: dataDir });
  return entries.map((entry) => fitMachine(entry, hardware, gpuEnginesIn(INSTALL_FOLDER)));
}

const VERDICTS = {
  gpu: "GPU",
  cpu: "CPU",
  "cpu-slow": "CPU, slowly",
  "too-large": "too large",
  unknown: "unknown",
} as const;

/** `30.5 B (3.3 B active)`. */
function formatParameters({ parameters: { total, active } }: CatalogEntry): string {
  const short = (count: number): string => (count >= 1e9 ? `${trim(count / 1e9)} B` : `${Math.round(count / 1e6)} M`);
  return active === undefined ? short(total) : `${short(total)} (${short(active)} active)`;
}

function trim(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, "");
}
