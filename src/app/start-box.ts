import { join } from "node:path";
import { createGenerationLog } from "../audit/recorded-generations.ts";
import { openLeafReader } from "../audit/read-leaves.ts";
import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Environment } from "../config/environment.ts";
import type { Clock } from "../core/clock.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { createChatService, type ActiveRouting } from "../dispatch/execute-chat.ts";
import { createGateway } from "../gateway/create-gateway.ts";
import { detectHardware } from "../hardware/detect-hardware.ts";
import { readOomKillCount } from "../hardware/oom-kills.ts";
import { openRunDirectory } from "../hosting/supervisor/run-directory.ts";
import { createLog, type LogLevel } from "../observe/create-log.ts";
import { createMetrics } from "../observe/metrics.ts";
import { buildEndpoints } from "./build-endpoints.ts";
import { hasGpuEngine } from "./choose-device.ts";
import { hostModels, type HostedOrExcluded } from "./host-models.ts";
import { openRecords } from "./open-records.ts";
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

/**
 * Builds every part from the configuration and starts them in order: records, policy, models, endpoints, gateway. What
 * was started is stopped again when a later part fails. Rejects with an Error whose message says what to do.
 */
export async function startBox(options: BoxOptions): Promise<Box> {
  const { environment, config, dataDir, installFolder, version } = options;
  const clock: Clock = systemClock;
  const log = createLog({ level: environment.logLevel as LogLevel });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.splice(0).toReversed()) await stopOne();
  };
  try {
    const onCheckpointFailed = (err: unknown): void => log.error({ err }, "a checkpoint of the audit log failed");
    const records = await openRecords({ dataDir, clock, server: { facts: { version }, onCheckpointFailed } });
    stops.push(() => records.close());
    const leaves = openLeafReader(dataDir);
    stops.push(() => Promise.resolve(leaves.close()));
    const firstKey = await records.keyStore.ensureBootstrapAdminKey(environment.adminKey);

    const hardware = await detectHardware({ clock, diskPath: dataDir });
    const runDirectory = await openRunDirectory(join(dataDir, "run"));
    stops.push(() => runDirectory.close());
    const hosted = await hostModels(
      config,
      dataDir,
      { hardware, gpuEngine: hasGpuEngine(installFolder) },
      { clock, random: systemRandom, log, runDirectory, countOomKills: () => readOomKillCount() },
    );
    stops.push(() => stopModels(hosted));

    const built = buildEndpoints(config, hosted, {
      clock,
      redeemPermit: records.redeemPermit,
      environment: process.env,
    });
    stops.push(() => built.close());
    const endpoints = [...built.endpoints.values()].map((live) => live.facts);
    const policy = readPolicy(policyFileOf(config), { endpoints, dataClasses: config.dataClasses });
    if (!policy.ok) throw new Error(`The policy file is refused.\n${formatPolicyProblems(policy)}`);
    for (const { line, message } of policy.warnings) log.warn({ file: policy.fileName, line }, message);
    await records.log.append({ kind: "policy.activated", sha256: policy.policy.sha256, file: policy.fileName });

    const active: ActiveRouting = {
      policy: policy.policy,
      dataClasses: config.dataClasses,
      endpoints: built.endpoints,
    };
    const catalog = { snapshots: () => [...active.endpoints.values()].map((live) => live.snapshot()) };
    const metrics = createMetrics(catalog);
    const service = createChatService({
      clock,
      journal: records.decisions,
      keys: records.keys,
      log,
      active: () => active,
    });
    const { host, port, bodyLimit, tls, drainTimeout } = config.server;
    const gateway = createGateway({
      service,
      catalog,
      keys: records.keys,
      journal: records.decisions,
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
    const { url } = await gateway.listen();
    stops.push(() => gateway.drain(drainTimeout));
    const notLoaded = await waitForPinnedModels(hosted, clock);
    return {
      url,
      ...(firstKey === undefined ? {} : { firstKey: firstKey.secret }),
      policySha256: policy.policy.sha256,
      endpoints,
      notLoaded,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopModels(hosted: readonly HostedOrExcluded[]): Promise<void> {
  await Promise.all(hosted.map((one) => (one.kind === "hosted" ? one.model.stop() : undefined)));
}
