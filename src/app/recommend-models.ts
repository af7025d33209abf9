import { join } from "node:path";
import type { HardwareSnapshot } from "../core/hardware.ts";
import { defaultQuantizationOf, sizeOfQuantization } from "../hosting/catalog/catalog-schema.ts";
import { formatCatalogProblems, loadCatalog, type LoadedCatalog } from "../hosting/catalog/load-catalog.ts";
import { recommendModels } from "../hosting/catalog/recommend-models.ts";
import { gpuEnginesIn } from "./choose-device.ts";
import type { Finding } from "./examine.ts";

/** The catalogue that ships with the program. */
export function readShippedCatalog(installFolder: string): LoadedCatalog {
  return loadCatalog(join(installFolder, "models/catalog"));
}

/** Up to three models of the catalogue that suit this machine, by a rough estimate. */
export function examineCatalog(hardware: HardwareSnapshot, installFolder: string): readonly Finding[] {
  const catalog = readShippedCatalog(installFolder);
  if (!catalog.ok)
    return [{ verdict: "wrong", subject: "catalogue", message: formatCatalogProblems(catalog.problems) }];
  return recommendModels(catalog.entries, hardware, gpuEnginesIn(installFolder)).map(
    ({ entry, device, role }): Finding => {
      const bytes = sizeOfQuantization(defaultQuantizationOf(entry));
      const size = bytes === undefined ? "" : `, ${(bytes / 1_000_000_000).toFixed(1)} GB`;
      return {
        verdict: "note",
        subject: "models",
        message: `for ${role} on this machine's ${device.toUpperCase()}: ${entry.name} (${entry.license.name}${size})`,
        remedy: `signalbox models pull ${entry.id}`,
      };
    },
  );
}
