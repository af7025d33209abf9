import { createGenerationLog } from "../audit/recorded-generations.ts";
import { openLeafReader, type LeafReader } from "../audit/read-leaves.ts";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Environment } from "../config/environment.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { EndpointCatalog } from "../core/inference-service.ts";
import type { DispatchPorts } from "../dispatch/execute-request.ts";
import { LearnedLengths } from "../dispatch/learn/learned-lengths.ts";
import { SessionMemory } from "../dispatch/session-memory.ts";
import { createAdminRoutes } from "../gateway/admin/admin-routes.ts";
import { AuditReadNotes } from "../gateway/admin/audit-read-notes.ts";
import { openControlSocket } from "../gateway/admin/control-socket.ts";
import { createGateway } from "../gateway/create-gateway.ts";
import type { GatewayPorts } from "../gateway/ports.ts";
import { examineRecords } from "./examine-records.ts";
import { openMemoryReader } from "./read-pools.ts";
import { readOomKillCount } from "../hardware/oom-kills.ts";
import { ModelPlacement } from "../hosting/placement/model-placement.ts";
import { openRunDirectory } from "../hosting/supervisor/run-directory.ts";
import { ensurePrivateFolder } from "../journal/data-dir.ts";
import { createLog, type LogLevel } from "../observe/create-log.ts";
import { createMetrics, type Metrics } from "../observe/metrics.ts";
import { ActiveConfiguration } from "./active-configuration.ts";
import { createAdminPorts } from "./admin-ports.ts";
import { createComparer } from "./create-comparer.ts";
import { createProber } from "./create-prober.ts";
import { createProviderControls } from "./provider-controls.ts";
import { CalibrationBook } from "./calibration-book.ts";
import { ModelCalibration } from "./calibrate-models.ts";
import { controlSocketOf, runFolderOf } from "./control-socket-path.ts";
import { jointService, listJointModels } from "./joint-service.ts";
import { lookAtMachine } from "./host-models.ts";
import { keepLearned } from "./keep-learned.ts";
import { textModelPort } from "./load-text-model.ts";
import { measureCommits } from "./measure-commits.ts";
import { describeMemory } from "./model-controls.ts";
import { openRecords, type Records } from "./open-records.ts";
import { refineSpeeds } from "./refine-speeds.ts";
import { Running } from "./running.ts";
import { systemClock, systemRandom } from "./system-clock.ts";
import { waitForPinnedModels } from "./wait-for-pinned-models.ts";

/** What a box is started with. */
export interface BoxOptions {
  readonly environment: Environment;
  readonly config: ApplianceConfig;
  /** Of the configuration file, hexadecimal. */
  readonly configSha256: string;
  readonly dataDir: string;
  readonly installFolder: string;
  readonly version: string;
  /** Gives the start up: what was started by then is stopped again. */
  readonly signal: AbortSignal;
}

/** A box that answers requests. */
export interface Box {
  readonly url: string;
  /** The first admin key, at the first start alone: it is kept nowhere in this form. */
  readonly firstKey?: string;
  readonly policySha256: string;
  readonly endpoints: readonly EndpointFacts[];
  /** Pinned models that were not in memory when the box was announced, and why. */
  readonly notLoaded: readonly { readonly modelId: string; readonly because: string }[];
  /** Applies the configuration file as it is now, or leaves everything as it is; the log says which, and why. */
  reload(): Promise<void>;
  /** Drains: no new requests, answers under way finish up to a deadline, workers end, the log closes with a signed head. */
  stop(): Promise<void>;
}

/**
 * Builds every part from the configuration and starts them in order: records, configuration (models, endpoints, policy),
 * gateway, pinned models. What was started is stopped again when a later part fails or the start is given up. Rejects with
 * an Error whose message says what to do, or with the signal's reason.
 */
