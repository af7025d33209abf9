import { isDeepStrictEqual } from "node:util";
import type { ApplianceConfig, ProviderConfig } from "../config/appliance-schema.ts";
import { resolveSecret } from "../config/secret-reference.ts";
import type { Clock, Random } from "../core/clock.ts";
import type { ProviderId } from "../core/ids.ts";
import type { Destination, PermitOffice, WatchPermit } from "../core/permit.ts";
import type { SiteEngine } from "../core/site-engine.ts";
import type { EndpointReadings } from "../dispatch/live-endpoint.ts";
import { egressVerdict } from "../egress/egress-verdict.ts";
import { createRemoteTransport, destinationOf } from "../egress/remote-transport.ts";
import { createEngineWatch, type EngineWatch, type WatchLog } from "../providers/site/watch-engine.ts";

/** One watch asks one question at a time. */
const MAX_CONNECTIONS = 1;

/** What OpenAI's paths are below; the engines' own begin at the server's root. */
const OPENAI_PREFIX = /(\/openai)?\/v1\/*$/;

/** A watch with what it was made from, so that a reload can tell whether it is still the same. */
export interface BuiltWatch {
  readonly watch: EngineWatch;
  readonly destination: Destination;
  readonly settings: unknown;
  /** Begins to ask, with leave that `auditIndex` records. */
  start(auditIndex: number): void;
  /** Withdraws the leave and ends the connections. */
  stop(): Promise<void>;
}

/** The watches of one configuration by provider. */
export type BuiltWatches = ReadonlyMap<ProviderId, BuiltWatch>;

/** What watches are made with. */
export interface WatchPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WatchLog;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly redeemPermit: PermitOffice["redeem"];
  readonly issueWatchPermit: PermitOffice["issueWatch"];
}

/**
 * A watch for every server on the site that may be reached and whose kind can be told. Opens no connection. One of
 * `previous` that would be made from the same things is kept as it is.
 */
export function buildWatches(
  config: Pick<ApplianceConfig, "providers" | "network">,
  ports: WatchPorts,
  previous: BuiltWatches = new Map(),
): BuiltWatches {
  const watched = config.providers.filter(
    (provider) => engineOf(provider) !== "openai" && egressVerdict(provider, config.network.egress).allowed,
  );
  return new Map(
    watched.map((provider) => {
      const { id, baseUrl, apiKey, allowInsecure, location } = provider;
      const settings = { baseUrl, apiKey, allowInsecure, location, engine: engineOf(provider), ...config.network };
      const before = previous.get(id);
      return [id, before !== undefined && isDeepStrictEqual(before.settings, settings) ? before : make(provider)];
      function make(one: ProviderConfig): BuiltWatch {
        return { ...makeWatch(one, config.network.egress, ports), settings };
      }
    }),
  );
}

/** What the server of a provider says of itself, in routing's words; of one that says nothing, that its model is loaded. */
export function watchedReadings(watch: EngineWatch | undefined, upstreamId: string): () => EndpointReadings {
  return () => {
    const state = watch?.stateOf(upstreamId);
    if (state === undefined) return { loaded: true };
    const { engine, ageMs, notReadyBecause, loaded = true, ...said } = state;
    const { prefillTokensPerSecond, decodeTokensPerSecond, ...load } = said;
    return {
      loaded,
      ...(notReadyBecause === undefined ? {} : { unavailableBecause: `its server is not ready: ${notReadyBecause}` }),
      ...(prefillTokensPerSecond === undefined ? {} : { prefillTokensPerSecond }),
      ...(decodeTokensPerSecond === undefined ? {} : { decodeTokensPerSecond }),
      server: { engine, ageMs, ...load },
    };
  };
}

/**
 * What a provider's server is: as configured; on the site to be recognized, elsewhere nothing but its protocol. The engines
 * that say something of their load are asked in OpenAI's protocol.
 */
function engineOf({ engine, location, protocol }: ProviderConfig): SiteEngine | "auto" {
  return engine ?? (location === "site" && protocol === "openai" ? "auto" : "openai");
}

function makeWatch(
  provider: ProviderConfig,
  egressMode: ApplianceConfig["network"]["egress"],
  ports: WatchPorts,
): Omit<BuiltWatch, "settings"> {
  const { clock, random, log, environment, redeemPermit, issueWatchPermit } = ports;
  const { id, apiKey } = provider;
  const baseUrl = provider.baseUrl.replace(OPENAI_PREFIX, "");
  const destination = destinationOf(id, baseUrl);
  const watch = createEngineWatch({
    providerId: id,
    engine: engineOf(provider),
    transport: createRemoteTransport({
      endpointId: id,
      provider: { ...provider, baseUrl },
      egressMode,
      permits: { redeem: redeemPermit },
      clock,
      maxConnections: MAX_CONNECTIONS,
    }),
    headers: () => authorizationOf(apiKey, environment),
    clock,
    random,
    log,
  });
  let leave: WatchPermit | undefined;
  return {
    watch,
    destination,
    start(auditIndex) {
      leave ??= issueWatchPermit({ auditIndex, destination });
      watch.start(leave.permit);
    },
    async stop() {
      leave?.withdraw();
      await watch.stop();
    },
  };
}

/** Read at every question, so that a rotated secret counts at once; a missing one is reported where requests need it. */
function authorizationOf(
  reference: string | undefined,
  environment: WatchPorts["environment"],
): Readonly<Record<string, string>> {
  if (reference === undefined) return {};
  const resolved = resolveSecret(reference, environment);
  return resolved.ok ? { authorization: `Bearer ${resolved.secret}` } : {};
}
