import type { Clock } from "../core/clock.ts";
import type { EndpointId } from "../core/ids.ts";
import type { ProbeMetrics } from "../core/probe-metrics.ts";
import type { Journal } from "../journal/journal.ts";
import type { Operation } from "../journal/operation.ts";
import type { Finding } from "./assess-endpoint.ts";
import { clearAlert, raiseAlert } from "./operation-requests.ts";
import type { ProbeReader } from "./probe-store.ts";

/** What alerts are told through. */
export interface AlertPorts {
  readonly clock: Pick<Clock, "wallMs">;
  readonly journal: Pick<Journal, "commit">;
  readonly leaf: (draft: { readonly kind: string; readonly [fact: string]: unknown }) => Operation;
  readonly reader: Pick<ProbeReader, "alerts">;
  readonly metrics: Pick<ProbeMetrics, "alertChanged">;
  readonly log: {
    info(facts: Readonly<Record<string, unknown>>, message: string): void;
    warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  };
}

/** The alerts that stand. Each begins and ends once: on disk with its leaf, then in the log and the metrics. */
export class AlertBook {
  readonly #ports: AlertPorts;
  readonly #standing = new Map<EndpointId, Set<string>>();

  constructor(ports: AlertPorts) {
    this.#ports = ports;
  }

  /** Takes up what stood when the box was last stopped. */
  restore(): void {
    for (const { endpointId, subject, clearedAtMs } of this.#ports.reader.alerts())
      if (clearedAtMs === undefined) this.#set(endpointId, subject, true);
  }

  /** The subjects of the endpoint's alerts. */
  standing(endpointId: EndpointId): ReadonlySet<string> {
    return this.#standing.get(endpointId) ?? NONE;
  }

  /** Raises what was found and did not stand; ends what stood and was not found any more. */
  async update(endpointId: EndpointId, findings: readonly Finding[]): Promise<void> {
    const { journal, leaf, log } = this.#ports;
    const atMs = Math.round(this.#ports.clock.wallMs());
    for (const { subject, detail } of findings) {
      if (this.standing(endpointId).has(subject)) continue;
      const facts = { endpointId, subject, detail };
      await journal.commit([raiseAlert({ ...facts, atMs }), leaf({ kind: "endpoint.alert", ...facts })]);
      this.#set(endpointId, subject, true);
      log.warn({ endpoint: endpointId, subject, detail }, "an endpoint is not as it was or as it is stated");
    }
    const found = new Set<string>(findings.map(({ subject }) => subject));
    for (const subject of this.standing(endpointId)) {
      if (found.has(subject)) continue;
      const facts = { endpointId, subject };
      await journal.commit([clearAlert({ ...facts, atMs }), leaf({ kind: "endpoint.alert-cleared", ...facts })]);
      this.#set(endpointId, subject, false);
      log.info({ endpoint: endpointId, subject }, "an endpoint is again as it was or as it is stated");
    }
  }

  /** Drops the endpoint's alerts, which somebody has ended on disk. */
  forget(endpointId: EndpointId): void {
    for (const subject of this.standing(endpointId)) this.#set(endpointId, subject, false);
  }

  #set(endpointId: EndpointId, subject: string, stands: boolean): void {
    const subjects = new Set(this.standing(endpointId));
    if (stands) subjects.add(subject);
    else subjects.delete(subject);
    if (subjects.size === 0) this.#standing.delete(endpointId);
    else this.#standing.set(endpointId, subjects);
    this.#ports.metrics.alertChanged(endpointId, subject, stands);
  }
}

const NONE: ReadonlySet<string> = new Set();
