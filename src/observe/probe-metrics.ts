import { Counter, Gauge, type Registry } from "prom-client";
import type { ProbeMetrics } from "../core/probe-metrics.ts";
import { toUsd } from "../core/money.ts";

/** What the box finds out by asking its endpoints itself. */
export function defineProbeMetrics(registry: Registry): ProbeMetrics {
  const registers = [registry];
  const probes = new Counter({
    name: "signalbox_probes_total",
    help: "Probes by what they check and how they ended: right, wrong, or the error's code",
    labelNames: ["endpoint", "check", "outcome"],
    registers,
  });
  const cost = new Counter({
    name: "signalbox_probe_cost_usd_total",
    help: "What the probes cost, in US dollars",
    labelNames: ["endpoint"],
    registers,
  });
  const alerts = new Gauge({
    name: "signalbox_endpoint_alert",
    help: "Whether the endpoint is not as it was, or not as it is stated, by what that is about",
    labelNames: ["endpoint", "subject"],
    registers,
  });
  return {
    probeEnded: (endpoint, check, outcome, costMicroUsd) => {
      probes.inc({ endpoint, check, outcome });
      if (costMicroUsd !== undefined) cost.inc({ endpoint }, toUsd(costMicroUsd));
    },
    alertChanged: (endpoint, subject, stands) => alerts.set({ endpoint, subject }, Number(stands)),
  };
}
