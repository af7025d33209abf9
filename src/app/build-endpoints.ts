import { isDeepStrictEqual } from "node:util";
import type { ApplianceConfig, ProviderConfig } from "../config/appliance-schema.ts";
import { resolveSecret } from "../config/secret-reference.ts";
import type { InferenceEndpoint } from "../core/inference-endpoint.ts";
import type { Clock } from "../core/clock.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { SignalboxError } from "../core/errors.ts";
import type { EndpointId } from "../core/ids.ts";
import type { Calibration } from "../core/model-speed.ts";
import type { PermitOffice } from "../core/permit.ts";
import type { Protocol } from "../core/protocol.ts";
import type { QueueClasses, QueueMetrics } from "../core/queue-policy.ts";
import { ProviderBreaker } from "../routing/provider-breaker.ts";
import type { QueueLimits } from "../dispatch/admission/admit.ts";
import { LiveEndpoint, type EndpointReadings } from "../dispatch/live-endpoint.ts";
import { createRemoteTransport, destinationOf } from "../egress/remote-transport.ts";
import { createUnixTransport } from "../egress/unix-transport.ts";
import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import { createLocalEndpoint } from "../providers/local/local-endpoint.ts";
import { createAnthropicEndpoint } from "../providers/anthropic/anthropic-endpoint.ts";
import { createOpenAiCompatibleEndpoint } from "../providers/openai-compatible/openai-compatible-endpoint.ts";
import type { RemoteEndpointOptions } from "../providers/wire/remote-endpoint.ts";
import { type ModelCalibration, speedPrior } from "./calibrate-models.ts";
import { describeProvider } from "./describe-endpoints.ts";
import type { Hosted, HostedOrExcluded } from "./host-models.ts";
import type { EngineWatch } from "../providers/site/watch-engine.ts";
import { watchedReadings, type BuiltWatches } from "./watch-engines.ts";
import { startsWhenThereIsRoom } from "./starts-when-there-is-room.ts";

/** One endpoint with what it was made from, so that a reload can tell whether it is still the same. */
export interface BuiltEndpoint {
  readonly live: LiveEndpoint;
  readonly plan: EndpointPlan;
  /** Ends its connections. */
  close(): Promise<void>;
}

/** The endpoints of one configuration by their ids, the hosted models first. */
export type BuiltEndpoints = ReadonlyMap<EndpointId, BuiltEndpoint>;

/** What endpoints are made with. */
export interface EndpointPorts {
  readonly clock: Clock;
  readonly redeemPermit: PermitOffice["redeem"];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Resolves when no model that was taken out of use still holds memory. */
  readonly roomForModels: () => Promise<void>;
  readonly watches?: BuiltWatches;
  /** How fast models were when they were measured. Absent: unknown. */
  readonly calibration?: Pick<ModelCalibration, "find">;
  /** Absent: nobody counts what waits. */
  readonly queueMetrics?: QueueMetrics;
}

/** How one endpoint is made. */
interface EndpointPlan {
  readonly facts: EndpointFacts;
  /** The worker that answers; absent for an endpoint elsewhere. */
  readonly model?: PlacedModel;
  /** What is known of its server; absent for one that says nothing. */
  readonly watch?: EngineWatch | undefined;
  /** Everything else that it is made from. */
  readonly settings: unknown;
  /** Who is behind it and how much that server takes: where both stay, the queue and what was learned stay. */
  readonly door: unknown;
  readonly queue: QueueLimits;
  readonly readings: () => EndpointReadings;
  make(): InferenceEndpoint & { close?(): Promise<void> };
}

/**
 * Makes every endpoint of the configuration: the hosted models, then the providers'. Opens no connection. An endpoint of
 * `previous` that would be made from the same things is kept as it is.
 */
export function buildEndpoints(
  config: Pick<ApplianceConfig, "providers" | "network" | "queues">,
  hosted: readonly HostedOrExcluded[],
  ports: EndpointPorts,
  previous: BuiltEndpoints = new Map(),
): BuiltEndpoints {
  const classes = queueClassesOf(config.queues);
  const plans = [
    ...hosted.map((one) => (one.kind === "hosted" ? planLocal(one, classes, ports) : planUnusable(one.facts, classes))),
    ...config.providers.flatMap((provider) => planRemote(provider, config.network.egress, classes, ports)),
  ];
  const breakers = providerBreakers(config.providers, previous);
  return new Map(plans.map((plan) => [plan.facts.id, keepOrMake(plan, previous.get(plan.facts.id), ports, breakers)]));
}

