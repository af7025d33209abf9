import type { LeafReader } from "../audit/read-leaves.ts";
import { parseVkey } from "../audit/signed-note.ts";
import { reportUsage } from "../audit/usage-report.ts";
import { verifyLog } from "../audit/verify-log.ts";
import type { EndpointCatalog } from "../core/inference-service.ts";
import type { Clock } from "../core/clock.ts";
import { SignalboxError } from "../core/errors.ts";
import type { HardwareSnapshot } from "../core/hardware.ts";
import { createInferenceService, type DispatchPorts } from "../dispatch/execute-request.ts";
import type {
  Actor,
  AdminAudit,
  AdminConfiguration,
  AdminPorts,
  AdminPresets,
  AdminProviders,
  CheckedPolicy,
} from "../gateway/admin/admin-ports.ts";
import type { AuditReadNotes } from "../gateway/admin/audit-read-notes.ts";
import { detectHardware } from "../hardware/detect-hardware.ts";
import { listModels } from "../hosting/store/list-models.ts";
import { explainJoint } from "../joint/serve-joint.ts";
import { createKeyStore } from "../ledger/key-store.ts";
import { listKeys } from "../ledger/list-keys.ts";
import { listTeams } from "../ledger/list-teams.ts";
import { createPresetStore } from "../presets/preset-store.ts";
import { checkPreset } from "./check-preset.ts";
import { loadPolicy } from "../policy/load-policy.ts";
import type { ActiveConfiguration } from "./active-configuration.ts";
import { principalOf } from "./explain-offline.ts";
import { jointModelIds, jointModelsOf } from "./joint-service.ts";
import { createModelControls } from "./model-controls.ts";
import type { Records } from "./open-records.ts";
import { findKeptPolicyText, listPolicyActivations } from "./policy-history.ts";
import { readModelFile } from "./read-model-file.ts";
import { reportGain } from "./report-gain.ts";
import { requestWriter } from "./request-writer.ts";

/** The parts of a running box that `/admin` shows and changes. */
export interface AdminParts {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly records: Pick<Records, "journal" | "log" | "presets">;
  readonly leaves: LeafReader;
  readonly configuration: ActiveConfiguration;
  readonly catalog: EndpointCatalog;
  readonly dispatch: DispatchPorts;
  readonly auditReads: AuditReadNotes;
  readonly providers: AdminProviders;
}

/** Joins `/admin` to the rest of the box. */
export function createAdminPorts(parts: AdminParts): AdminPorts {
  const { dataDir, clock, records, configuration, catalog, dispatch, auditReads } = parts;
  const { journal, log } = records;
  const keys = () => listKeys(dataDir, clock.wallMs());
  return {
    keysFor: (actor) => createKeyStore({ journal, dataDir, clock, leaf: (draft) => log.leaf({ ...draft, by: actor }) }),
    listKeys: keys,
    listTeams: () => listTeams(dataDir),
    principalOf: (keyId) => {
      const key = keys().find((one) => one.keyId === keyId);
      return key === undefined ? undefined : principalOf(key);
    },
    catalog,
    presets: adminPresets(parts),
    dataClasses: () => configuration.routing.dataClasses,
    hardware: createHardwareDetection(dataDir, clock),
    models: () => describeModels(dataDir, configuration),
    memory: createModelControls({ configuration, log }),
    providers: parts.providers,
    explain: (job, policy) => {
      const active = () => ({ ...configuration.routing, ...(policy === undefined ? {} : { policy }) });
      const service = createInferenceService({ ...dispatch, active });
      const writer = requestWriter(() => configuration.routing.dataClasses);
      const models = jointModelsOf(configuration.active.source.config);
      return explainJoint({ service, keys: dispatch.keys, ...writer }, models, job);
    },
    configuration: adminConfiguration(parts),
    audit: adminAudit(parts),
    auditReads,
  };
}

