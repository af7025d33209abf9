import { join } from "node:path";
import { createGenerationLog } from "../audit/recorded-generations.ts";
import { openLeafReader } from "../audit/read-leaves.ts";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Environment } from "../config/environment.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { createChatService, type ActiveRouting } from "../dispatch/execute-chat.ts";
import { createGateway } from "../gateway/create-gateway.ts";
import { detectHardware } from "../hardware/detect-hardware.ts";
import { readOomKillCount } from "../hardware/oom-kills.ts";
import { openRunDirectory } from "../hosting/supervisor/run-directory.ts";
import { createLog, type LogLevel } from "../observe/create-log.ts";
import { createMetrics } from "../observe/metrics.ts";
import { buildEndpoints, type BuiltEndpoints } from "./build-endpoints.ts";
import { hasGpuEngine } from "./choose-device.ts";
import { hostModels, type HostedOrExcluded } from "./host-models.ts";
import { measureCommits } from "./measure-commits.ts";
import { openRecords, type Records } from "./open-records.ts";
import { formatPolicyProblems, policyFileOf, readPolicy } from "./read-policy.ts";
import { systemClock, systemRandom } from "./system-clock.ts";
import { waitForPinnedModels } from "./wait-for-pinned-models.ts";

/** What a box is started with. */
export interface BoxOptions {
  readonly environment: Environment;
  readonly config: ApplianceConfig;
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
  /** Drains: no new requests, answers under way finish up to a deadline, workers end, the log closes with a signed head. */
  stop(): Promise<void>;
}

/** What is running, in the order in which it was started; it is stopped in the opposite one. */
class Running {
  readonly #stops: (() => Promise<void> | void)[] = [];

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  async stop(): Promise<void> {
    for (const stopOne of this.#stops.splice(0).toReversed()) await stopOne();
  }
}

/**
 * Builds every part from the configuration and starts them in order: records, models, endpoints, policy, gateway. What
 * was started is stopped again when a later part fails or the start is given up. Rejects with an Error whose message
 * says what to do, or with the signal's reason.
 */
export async function startBox(options: BoxOptions): Promise<Box> {
  const { environment, config, signal } = options;
  const log = createLog({ level: environment.logLevel as LogLevel });
  const running = new Running();
  try {
    const records = await startRecords(options, log, running);
    const firstKey = await records.keyStore.ensureBootstrapAdminKey(environment.adminKey);
    signal.throwIfAborted();
    const hosted = await startHosting(options, log, running);
    const { redeemPermit } = records;
    const built = buildEndpoints(config, hosted, { clock: systemClock, redeemPermit, environment: process.env });
    running.add(() => built.close());
    const endpoints = [...built.endpoints.values()].map((live) => live.facts);
    const active = await activate(options, records, built, log);
    signal.throwIfAborted();
    const { url } = await startGateway(options, { records, active, log }, running);
    const notLoaded = await waitForPinnedModels(hosted, systemClock, signal);
    signal.throwIfAborted();
    return {
      url,
      ...(firstKey === undefined ? {} : { firstKey: firstKey.secret }),
      policySha256: active.policy.sha256,
      endpoints,
      notLoaded,
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

/** Looks at the machine and prepares a worker for each model. */
async function startHosting(
  { config, dataDir, installFolder }: BoxOptions,
  log: Log,
  running: Running,
): Promise<readonly HostedOrExcluded[]> {
  const hardware = await detectHardware({ clock: systemClock, diskPath: dataDir });
  const runDirectory = await openRunDirectory(join(dataDir, "run"));
  running.add(() => runDirectory.close());
  const hosted = await hostModels(
    config,
    dataDir,
    { hardware, gpuEngine: hasGpuEngine(installFolder) },
    { clock: systemClock, random: systemRandom, log, runDirectory, countOomKills: () => readOomKillCount() },
  );
  running.add(async () => {
    await Promise.all(hosted.map((one) => (one.kind === "hosted" ? one.model.stop() : Promise.resolve())));
  });
  return hosted;
}

/** Compiles the policy over the endpoints and records which one counts from now on. */
async function activate(
  { config }: BoxOptions,
  records: Records,
  { endpoints }: BuiltEndpoints,
  log: Log,
): Promise<ActiveRouting> {
  const { dataClasses } = config;
  const facts = [...endpoints.values()].map((live) => live.facts);
  const policy = readPolicy(policyFileOf(config), { endpoints: facts, dataClasses });
  if (!policy.ok) throw new Error(`The policy file is refused.\n${formatPolicyProblems(policy)}`);
  for (const { line, message } of policy.warnings) log.warn({ file: policy.fileName, line }, message);
  await records.log.append({ kind: "policy.activated", sha256: policy.policy.sha256, file: policy.fileName });
  return { policy: policy.policy, dataClasses, endpoints };
}

/** Answers requests from here on. */
async function startGateway(
  { environment, config, dataDir }: BoxOptions,
  { records, active, log }: { readonly records: Records; readonly active: ActiveRouting; readonly log: Log },
  running: Running,
): Promise<{ readonly url: string }> {
  const clock = systemClock;
  const { keys } = records;
  const { host, port, bodyLimit, tls, drainTimeout } = config.server;
  const catalog = { snapshots: () => [...active.endpoints.values()].map((live) => live.snapshot()) };
  const metrics = createMetrics(catalog);
  const journal = measureCommits(records.decisions, clock, metrics);
  const leaves = openLeafReader(dataDir);
  running.add(() => leaves.close());
  const gateway = createGateway({
    service: createChatService({ clock, journal, keys, log, active: () => active }),
    catalog,
    keys,
    journal,
    generations: createGenerationLog(leaves),
    clock,
    log,
    metrics,
    config: {
      host: environment.host ?? host,
      port: environment.port ?? port,
      bodyLimitBytes: bodyLimit,
      ...(tls === undefined ? {} : { tls }),
    },
    dataClasses: () => active.dataClasses,
  });
  const listening = await gateway.listen();
  running.add(() => gateway.drain(drainTimeout));
  return listening;
}
