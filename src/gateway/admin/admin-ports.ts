import type { InferenceJob, EndpointCatalog } from "../../core/inference-service.ts";
import type { Decision } from "../../core/decision.ts";
import type { HardwareSnapshot } from "../../core/hardware.ts";
import type { KeyId } from "../../core/ids.ts";
import type { MeasuredSpeedView, MemoryView, ModelInMemory } from "../../core/memory-view.ts";
import type { CompiledPolicy } from "../../core/policy-port.ts";
import type { Preset, PresetCatalog } from "../../core/preset.ts";
import type { Principal, Role } from "../../core/principal.ts";
import type { AuditReadNotes } from "./audit-read-notes.ts";

/** Who asked, as it is recorded beside what was changed or read. */
export interface Actor {
  readonly keyId: KeyId;
  readonly role: Role;
  readonly requestId: string;
}

/** A secret that is shown this once. */
export interface IssuedKey {
  readonly keyId: KeyId;
  readonly secret: string;
}

/** What a new key may do; times are milliseconds since the Unix epoch. */
export interface NewKey {
  readonly name: string;
  readonly role?: Role;
  readonly team?: string;
  readonly tags?: readonly string[];
  readonly dataClass?: string;
  readonly budgetMicroUsd?: number;
  readonly expiresAtMs?: number;
}

/** Changes of keys and budgets, each recorded under the name of one actor. */
export interface AdminKeyStore {
  createKey(key: NewKey): Promise<IssuedKey>;
  revokeKey(keyId: KeyId): Promise<void>;
  rotateKey(keyId: KeyId, graceMs?: number): Promise<IssuedKey>;
  setTeamBudget(team: string, budgetMicroUsd?: number): Promise<void>;
}

/** What usage can be summed by. */
export const USAGE_NAMES = ["team", "key", "model", "endpoint", "day"] as const;

/** The audit log, for reading. Shapes are those of `signalbox audit … --json`. */
export interface AdminAudit {
  /** Newest first. */
  list(query: LeafQuery): readonly AuditLeaf[];
  show(index: number): object | undefined;
  newestCheckpoint(): string | undefined;
  /** Signs the head as it is now. */
  checkpoint(): Promise<string>;
  /** Rebuilds the tree from every leaf; takes about 10 s for a million of them. */
  verify(vkey?: string): Promise<object>;
  /** Attempts, tokens and cost of what began since then; the last 30 days when absent. */
  usage(by: (typeof USAGE_NAMES)[number], sinceMs?: number): Promise<object>;
  /** What routing has gained over going direct, since then; the last 30 days when absent. */
  gain(sinceMs?: number): Promise<object>;
}

/** Which leaves to list. */
export interface LeafQuery {
  readonly limit?: number;
  readonly requestId?: string;
  readonly kind?: string;
  readonly before?: number;
}

/** One leaf: its place and its facts. */
export interface AuditLeaf {
  readonly index: number;
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/** A policy text that was compiled and tested. `summary` is what `signalbox policy check --json` prints. */
export type CheckedPolicy =
  | { readonly ok: true; readonly policy: CompiledPolicy; readonly summary: object }
  | { readonly ok: false; readonly problems: readonly object[]; readonly summary: object };

/** One thing that keeps a configuration from being used, and where it stands. */
export interface ConfigurationProblem {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/** What a reload did: everything or nothing. */
export type ReloadResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** The configuration that counts. */
export interface AdminConfiguration {
  /** Files, hashes and time of the activation. */
  active(): object;
  reload(actor: Actor): Promise<ReloadResult>;
  /** The policy that counts, with its text as it was activated. */
  policy(): object;
  /** Compiles a policy text against the running configuration and runs its tests. Changes nothing. */
  checkPolicy(text: string): CheckedPolicy;
  /** Makes a policy text count until another one is activated or the configured file changes. */
  activatePolicy(policy: WantedPolicy, actor: Actor): Promise<ReloadResult>;
  /** Makes the policy count that counted before. Rejects with `not_found` where there was none. */
  rollBackPolicy(actor: Actor): Promise<ReloadResult>;
  /** Tries a policy beside the one that counts; without one, ends that. */
  shadowPolicy(policy: WantedPolicy | undefined, actor: Actor): Promise<ReloadResult>;
  /** Every activation of a policy, newest first. */
  policyHistory(limit: number): readonly object[];
  /** The text of a policy that has counted or was tried; undefined for any other. */
  policyText(sha256: string): string | undefined;
}

/** A policy text that somebody wants to count. */
export interface WantedPolicy {
  readonly text: string;
  /** Where it came from, for the record. */
  readonly file: string;
  readonly reason?: string | undefined;
}

/** Presets, each change recorded under the name of one actor. */
export interface AdminPresets extends PresetCatalog {
  list(): readonly Preset[];
  version(name: string, version: number): Preset | undefined;
  /** The newest first. */
  versions(name: string): readonly object[];
  put(actor: Actor, name: string, fields: Preset["fields"]): Promise<Preset>;
  remove(actor: Actor, name: string): Promise<void>;
}

/** The memory that models share, and the operator's hand on it. Each move is recorded under the name of one actor. */
export interface AdminMemory {
  view(): MemoryView;
  /** Rejects as a request for the model would, and with `model_not_found` for one that this box does not host. */
  load(actor: Actor, modelId: string, signal: AbortSignal): Promise<ModelInMemory>;
  unload(actor: Actor, modelId: string): Promise<ModelInMemory>;
  /** Loads it where needed and measures its speed in a few seconds without requests; `queue_full` when they leave it none. */
  bench(actor: Actor, modelId: string, signal: AbortSignal): Promise<MeasuredSpeedView>;
  /** Both count until the next reload, which applies what the configuration says. */
  pin(actor: Actor, modelId: string): Promise<ModelInMemory>;
  unpin(actor: Actor, modelId: string): Promise<ModelInMemory>;
}

/** What the box has measured of its providers, and the operator's hand on it. */
export interface AdminProviders {
  /** Stated against measured, of the endpoints that `slug` names or of all. Rejects with `not_found` for an unknown slug. */
  report(slug?: string): Promise<object>;
  /** Puts every probe to them now; resolves when all were asked. Rejects with `invalid_request` while probes are off. */
  probe(slug: string | undefined, signal: AbortSignal): Promise<readonly object[]>;
  /** Forgets what probes have shown of an endpoint: for a model that was changed on purpose. */
  reset(actor: Actor, endpointId: string): Promise<object>;
}

/** Everything that `/admin` needs of the rest of the box. */
export interface AdminPorts {
  readonly keysFor: (actor: Actor) => AdminKeyStore;
  /** Every key with its state and spend. */
  readonly listKeys: () => readonly object[];
  /** Every team that has keys or a budget, with both. */
  readonly listTeams: () => readonly object[];
  /** A key's rights, also of one that was revoked. */
  readonly principalOf: (keyId: KeyId) => Principal | undefined;
  readonly catalog: EndpointCatalog;
  readonly presets: AdminPresets;
  readonly dataClasses: () => readonly string[];
  readonly hardware: () => Promise<HardwareSnapshot>;
  readonly models: () => Promise<object>;
  readonly memory: AdminMemory;
  readonly providers: AdminProviders;
  /** The decision on the live facts; under another policy where one is given. */
  readonly explain: (job: Omit<InferenceJob, "signal">, policy?: CompiledPolicy) => Decision;
  readonly configuration: AdminConfiguration;
  readonly audit: AdminAudit;
  readonly auditReads: Pick<AuditReadNotes, "note">;
}