/** Looks at the machine when asked, once for all who ask at the same time. */
function createHardwareDetection(diskPath: string, clock: Clock): () => Promise<HardwareSnapshot> {
  let underWay: Promise<HardwareSnapshot> | undefined;
  return () => {
    underWay ??= detectHardware({ clock, diskPath }).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** The models of this box, as `signalbox models list --json` has them, with the state of each process. */
async function describeModels(dataDir: string, { active }: ActiveConfiguration): Promise<object> {
  const configured = active.hosted.map(async (one) => ({
    id: one.config.id,
    ...(await readModelFile(dataDir, one.config.file)),
    ...(one.kind === "hosted" ? { state: one.model.state() } : { excludedBecause: one.facts.excludedBecause }),
  }));
  return { configured: await Promise.all(configured), imported: await listModels(dataDir) };
}

function adminPresets({ records, clock, configuration }: AdminParts): AdminPresets {
  const { presets: reader, journal, log } = records;
  const storeFor = (actor: Actor) =>
    createPresetStore({ journal, reader, clock, leaf: (draft) => log.leaf({ ...draft, by: actor }) });
  return {
    find: (name) => reader.find(name),
    names: () => reader.names(),
    list: () => reader.list(),
    version: (name, version) => reader.version(name, version),
    versions: (name) => reader.versions(name),
    put: async (actor, name, fields) => {
      const { endpoints, dataClasses } = configuration.routing;
      checkPreset(fields, {
        endpoints: [...endpoints.values()].map((live) => live.facts),
        jointModels: jointModelIds(configuration.active.source.config),
        dataClasses,
      });
      return storeFor(actor).put(name, fields);
    },
    remove: (actor, name) => storeFor(actor).remove(name),
  };
}

function adminConfiguration({ configuration, leaves, dataDir }: AdminParts): AdminConfiguration {
  return {
    active: () => {
      const { source, policy } = configuration.active;
      return {
        configFile: source.file,
        configSha256: source.sha256,
        policyFile: policy.fileName,
        policySha256: policy.policy.sha256,
        activatedAtMs: configuration.activatedAtMs,
      };
    },
    reload: (actor) => configuration.reload(actor),
    policy: () => {
      const { fileName, policy, text, warnings, tests } = configuration.active.policy;
      const { configuredPolicySha256, shadow } = configuration.active;
      return {
        file: fileName,
        sha256: policy.sha256,
        configuredSha256: configuredPolicySha256,
        activatedAtMs: configuration.activatedAtMs,
        ...(shadow === undefined ? {} : { shadow: { file: shadow.fileName, sha256: shadow.policy.sha256 } }),
        constraints: policy.constraints.map(({ id }) => id),
        routes: policy.routes.map(({ id }) => id),
        warnings,
        tests,
        text,
      };
    },
    checkPolicy: (text) => checkPolicy(text, configuration),
    activatePolicy: (policy, actor) => configuration.activatePolicy(policy, actor),
    rollBackPolicy: (actor) => configuration.rollBackPolicy(actor),
    shadowPolicy: (policy, actor) => configuration.shadowPolicy(policy, actor),
    policyHistory: (limit) => listPolicyActivations(leaves, limit),
    policyText: (sha256) => findKeptPolicyText(dataDir, sha256),
  };
}

function checkPolicy(text: string, { routing }: ActiveConfiguration): CheckedPolicy {
  const endpoints = [...routing.endpoints.values()].map((live) => live.facts);
  const loaded = loadPolicy(text, "text", { endpoints, dataClasses: routing.dataClasses });
  const { ok, tests } = loaded;
  if (!ok) return { ok, problems: loaded.problems, summary: { ok, problems: loaded.problems, tests } };
  const { policy, warnings } = loaded;
  return { ok, policy, summary: { ok, sha256: policy.sha256, warnings, tests } };
}

/** How far back usage is summed where nobody says. */
const USAGE_MS = 30 * 24 * 60 * 60 * 1_000;

function adminAudit({ dataDir, clock, leaves, records }: AdminParts): AdminAudit {
  return {
    list: (query) => leaves.list(query),
    show: (index) => leaves.show(index),
    newestCheckpoint: () => leaves.newestCheckpoint(),
    checkpoint: () => records.log.checkpoint(),
    usage: (by, sinceMs) => reportUsage(leaves, by, sinceMs ?? clock.wallMs() - USAGE_MS),
    gain: (sinceMs) => reportGain(leaves, sinceMs ?? clock.wallMs() - USAGE_MS),
    verify: (vkey) => {
      if (vkey !== undefined) refuseBadVkey(vkey);
      return verifyLog({ source: { dataDir }, ...(vkey === undefined ? {} : { vkey }) });
    },
  };
}

function refuseBadVkey(vkey: string): void {
  try {
    parseVkey(vkey);
  } catch (cause) {
    throw new SignalboxError("invalid_request", "vkey is no public key of a log, as audit.vkey has it.", {
      param: "vkey",
      cause,
    });
  }
}
