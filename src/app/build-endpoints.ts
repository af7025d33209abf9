import type { ApplianceConfig, ProviderConfig } from "../config/appliance-schema.ts";
import { resolveSecret } from "../config/secret-reference.ts";
import type { ChatEndpoint } from "../core/chat-endpoint.ts";
import type { Clock } from "../core/clock.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { SignalboxError } from "../core/errors.ts";
import type { PermitOffice } from "../core/permit.ts";
import { LiveEndpoint, type EndpointReadings } from "../dispatch/live-endpoint.ts";
import { createRemoteTransport, destinationOf } from "../egress/remote-transport.ts";
import { createUnixTransport } from "../egress/unix-transport.ts";
import type { HostedModel } from "../hosting/supervisor/hosted-model.ts";
import { createLocalEndpoint } from "../providers/local/local-endpoint.ts";
import { createOpenAiCompatibleEndpoint } from "../providers/openai-compatible/openai-compatible-endpoint.ts";
import { describeProvider } from "./describe-endpoints.ts";
import type { HostedOrExcluded } from "./host-models.ts";

/** The endpoints of one configuration, and what ends their connections. */
export interface BuiltEndpoints {
  readonly endpoints: ReadonlyMap<string, LiveEndpoint>;
  close(): Promise<void>;
}

/** What endpoints are made with. */
export interface EndpointPorts {
  readonly clock: Clock;
  readonly redeemPermit: PermitOffice["redeem"];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Makes every endpoint of the configuration: the hosted models, then the providers'. Opens no connection. */
export function buildEndpoints(
  config: ApplianceConfig,
  hosted: readonly HostedOrExcluded[],
  ports: EndpointPorts,
): BuiltEndpoints {
  const closers: (() => Promise<void>)[] = [];
  const built = [
    ...hosted.map((one) =>
      one.kind === "hosted" ? localEndpoint(one, ports, closers) : unusable(one.facts, ports.clock),
    ),
    ...config.providers.flatMap((provider) => remoteEndpoints(provider, config, ports, closers)),
  ];
  return {
    endpoints: new Map(built.map((live) => [live.facts.id, live])),
    close: async () => {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

function localEndpoint(
  { config, model }: Extract<HostedOrExcluded, { kind: "hosted" }>,
  { clock }: EndpointPorts,
  closers: (() => Promise<void>)[],
): LiveEndpoint {
  const maxConnections = model.facts.slots + 1;
  const transportFor = (socketPath: string) => createUnixTransport({ socketPath, clock, maxConnections });
  const endpoint = createLocalEndpoint({ model, transportFor, clock });
  closers.push(() => endpoint.close());
  return new LiveEndpoint({ endpoint, queueLimit: config.queueLimit, readings: localReadings(model, clock), clock });
}

/** What the supervisor knows about a model at this instant, in routing's words. */
function localReadings(model: HostedModel, clock: Clock): () => EndpointReadings {
  let lastLoadMs: number | undefined;
  return () => {
    const { phase, loaded, problem, retryAtMs, startsSoon: restarting = false } = model.state();
    const live = model.live();
    lastLoadMs = loaded?.loadMs ?? lastLoadMs;
    const prefillTokensPerSecond = live.prefillTokensPerSecond ?? loaded?.prefillTokensPerSecond;
    const decodeTokensPerSecond = live.decodeTokensPerSecond ?? loaded?.decodeTokensPerSecond;
    const retryInMs = retryAtMs === undefined ? undefined : Math.max(0, retryAtMs - clock.monotonicMs());
    const isDown = phase === "failed" || (phase === "backing-off" && !restarting);
    return {
      loaded: phase === "ready",
      ...(restarting ? { restarting } : {}),
      ...(isDown ? { unavailableBecause: problem ?? "its process ended and is being restarted" } : {}),
      ...(isDown && retryInMs !== undefined ? { unavailableForMs: retryInMs } : {}),
      ...(lastLoadMs === undefined ? {} : { loadMs: lastLoadMs + (restarting ? (retryInMs ?? 0) : 0) }),
      ...(prefillTokensPerSecond === undefined ? {} : { prefillTokensPerSecond }),
      ...(decodeTokensPerSecond === undefined ? {} : { decodeTokensPerSecond }),
    };
  };
}

function remoteEndpoints(
  provider: ProviderConfig,
  config: ApplianceConfig,
  { clock, redeemPermit, environment }: EndpointPorts,
  closers: (() => Promise<void>)[],
): readonly LiveEndpoint[] {
  const egressMode = config.network.egress;
  return describeProvider(provider, egressMode).map((facts) => {
    if (facts.excludedBecause !== undefined) return unusable(facts, clock);
    const transport = createRemoteTransport({
      endpointId: facts.id,
      provider,
      egressMode,
      permits: { redeem: redeemPermit },
      clock,
      maxConnections: provider.maxConcurrency,
    });
    closers.push(() => transport.close());
    const endpoint = createOpenAiCompatibleEndpoint({
      facts,
      destination: destinationOf(facts.id, provider.baseUrl),
      transport,
      clock,
      limits: {
        connectTimeoutMs: provider.timeouts.connect,
        headersTimeoutMs: provider.timeouts.firstContent,
        idleTimeoutMs: provider.timeouts.idle,
      },
      ...(provider.apiKey === undefined ? {} : { apiKey: credentialOf(provider.id, provider.apiKey, environment) }),
    });
    return new LiveEndpoint({ endpoint, queueLimit: provider.queueLimit, readings: () => ({ loaded: true }), clock });
  });
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
function unusable(facts: EndpointFacts, clock: Clock): LiveEndpoint {
  const endpoint: ChatEndpoint = {
    facts,
    chat: () => {
      throw new SignalboxError(
        "egress_denied",
        `${facts.id} is excluded: ${facts.excludedBecause ?? "unknown reason"}.`,
      );
    },
  };
  return new LiveEndpoint({ endpoint, queueLimit: 0, readings: () => ({ loaded: false }), clock });
}
