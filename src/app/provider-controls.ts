import type { LeafReader } from "../audit/read-leaves.ts";
import { SignalboxError } from "../core/errors.ts";
import type { Clock } from "../core/clock.ts";
import type { KeyDirectory } from "../core/records.ts";
import type { AdminProviders } from "../gateway/admin/admin-ports.ts";
import type { ProbeReader } from "../measure/probe-store.ts";
import type { Prober } from "../measure/prober.ts";
import { probeSettingsOf, type ProbedConfiguration } from "./create-prober.ts";
import { reportProviders } from "./report-providers.ts";

/** The parts of a box that its providers are watched with. */
export interface ProviderControlParts {
  readonly clock: Clock;
  readonly leaves: Pick<LeafReader, "list">;
  readonly keys: Pick<KeyDirectory, "spendOf">;
  readonly configuration: ProbedConfiguration;
  readonly prober: Prober;
  readonly reader: ProbeReader;
}

/** What was measured of the providers, and the operator's hand on it. */
export function createProviderControls(parts: ProviderControlParts): AdminProviders {
  const { clock, leaves, keys, configuration, prober, reader } = parts;
  const endpoints = () => [...configuration.routing.endpoints.values()].map((live) => live.facts);
  const refuseUnknown = (slug: string): void => {
    const known = endpoints().some(({ id, providerId }) => slug === id || slug === providerId);
    if (!known)
      throw new SignalboxError("not_found", `No provider or endpoint is named ${JSON.stringify(slug.slice(0, 200))}.`);
  };
  return {
    report: async (slug) => {
      if (slug !== undefined) refuseUnknown(slug);
      const settings = probeSettingsOf(configuration.active.source.config);
      const payer = prober.principal();
      const spend = payer === undefined ? undefined : keys.spendOf(payer.keyId);
      return reportProviders({
        leaves,
        probes: reader,
        endpoints: endpoints().filter(({ id, providerId }) => slug === undefined || slug === id || slug === providerId),
        nowMs: clock.wallMs(),
        ...(settings === undefined ? {} : { settings }),
        ...(spend === undefined ? {} : { spentTodayMicroUsd: spend.settledMicroUsd + spend.reservedMicroUsd }),
        notProbed: prober.notAsked(),
      });
    },
    probe: async (slug, signal) => {
      if (slug !== undefined) refuseUnknown(slug);
      if (prober.principal() === undefined)
        throw new SignalboxError(
          "invalid_request",
          "Probes are off: add `probes: {budgetPerDay: 0.50}` to the configuration and reload it.",
        );
      return prober.round(slug, signal);
    },
    reset: async (actor, endpointId) => {
      if (!configuration.routing.endpoints.has(endpointId))
        throw new SignalboxError(
          "not_found",
          `No endpoint is named ${JSON.stringify(endpointId.slice(0, 200))}; they are ${endpoints()
            .map(({ id }) => id)
            .join(", ")}.`,
        );
      return prober.forget(endpointId, actor);
    },
  };
}
