import { openLeafReader } from "../audit/read-leaves.ts";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import { readSpentMicroUsd } from "../ledger/read-spend.ts";
import { internalPrincipal } from "../measure/internal-principal.ts";
import { openProbeReader } from "../measure/probe-store.ts";
import { workOf } from "../measure/prober.ts";
import { probeSettingsOf } from "./create-prober.ts";
import { describeEndpoints } from "./describe-endpoints.ts";
import { reportProviders, type ProvidersReport } from "./report-providers.ts";
import { systemClock } from "./system-clock.ts";

/** The report from what is on disk, for a box that does not run. Throws where the folder has no database. */
export async function reportOffline(dataDir: string, config: ApplianceConfig): Promise<ProvidersReport> {
  const leaves = openLeafReader(dataDir);
  const probes = openProbeReader(dataDir);
  try {
    const nowMs = systemClock.wallMs();
    const settings = probeSettingsOf(config);
    return await reportProviders({
      leaves,
      probes,
      endpoints: await describeEndpoints(config, dataDir),
      nowMs,
      ...(settings === undefined
        ? {}
        : {
            settings,
            spentTodayMicroUsd: readSpentMicroUsd(dataDir, internalPrincipal(workOf(settings), nowMs, undefined).keyId),
          }),
    });
  } finally {
    probes.close();
    leaves.close();
  }
}