/** One breaker for each provider; that of a provider whose settings are the same goes on, and its endpoints have it. */
function providerBreakers(
  providers: readonly ProviderConfig[],
  previous: BuiltEndpoints,
): ReadonlyMap<string, ProviderBreaker> {
  const before = new Map([...previous.values()].map((built) => [built.live.facts.providerId, built]));
  return new Map(
    providers.map(({ models: _, ...server }) => {
      const built = before.get(server.id);
      const isSame = isDeepStrictEqual(
        (built?.plan.settings as { readonly server?: unknown } | undefined)?.server,
        server,
      );
      return [server.id, (isSame ? built?.live.provider : undefined) ?? new ProviderBreaker()];
    }),
  );
}

function keepOrMake(
  plan: EndpointPlan,
  before: BuiltEndpoint | undefined,
  { clock, queueMetrics }: EndpointPorts,
  breakers: ReadonlyMap<string, ProviderBreaker>,
): BuiltEndpoint {
  const isSame = (part: "settings" | "door" | "queue"): boolean =>
    before?.plan.model === plan.model &&
    before?.plan.watch === plan.watch &&
    isDeepStrictEqual(before?.plan[part], plan[part]);
  if (before !== undefined && isSame("settings") && isSame("queue")) return before;
  const { queue, readings } = plan;
  const endpoint = plan.make();
  const replaces = before !== undefined && isSame("door") ? { replaces: before.live } : {};
  return {
    live: new LiveEndpoint({
      endpoint,
      queue,
      readings,
      clock,
      queueMetrics,
      provider: breakers.get(plan.facts.providerId),
      ...replaces,
    }),
    plan,
    close: async () => endpoint.close?.(),
  };
}

/** How each workload class waits, as the configuration says. */
export function queueClassesOf({ classes }: ApplianceConfig["queues"]): QueueClasses {
  const policyOf = (name: keyof QueueClasses): QueueClasses[typeof name] => {
    const { weight, maxWait, maxTokens } = classes[name];
    return { weight, maxWaitMs: maxWait, maxQueuedTokens: maxTokens };
  };
  return {
    interactive: policyOf("interactive"),
    agentic: policyOf("agentic"),
    embedding: policyOf("embedding"),
    rerank: policyOf("rerank"),
    generative: policyOf("generative"),
    batch: policyOf("batch"),
  };
}

function planLocal(
  { config, facts, model, speedKey }: Hosted,
  classes: QueueClasses,
  { clock, roomForModels, calibration }: EndpointPorts,
): EndpointPlan {
  const measured = (threads?: number): Calibration | undefined =>
    speedKey === undefined ? undefined : calibration?.find(speedKey, threads);
  const maxConnections = facts.slots + 1;
  return {
    facts,
    model,
    settings: { facts },
    door: { slots: facts.slots },
    queue: { requests: config.queueLimit, classes },
    readings: localReadings(model, clock, measured),
    make: () =>
      createLocalEndpoint({
        model: { ...startsWhenThereIsRoom(model, roomForModels), facts },
        transportFor: (socketPath) => createUnixTransport({ socketPath, clock, maxConnections }),
        clock,
      }),
  };
}

