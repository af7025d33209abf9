import type { Environment } from "../config/environment.ts";
import { SignalboxError } from "../core/errors.ts";
import type { ActiveRouting } from "../dispatch/execute-request.ts";
import type { Actor } from "../gateway/admin/admin-ports.ts";
import type { ModelPlacement } from "../hosting/placement/model-placement.ts";
import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import { keepLoadedOf } from "./host-models.ts";
import type { Records } from "./open-records.ts";
import {
  formatProblems,
  prepareConfiguration,
  readConfiguration,
  type ConfigurationSource,
  type PreparationPorts,
  type PreparedConfiguration,
} from "./prepare-configuration.ts";
import { describeReload, type ReloadOutcome } from "./reload-outcome.ts";
import { findRestartNeeds } from "./restart-needed.ts";
import type { BuiltWatch } from "./watch-engines.ts";
import { Retirement } from "./retirement.ts";

/** Reloads that run or wait, one at a time: whoever comes then is served by one of those that wait. */
const MAX_OPEN_RELOADS = 8;

/** What a caller beyond that is asked to wait: about as long as a reload takes. */
const RELOAD_RETRY_MS = 1_000;

/** The part of pino's logger that this needs. */
export interface ConfigurationLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** What the configuration of a box needs of the rest of it. */
export interface ActiveConfigurationPorts {
  readonly environment: Environment;
  readonly records: Pick<Records, "journal" | "log">;
  readonly log: ConfigurationLog;
  readonly preparation: Omit<PreparationPorts, "roomForModels">;
}

/**
 * The configuration that counts, and the one way to another: whole or not at all. A decision reads `routing` once, and so
 * sees one configuration.
 */