export async function startBox(options: BoxOptions): Promise<Box> {
  const { environment, signal } = options;
  const log = createLog({ level: environment.logLevel as LogLevel });
  const running = new Running(log);
  try {
    const records = await startRecords(options, log, running);
    const firstKey = await records.keyStore.ensureBootstrapAdminKey(environment.adminKey);
    signal.throwIfAborted();
    const catalog: EndpointCatalog = {
      snapshots: () => reportsOf(configuration),
      jointModels: () => listJointModels(configuration.active.source.config),
    };
    const metrics = createMetrics(catalog, () => describeMemory(configuration));
    const leaves = openLeafReader(options.dataDir);
    running.add(() => leaves.close());
    const configuration = await startConfiguration(options, { records, leaves, metrics, log }, running);
    signal.throwIfAborted();
    const { url } = await startGateway(options, { records, leaves, configuration, catalog, metrics, log }, running);
    const { hosted, routing } = configuration.active;
    const notLoaded = await waitForPinnedModels(hosted, systemClock, signal);
    signal.throwIfAborted();
    return {
      url,
      ...(firstKey === undefined ? {} : { firstKey: firstKey.secret }),
      policySha256: routing.policy.sha256,
      endpoints: [...routing.endpoints.values()].map((live) => live.facts),
      notLoaded,
      reload: () => reloadAndLog(configuration, log),
      stop: () => running.stop(),
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

type Log = ReturnType<typeof createLog>;

async function startRecords({ dataDir, version }: BoxOptions, log: Log, running: Running): Promise<Records> {
  const onCheckpointFailed = (err: unknown): void => log.error({ err }, "a checkpoint of the audit log failed");
  const server = { facts: { version }, onCheckpointFailed };
  const records = await openRecords({ dataDir, clock: systemClock, server });
  running.add(() => records.close());
  return records;
}

/** Makes models, endpoints and policy count. Their processes are started later. */
async function startConfiguration(
  { environment, config, configSha256, dataDir, installFolder }: BoxOptions,
  {
    records,
    leaves,
    metrics,
    log,
  }: { readonly records: Records; readonly leaves: LeafReader; readonly metrics: Metrics; readonly log: Log },
  running: Running,
): Promise<ActiveConfiguration> {
  const clock = systemClock;
  ensurePrivateFolder(runFolderOf(dataDir));
  const runDirectory = await openRunDirectory(runFolderOf(dataDir));
  running.add(() => runDirectory.close());
  const placement = new ModelPlacement({ clock, log, readMemory: openMemoryReader(clock) });
  running.add(() => placement.close());
  const calibration = new ModelCalibration({ book: await CalibrationBook.open(dataDir, log), clock, log });
  running.add(() => calibration.close());
  const configuration = new ActiveConfiguration({
    environment,
    records,
    leaves,
    log,
    preparation: {
      dataDir,
      lookAtMachine: () => lookAtMachine(dataDir, installFolder, clock),
      clock,
      random: systemRandom,
      log,
      runDirectory,
      countOomKills: () => readOomKillCount(),
      calibration,
      placement,
      redeemPermit: records.redeemPermit,
      issueWatchPermit: records.issueWatchPermit,
      queueMetrics: metrics,
      environment: process.env,
    },
  });
  running.add(() => configuration.close());
  const { policy } = await configuration.start({ config, file: environment.configFile, sha256: configSha256 });
  running.add(refineSpeeds(configuration, calibration, clock));
  for (const { line, message } of policy.warnings) log.warn({ file: policy.fileName, line }, message);
  for (const { message } of examineRecords(config.audit)) log.warn({ file: environment.configFile }, message);
  return configuration;
}

/** What reports show of every endpoint that counts now. */
function reportsOf({ routing }: ActiveConfiguration): ReturnType<EndpointCatalog["snapshots"]> {
  return [...routing.endpoints.values()].map((live) => live.report());
}

async function reloadAndLog(configuration: ActiveConfiguration, log: Log): Promise<void> {
  try {
    await configuration.reload();
  } catch (err) {
    // Nobody waits for the answer to a signal; the configuration before stays.
    log.error({ err }, "the configuration was not reloaded");
  }
}

/** Answers requests from here on. */
async function startGateway(
  { environment, config, dataDir, installFolder }: BoxOptions,
  parts: {
    readonly records: Records;
    readonly leaves: LeafReader;
    readonly configuration: ActiveConfiguration;
    readonly catalog: EndpointCatalog;
    readonly metrics: Metrics;
    readonly log: Log;
  },
  running: Running,
): Promise<{ readonly url: string }> {
  const clock = systemClock;
  const { records, leaves, configuration, catalog, metrics, log } = parts;
  const { keys } = records;
  const active = () => configuration.routing;
  const journal = measureCommits(records.decisions, clock, metrics);
  const lengths = new LearnedLengths();
  const endpoints = () => configuration.routing.endpoints.values();
  const kept = await keepLearned({ dataDir, lengths, endpoints, clock, log });
  running.add(() => kept.close());
  const sessions = new SessionMemory(clock);
  const learning = { lengths, sessions, predictionMetrics: metrics, random: systemRandom };
  const dispatch = {
    clock,
    journal,
    keys,
    log,
    active,
    ...countersOf(metrics),
    ...learning,
    feedback: records.feedback,
    ...textModelPort(installFolder, log),
  };
  const auditReads = noteAuditReads(records, log, running);
  const probing = createProber({ dataDir, records, configuration, random: systemRandom, dispatch, log, metrics });
  running.add(() => probing.reader.close());
  running.add(() => probing.prober.stop());
  const comparer = createComparer({
    ...{ configuration, random: systemRandom, dispatch, feedback: records.feedback, log, metrics },
  });
  running.add(() => comparer.stop());
  const providers = createProviderControls({ clock, leaves, keys, configuration, ...probing });
  const adminRoutes = createAdminRoutes(
    createAdminPorts({ dataDir, clock, records, leaves, configuration, catalog, dispatch, auditReads, providers }),
  );
  const ports: GatewayPorts = {
    service: comparer.over(jointService(dispatch, () => configuration.active.source.config, metrics)),
    catalog,
    keys,
    journal,
    generations: createGenerationLog(leaves),
    feedback: records.feedback,
    clock,
    log,
    metrics,
    config: listenerOf(environment, config),
    dataClasses: () => active().dataClasses,
    presets: records.presets,
    extraRoutes: adminRoutes,
  };
  const gateway = createGateway(ports);
  const listening = await gateway.listen();
  running.add(() => gateway.drain(configuration.active.source.config.server.drainTimeout));
  const socket = await openControlSocket(controlSocketOf(dataDir), adminRoutes, ports);
  running.add(() => socket?.close());
  probing.prober.start();
  return listening;
}

/** Where the gateway listens: as the configuration says, unless the environment says otherwise. */
function listenerOf(environment: Environment, { server }: ApplianceConfig): GatewayPorts["config"] {
  const { host, port, bodyLimit, tls } = server;
  return {
    host: environment.host ?? host,
    port: environment.port ?? port,
    bodyLimitBytes: bodyLimit,
    ...(tls === undefined ? {} : { tls }),
  };
}

function noteAuditReads({ log: audit }: Records, log: Log, running: Running): AuditReadNotes {
  const onFailure = (err: unknown): void => log.error({ err }, "reads of the audit log could not be recorded");
  const notes = new AuditReadNotes({ append: (draft) => audit.append(draft), clock: systemClock, onFailure });
  running.add(() => notes.close().catch(onFailure));
  return notes;
}

/** What is counted of how requests went on. */
function countersOf(metrics: Metrics): Pick<DispatchPorts, "onCascade" | "onContinuation" | "onShadowed"> {
  return {
    onCascade: (endpointId, verdict) => metrics.cascadeEnded(endpointId, verdict),
    onContinuation: (endpointId, verdict) => metrics.continuationEnded(endpointId, verdict),
    onShadowed: (change) => metrics.policyShadowed(change),
  };
}
