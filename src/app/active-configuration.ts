import type { LeafDraft } from "../audit/leaf.ts";
import type { LeafReader } from "../audit/read-leaves.ts";
import type { Environment } from "../config/environment.ts";
import { SignalboxError } from "../core/errors.ts";
import type { ActiveRouting } from "../dispatch/execute-request.ts";
import type { Actor, WantedPolicy } from "../gateway/admin/admin-ports.ts";
import type { PolicyContext } from "../policy/known-names.ts";
import type { ModelPlacement } from "../hosting/placement/model-placement.ts";
import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import type { ModelCalibration } from "./calibrate-models.ts";
import { keepLoadedOf } from "./host-models.ts";
import type { Records } from "./open-records.ts";
import { policyLeaf, shadowInForce, shadowLeaf, withPolicy, withShadow, type PolicyOutcome } from "./policy-changes.ts";
import { keepPolicyText, listPolicyActivations, policyBefore } from "./policy-history.ts";
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
import type { PolicyText, UsablePolicy } from "./read-policy.ts";
import { Retirement } from "./retirement.ts";
import { Turns } from "./turns.ts";

/** The part of pino's logger that this needs. */
export interface ConfigurationLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** What the configuration of a box needs of the rest of it. */
export interface ActiveConfigurationPorts {
  readonly environment: Environment;
  readonly records: Pick<Records, "journal" | "log">;
  /** The audit log, for the policies that counted before. */
  readonly leaves: Pick<LeafReader, "list">;
  readonly log: ConfigurationLog;
  readonly preparation: Omit<PreparationPorts, "roomForModels" | "newestActivation" | "shadowPolicy">;
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
  readonly #turns = new Turns();
  #isClosed = false;

  constructor(ports: ActiveConfigurationPorts) {
    this.#ports = ports;
    this.#retirement = new Retirement((err) => ports.log.error({ err }, "an endpoint out of use could not be closed"));
    this.#preparation = {
      ...ports.preparation,
      roomForModels: () => this.#retirement.room(),
      newestActivation: () => listPolicyActivations(ports.leaves, 1)[0],
      shadowPolicy: (context) => this.#readShadow(context),
    };
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

  /** Measures the models' speed; absent where nobody does. */
  get calibration(): ModelCalibration | undefined {
    return this.#preparation.calibration;
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
    return this.#turns.take(() => this.#reloadNow(by));
  }

  /**
   * Makes a policy text count, whole or not at all, until another one is activated or the configured file changes. The
   * endpoints and the models stay. Waits and rejects as a reload does.
   */
  activatePolicy(wanted: WantedPolicy, by?: Actor): Promise<PolicyOutcome> {
    return this.#turns.take(() => this.#activatePolicyNow(wanted, by));
  }

  /** Makes the policy count that counted before the present one. Rejects with `not_found` where there was none. */
  rollBackPolicy(by?: Actor): Promise<PolicyOutcome> {
    return this.#turns.take(async () => {
      const before = policyBefore(this.active.policy.policy.sha256, this.#ports.leaves, this.#preparation.dataDir);
      if (before === undefined) throw new SignalboxError("not_found", "No other policy has counted before this one.");
      return this.#activatePolicyNow({ ...before, reason: "rolled back" }, by);
    });
  }

  /** Tries a policy beside the one that counts: each decision says what it would have changed. Without a text, ends that. */
  shadowPolicy(wanted: PolicyText | undefined, by?: Actor): Promise<PolicyOutcome> {
    return this.#turns.take(() => this.#shadowPolicyNow(wanted, by));
  }

  /** Waits for reloads under way, then ends every connection and every model's process. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turns.settled();
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

  #readShadow(context: PolicyContext): UsablePolicy | undefined {
    const { shadow, problem } = shadowInForce(this.#ports.leaves, this.#preparation.dataDir, context);
    if (problem !== undefined) this.#ports.log.error({ problem }, "the policy that was tried is not tried any more");
    return shadow;
  }

  async #activatePolicyNow(wanted: WantedPolicy, by: Actor | undefined): Promise<PolicyOutcome> {
    this.#refuseWhenClosed();
    const before = this.active;
    const change = withPolicy(before, wanted);
    if (!change.ok) return change;
    const { prepared } = change;
    const auditIndex = await this.#record(prepared, [policyLeaf(prepared, by, wanted.reason)]);
    this.#activatedAtMs = this.#preparation.clock.wallMs();
    return this.#policyChanged(before, prepared, prepared.policy, auditIndex);
  }

  async #shadowPolicyNow(wanted: PolicyText | undefined, by: Actor | undefined): Promise<PolicyOutcome> {
    this.#refuseWhenClosed();
    const before = this.active;
    const change = withShadow(before, wanted);
    if (!change.ok) return change;
    const { prepared } = change;
    const auditIndex = await this.#record(prepared, [shadowLeaf(prepared, by)]);
    return this.#policyChanged(before, prepared, prepared.shadow ?? prepared.policy, auditIndex);
  }

  #policyChanged(
    before: PreparedConfiguration,
    after: PreparedConfiguration,
    policy: UsablePolicy,
    auditIndex: number,
  ): PolicyOutcome {
    this.#active = after;
    const done = {
      ok: true,
      policyFile: policy.fileName,
      policySha256: policy.policy.sha256,
      previousSha256: before.policy.policy.sha256,
      auditIndex,
      warnings: policy.warnings.map(({ line, message }) => `${policy.fileName}:${line}: ${message}`),
    } as const;
    this.#ports.log.info(done, "the policy was changed");
    return done;
  }

  #refused(problems: Extract<ReloadOutcome, { ok: false }>["problems"]): ReloadOutcome {
    this.#ports.log.error({ problems }, "the configuration is refused; the one before stays");
    return { ok: false, problems };
  }

  /** Records what will count, durably and in one piece; only then it does. */
  async #activate(prepared: PreparedConfiguration, by: Actor | undefined): Promise<number> {
    const { source, watches } = prepared;
    const { sha256, file } = source;
    const watched = [...watches.values()].map(({ destination }) => destination.origin);
    const auditIndex = await this.#record(prepared, [
      { kind: "config.activated", sha256, file, by, ...(watched.length === 0 ? {} : { watched }) },
      policyLeaf(prepared, by),
    ]);
    this.#active = prepared;
    this.#applyToPlacement(prepared);
    this.#activatedAtMs = this.#preparation.clock.wallMs();
    for (const watch of watches.values()) watch.start(auditIndex);
    return auditIndex;
  }

  /** Keeps the texts of the policies and appends the leaves; answers the index of the first. */
  async #record(
    { policy, shadow }: PreparedConfiguration,
    [first, ...rest]: readonly [LeafDraft, ...LeafDraft[]],
  ): Promise<number> {
    const { journal, log } = this.#ports.records;
    for (const one of shadow === undefined ? [policy] : [policy, shadow])
      keepPolicyText(this.#preparation.dataDir, one.text);
    const [{ auditIndex }] = await journal.commit([log.leaf(first), ...rest.map((leaf) => log.leaf(leaf))]);
    return auditIndex;
  }

  /** What the configuration says about memory counts again, whatever an operator has pinned by hand since. */
  #applyToPlacement({ source, hosted }: PreparedConfiguration): void {
    this.#preparation.placement.setBudgets(source.config.box.memory);
    this.#preparation.calibration?.switch(source.config.box.calibration === "auto");
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
