import type { HardwareSnapshot } from "../../core/hardware.ts";
import type { CatalogEntry } from "./catalog-schema.ts";
import { fitMachine } from "./fit-machine.ts";
import type { GpuEngine } from "../gpu-devices.ts";

/** One recommended model, and what for. */
export interface Recommendation {
  readonly entry: CatalogEntry;
  readonly device: "gpu" | "cpu";
  readonly role: string;
}

/** More than this is no small model, however few of its parameters are used for a token. */
const SMALL_PARAMETERS = 10_000_000_000;

/** Roles to fill, in order, each by the best fitting model that is not recommended yet. */
const ROLES: readonly { readonly role: string; readonly suits: (entry: CatalogEntry) => boolean }[] = [
  { role: "answers", suits: ({ workloads }) => workloads.includes("interactive") || workloads.includes("generative") },
  {
    role: "agents' small steps",
    suits: ({ workloads, capabilities, parameters }) =>
      workloads.includes("agentic") && capabilities.includes("tools") && parameters.total <= SMALL_PARAMETERS,
  },
  { role: "embeddings", suits: ({ workloads }) => workloads.includes("embedding") },
];

/**
 * At most three models for a machine: the best for answers that runs at a readable rate, one for agents' small steps,
 * and one for embeddings. Best is the catalogue's quality prior; of equals the smaller one.
 */
export function recommendModels(
  entries: readonly CatalogEntry[],
  hardware: Pick<HardwareSnapshot, "gpus" | "memory">,
  engines: readonly GpuEngine[],
): readonly Recommendation[] {
  const runnable = entries.flatMap((entry) => {
    const { verdict, neededBytes = 0 } = fitMachine(entry, hardware, engines);
    return verdict === "gpu" || verdict === "cpu" ? [{ entry, device: verdict, neededBytes }] : [];
  });
  const best = runnable.toSorted(
    (left, right) => right.entry.quality.value - left.entry.quality.value || left.neededBytes - right.neededBytes,
  );
  const chosen: Recommendation[] = [];
  for (const { role, suits } of ROLES) {
    const found = best.find(({ entry }) => suits(entry) && !chosen.some((other) => other.entry.id === entry.id));
    if (found !== undefined) chosen.push({ entry: found.entry, device: found.device, role });
  }
  return chosen;
}
