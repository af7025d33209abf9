import type { Random } from "../core/clock.ts";
import { createInferenceService, type ActiveRouting, type DispatchPorts } from "../dispatch/execute-request.ts";
import { SessionMemory } from "../dispatch/session-memory.ts";
import { openProbeReader, type ProbeReader } from "../measure/probe-store.ts";
import { Prober, type ProberPorts, type ProbeSettings } from "../measure/prober.ts";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Records } from "./open-records.ts";
import { requestWriter } from "./request-writer.ts";

/** What the prober reads of the configuration that counts. */
export interface ProbedConfiguration {
  readonly active: { readonly source: { readonly config: Pick<ApplianceConfig, "probes"> } };
  readonly routing: ActiveRouting;
}

/** The parts of a box that probes are sent with. */
export interface ProberParts {
  readonly dataDir: string;
  readonly records: Pick<Records, "journal" | "log">;
  readonly configuration: ProbedConfiguration;
  readonly random: Random;
  readonly dispatch: DispatchPorts;
  readonly log: ProberPorts["log"];
  readonly metrics: ProberPorts["metrics"];
}

/** The prober of a running box, with what it has kept. Sends nothing before it is started, nor while the configuration has no `probes`. */
export function createProber(parts: ProberParts): { readonly prober: Prober; readonly reader: ProbeReader } {
  const { dataDir, records, configuration, random, dispatch, log, metrics } = parts;
  const reader = openProbeReader(dataDir);
  const writer = requestWriter(() => configuration.routing.dataClasses);
  const prober = new Prober({
    clock: dispatch.clock,
    random,
    log,
    metrics,
    reader,
    service: createInferenceService(withoutLearning(dispatch)),
    journal: records.journal,
    leaf: (draft) => records.log.leaf(draft),
    settings: () => probeSettingsOf(configuration.active.source.config),
    endpoints: () => [...configuration.routing.endpoints.values()].map((live) => live.snapshot()),
    dataClasses: () => configuration.routing.dataClasses,
    parse: writer.parseChat,
    newRequestId: writer.newRequestId,
  });
  return { prober, reader };
}

/** What the configuration says about probes; nothing where it has none. */
export function probeSettingsOf({ probes }: Pick<ApplianceConfig, "probes">): ProbeSettings | undefined {
  if (probes === undefined) return undefined;
  const { budgetPerDay, interval, contextTokens, only } = probes;
  return {
    budgetMicroUsdPerDay: budgetPerDay,
    intervalMs: interval,
    contextTokens,
    ...(only === undefined ? {} : { only }),
  };
}

/** The same way to an endpoint for the box's own requests, from which nobody learns what callers ask for, and on which no policy is tried. */
export function withoutLearning(dispatch: DispatchPorts): DispatchPorts {
  const { clock, journal, keys, log, active } = dispatch;
  const own = { sessions: new SessionMemory(clock) };
  const activeAlone = () => {
    const { shadow: _, ...counts } = active();
    return counts;
  };
  return { clock, journal, keys, log, active: activeAlone, ...own };
}