/** What the supervisor knows about a model at this instant, in routing's words. */
function localReadings(
  model: PlacedModel,
  clock: Clock,
  measured: (threads?: number) => Calibration | undefined,
): () => EndpointReadings {
  let lastLoadMs: number | undefined;
  return () => {
    const { phase, loaded, problem, retryAtMs, startsSoon: restarting = false, placement } = model.state();
    const live = model.live();
    lastLoadMs = loaded?.loadMs ?? lastLoadMs;
    const prior = speedPrior(measured(loaded?.threads));
    const prefillTokensPerSecond = live.prefillTokensPerSecond ?? loaded?.prefillTokensPerSecond;
    const decodeTokensPerSecond = live.decodeTokensPerSecond ?? loaded?.decodeTokensPerSecond;
    const retryInMs = retryAtMs === undefined ? undefined : Math.max(0, retryAtMs - clock.monotonicMs());
    const isDown = phase === "failed" || (phase === "backing-off" && !restarting);
    const noRoom = placement?.noRoomBecause;
    const loadMs = placement?.expectedLoadMs ?? lastLoadMs;
    return {
      loaded: phase === "ready",
      ...(restarting ? { restarting } : {}),
      ...(noRoom === undefined ? {} : { unavailableBecause: noRoom }),
      ...(isDown ? { unavailableBecause: problem ?? "its process ended and is being restarted" } : {}),
      ...(placement?.heldUpBecause === undefined ? {} : { heldUpBecause: placement.heldUpBecause }),
      ...(isDown && retryInMs !== undefined ? { unavailableForMs: retryInMs } : {}),
      ...(loadMs === undefined ? {} : { loadMs: loadMs + (restarting ? (retryInMs ?? 0) : 0) }),
      ...prior,
      ...(prefillTokensPerSecond === undefined ? {} : { prefillTokensPerSecond }),
      ...(decodeTokensPerSecond === undefined ? {} : { decodeTokensPerSecond }),
    };
  };
}

function planRemote(
  provider: ProviderConfig,
  egressMode: ApplianceConfig["network"]["egress"],
  classes: QueueClasses,
  ports: EndpointPorts,
): readonly EndpointPlan[] {
  const { models: _, ...server } = provider;
  const { baseUrl, maxConcurrency, queueLimit } = provider;
  const watch = ports.watches?.get(provider.id)?.watch;
  return describeProvider(provider, egressMode).map((facts) =>
    facts.excludedBecause === undefined
      ? {
          facts,
          watch,
          settings: { facts, server, egressMode },
          door: { baseUrl, upstreamId: facts.upstreamId, maxConcurrency },
          queue: { requests: queueLimit, classes },
          readings: watchedReadings(watch, facts.upstreamId),
          make: () => makeRemote(facts, provider, egressMode, ports),
        }
      : planUnusable(facts, classes),
  );
}

/** How an endpoint of each protocol is made. */
const MAKE_FOR: Readonly<Record<Protocol, (options: RemoteEndpointOptions) => InferenceEndpoint>> = {
  openai: createOpenAiCompatibleEndpoint,
  anthropic: createAnthropicEndpoint,
};

function makeRemote(
  facts: EndpointFacts,
  provider: ProviderConfig,
  egressMode: ApplianceConfig["network"]["egress"],
  { clock, redeemPermit, environment }: EndpointPorts,
): ReturnType<EndpointPlan["make"]> {
  const transport = createRemoteTransport({
    endpointId: facts.id,
    provider,
    egressMode,
    permits: { redeem: redeemPermit },
    clock,
    maxConnections: provider.maxConcurrency,
  });
  const endpoint = MAKE_FOR[provider.protocol]({
    facts,
    destination: destinationOf(facts.id, provider.baseUrl),
    transport,
    clock,
    limits: {
      connectTimeoutMs: provider.timeouts.connect,
      headersTimeoutMs: provider.timeouts.firstContent,
      idleTimeoutMs: provider.timeouts.idle,
    },
    timeouts: { firstContentMs: provider.timeouts.firstContent, totalMs: provider.timeouts.total },
    ...(provider.apiKey === undefined ? {} : { apiKey: credentialOf(provider.id, provider.apiKey, environment) }),
  });
  return { ...endpoint, close: () => transport.close() };
}

/** Reads the secret at every call, so that a rotated one counts at once. Throws `upstream_unauthorized` naming the reference's place, never a secret. */
function credentialOf(providerId: string, reference: string, environment: EndpointPorts["environment"]): () => string {
  return () => {
    const resolved = resolveSecret(reference, environment);
    if (resolved.ok) return resolved.secret;
    throw new SignalboxError(
      "upstream_unauthorized",
      `The credential of ${providerId} is missing: ${resolved.problem}.`,
    );
  };
}

/** An endpoint that routing knows, so that it can say why it is not used. */
function planUnusable(facts: EndpointFacts, classes: QueueClasses): EndpointPlan {
  const refuse = (): never => {
    throw new SignalboxError("egress_denied", `${facts.id} is excluded: ${facts.excludedBecause ?? "unknown reason"}.`);
  };
  return {
    facts,
    settings: { facts },
    door: undefined,
    queue: { requests: 0, classes },
    readings: () => ({ loaded: false }),
    make: () => ({ facts, infer: refuse }),
  };
}