export class ActiveConfiguration {
  readonly #ports: ActiveConfigurationPorts;
  readonly #preparation: PreparationPorts;
  readonly #retirement: Retirement;
  #active: PreparedConfiguration | undefined;
  #activatedAtMs = 0;
  #openReloads = 0;
  #lastReload: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(ports: ActiveConfigurationPorts) {
    this.#ports = ports;
    this.#retirement = new Retirement((err) => ports.log.error({ err }, "an endpoint out of use could not be closed"));
    this.#preparation = { ...ports.preparation, roomForModels: () => this.#retirement.room() };
  }

  /** What counts now. */
  get active(): PreparedConfiguration {
    if (this.#active === undefined) throw new Error("No configuration was activated yet.");
    return this.#active;
  }

  /** What lets the models of every configuration into memory and out of it. */
  get placement(): ModelPlacement {
    return this.#preparation.placement;
  }

  get routing(): ActiveRouting {
    return this.active.routing;
  }

  /** When it was activated, in milliseconds since the Unix epoch. */
  get activatedAtMs(): number {
    return this.#activatedAtMs;
  }

  /** The first activation. Starts no model. Rejects with an Error that lists what is wrong. */
  async start(source: ConfigurationSource): Promise<PreparedConfiguration> {
    const preparation = await prepareConfiguration(source, this.#preparation);
    if (!preparation.ok) throw new Error(`The policy file is refused.\n${formatProblems(preparation.problems)}`);
    await this.#activate(preparation.prepared, undefined);
    return preparation.prepared;
  }

  /**
   * Applies the configuration file as it is now, with the policy file that it names. Reloads run one after the other;
   * each reads the files when its turn comes. Rejects with `rate_limited` when too many wait, with `audit_unavailable`
   * when the activation can't be recorded, with `draining` when the box stops; then, too, nothing has changed.
   */
  reload(by?: Actor): Promise<ReloadOutcome> {
    if (this.#openReloads >= MAX_OPEN_RELOADS) {
      const message = `${this.#openReloads} reloads are under way, which is the limit.`;
      return Promise.reject(new SignalboxError("rate_limited", message, { retryAfterMs: RELOAD_RETRY_MS }));
    }
    this.#openReloads += 1;
    const reload = this.#lastReload
      .then(() => this.#reloadNow(by))
      .finally(() => {
        this.#openReloads -= 1;
      });
    this.#lastReload = reload.catch(() => undefined); // Whoever asked for it hears of its failure.
    return reload;
  }

  /** Waits for reloads under way, then ends every connection and every model's process. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#lastReload;
    await this.#retirement.close();
    if (this.#active === undefined) return;
    const { endpoints, watches } = this.#active;
    await Promise.all([...watches.values()].map((watch) => watch.stop()));
    await Promise.all([...endpoints.values()].map((endpoint) => endpoint.close()));
    await Promise.all(modelsOf(this.#active).map((model) => model.stop()));
  }

  async #reloadNow(by: Actor | undefined): Promise<ReloadOutcome> {
    const before = this.active;
    this.#refuseWhenClosed();
    const source = readConfiguration(before.source.file);
    if (!source.ok) return this.#refused(source.problems);
    const restarts = findRestartNeeds(this.#ports.environment, before.source.config, source);
    const preparation = await prepareConfiguration(source, this.#preparation, before);
    if (!preparation.ok) return this.#refused([...restarts, ...preparation.problems]);
    if (restarts.length > 0) return this.#refused(restarts);
    const after = preparation.prepared;
    this.#refuseWhenClosed();
    const auditIndex = await this.#activate(after, by);
    this.#retireWhatWasReplaced(before, after);
    this.#startPinnedModels(before, after);
    const done = describeReload(before, after, auditIndex);
    this.#ports.log.info({ ...done }, "the configuration was reloaded");
    return done;
  }

  #refused(problems: Extract<ReloadOutcome, { ok: false }>["problems"]): ReloadOutcome {
    this.#ports.log.error({ problems }, "the configuration is refused; the one before stays");
    return { ok: false, problems };
  }

  /** Records what will count, durably and in one piece; only then it does. */
  async #activate(prepared: PreparedConfiguration, by: Actor | undefined): Promise<number> {
    const { journal, log } = this.#ports.records;
    const { source, policy, watches } = prepared;
    const watched = [...watches.values()].map(({ destination }) => destination.origin);
    const [{ auditIndex }] = await journal.commit([
      log.leaf({
        kind: "config.activated",
        sha256: source.sha256,
        file: source.file,
        by,
        ...(watched.length === 0 ? {} : { watched }),
      }),
      log.leaf({ kind: "policy.activated", sha256: policy.policy.sha256, file: policy.fileName, by }),
    ]);
    this.#active = prepared;
    this.#applyToPlacement(prepared);
    this.#activatedAtMs = this.#preparation.clock.wallMs();
    for (const watch of watches.values()) watch.start(auditIndex);
    return auditIndex;
  }

  /** What the configuration says about memory counts again, whatever an operator has pinned by hand since. */
  #applyToPlacement({ source, hosted }: PreparedConfiguration): void {
    this.#preparation.placement.setBudgets(source.config.box.memory);
    for (const one of hosted) if (one.kind === "hosted") one.model.keepFor(keepLoadedOf(one.config).keepLoadedMs);
  }

  #retireWhatWasReplaced(before: PreparedConfiguration, after: PreparedConfiguration): void {
    const endpoints = [...before.endpoints].filter(([id, built]) => after.endpoints.get(id) !== built);
    const stayed = new Set(modelsOf(after));
    for (const [id, watch] of before.watches) if (after.watches.get(id) !== watch) void this.#stopWatch(watch);
    this.#retirement.retire(
      endpoints.map(([, built]) => built),
      modelsOf(before).filter((model) => !stayed.has(model)),
    );
  }

  async #stopWatch(watch: BuiltWatch): Promise<void> {
    await watch.stop().catch((err: unknown) => this.#ports.log.error({ err }, "a watch could not be ended"));
  }

  #startPinnedModels(before: PreparedConfiguration, after: PreparedConfiguration): void {
    const old = new Set(modelsOf(before));
    const pinned = after.hosted.flatMap((one) =>
      one.kind === "hosted" && one.config.keepLoaded === "pinned" && !old.has(one.model) ? [one.model] : [],
    );
    // A model that another reload or a stop has ended meanwhile stays ended.
    void this.#retirement.room().then(() => pinned.forEach((model) => model.start()));
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new SignalboxError("draining", "The box is shutting down; nothing was reloaded.");
  }
}

function modelsOf({ hosted }: PreparedConfiguration): readonly PlacedModel[] {
  return hosted.flatMap((one) => (one.kind === "hosted" ? [one.model] : []));
}
