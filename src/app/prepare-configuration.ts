import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { ConfigurationProblem } from "../gateway/admin/admin-ports.ts";
import type { ActiveRouting } from "../dispatch/execute-request.ts";
import { buildEndpoints, type BuiltEndpoints, type EndpointPorts } from "./build-endpoints.ts";
import type { ModelCalibration } from "./calibrate-models.ts";
import { describeProvider } from "./describe-endpoints.ts";
import { hostModels, type HostedOrExcluded, type HostingPorts } from "./host-models.ts";
import { readConfigurationFile } from "./read-configuration-file.ts";
import { buildWatches, type BuiltWatches, type WatchPorts } from "./watch-engines.ts";
import type { PolicyContext } from "../policy/known-names.ts";
import { policySha256, type PolicyActivation } from "./policy-history.ts";
import {
  compilePolicy,
  policyFileOf,
  policyInForce,
  policyProblems,
  readPolicyText,
  type UsablePolicy,
} from "./read-policy.ts";

/** A configuration as it was read and checked. */
export interface ConfigurationSource {
  readonly config: ApplianceConfig;
  readonly file: string;
  /** Of the file's text, hexadecimal. */
  readonly sha256: string;
}

/** Everything that one configuration makes active. Nothing of it runs yet that did not run before. */
export interface PreparedConfiguration {
  readonly source: ConfigurationSource;
  readonly hosted: readonly HostedOrExcluded[];
  readonly endpoints: BuiltEndpoints;
  readonly watches: BuiltWatches;
  readonly policy: UsablePolicy;
  /** Of the file that the configuration names, which an activation by command may have replaced. */
  readonly configuredPolicySha256: string;
  /** A policy that is tried beside the one that counts. */
  readonly shadow?: UsablePolicy;
  readonly routing: ActiveRouting;
}

/** What a configuration is prepared with. */
export type PreparationPorts = HostingPorts &
  Omit<EndpointPorts, "watches"> &
  WatchPorts & {
    /** Measures how fast models are. Absent: nobody does. */
    readonly calibration?: ModelCalibration;
    /** The newest activation in the audit log; undefined where there was none. */
    readonly newestActivation: () => PolicyActivation | undefined;
    /** The policy that the log says is tried beside the one that counts. */
    readonly shadowPolicy: (context: PolicyContext) => UsablePolicy | undefined;
  };

/** A configuration that can be used, or everything that is wrong with it. */
export type Preparation =
  | { readonly ok: true; readonly prepared: PreparedConfiguration }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** The line at which a part of a configuration file stands. */
export type LineOf = (path: readonly PropertyKey[]) => number | undefined;

/** A configuration file that can be used as far as the file alone tells, or everything that is wrong with it. */
export type ReadConfiguration =
  | (ConfigurationSource & { readonly ok: true; readonly lineOf: LineOf })
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** Reads a configuration file again; what is wrong with it comes with its lines. */
export function readConfiguration(file: string): ReadConfiguration {
  const loaded = readConfigurationFile(file);
  if (loaded.ok) return loaded;
  const problems = loaded.problems.map(({ line, path, message }) => ({
    file: loaded.file,
    message: path === "" ? message : `${path} ${message}`,
    ...(line === undefined ? {} : { line }),
  }));
  return { ok: false, problems };
}

/**
 * Makes everything that a configuration needs, or says why it can't be used. Starts no process and opens no connection,
 * so that what was prepared in vain can be dropped. What is the same in `previous` is taken over from it.
 */
export async function prepareConfiguration(
  source: ConfigurationSource,
  ports: PreparationPorts,
  previous?: PreparedConfiguration,
): Promise<Preparation> {
  const { config } = source;
  const { dataClasses } = config;
  const hosted = await hostModels(config, ports, previous?.hosted);
  const facts = [
    ...hosted.map((one) => one.facts),
    ...config.providers.flatMap((provider) => describeProvider(provider, config.network.egress)),
  ];
  const context = { endpoints: facts, dataClasses };
  const configured = readPolicyText(policyFileOf(config));
  if (!("text" in configured)) return { ok: false, problems: policyProblems(configured) };
  const policy = compilePolicy(policyInForce(configured, ports.newestActivation(), ports.dataDir), context);
  if (!policy.ok) return { ok: false, problems: policyProblems(policy) };
  const shadow = ports.shadowPolicy(context);
  const watches = buildWatches(config, ports, previous?.watches);
  const endpoints = buildEndpoints(config, hosted, { ...ports, watches }, previous?.endpoints);
  const live = new Map([...endpoints].map(([id, built]) => [id, built.live]));
  const { teamWeights } = config.queues;
  const sampling = gainSamplingOf(config.gain, facts);
  const shadowing = shadow === undefined ? {} : { shadow };
  const routing: ActiveRouting = {
    policy: policy.policy,
    ...(shadow === undefined ? {} : { shadow: shadow.policy }),
    dataClasses,
    endpoints: live,
    teamWeights,
    ...(sampling === undefined ? {} : { gain: sampling }),
  };
  const configuredPolicySha256 = policySha256(configured.text);
  const policies = { policy, configuredPolicySha256, ...shadowing };
  return { ok: true, prepared: { source, hosted, endpoints, watches, ...policies, routing } };
}

/** The endpoint that requests are compared with: the one of this id, or the first that has this model. */
function gainSamplingOf(gain: ApplianceConfig["gain"], facts: readonly EndpointFacts[]): ActiveRouting["gain"] {
  const named =
    facts.find(({ id }) => id === gain?.baseline) ?? facts.find(({ modelId }) => modelId === gain?.baseline);
  return gain === undefined || named === undefined ? undefined : { endpointId: named.id, share: gain.share };
}

/** The problems as lines of text for a terminal: `file:line: message`. */
export function formatProblems(problems: readonly ConfigurationProblem[]): string {
  return problems
    .map(({ file, line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`)
    .join("\n");
}
