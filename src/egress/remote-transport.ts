import { Pool } from "undici";
import type { Clock } from "../core/clock.ts";
import { SignalboxError, toAbortError } from "../core/errors.ts";
import type { EndpointId } from "../core/ids.ts";
import type { Destination, PermitOffice } from "../core/permit.ts";
import type { HttpTransport, TransportRequest } from "../core/transport.ts";
import { createCheckedLookup, resolveWithSystem, type ResolveName } from "./checked-lookup.ts";
import { connectionDefaults } from "./connection-defaults.ts";
import { egressVerdict, type EgressMode, type ProviderAddress } from "./egress-verdict.ts";
import { exchange } from "./http-exchange.ts";

/** What a transport to a configured server is made with. */
export interface RemoteTransportOptions {
  /** The endpoint that the permits of this transport name. */
  readonly endpointId: EndpointId;
  readonly provider: ProviderAddress;
  readonly egressMode: EgressMode;
  readonly permits: Pick<PermitOffice, "redeem">;
  readonly clock: Clock;
  /** Connections that may be open at the same time; a request beyond them waits within its connect timeout. */
  readonly maxConnections: number;
  /** Certificates in PEM of the authorities to trust instead of the platform's. */
  readonly caCertificates?: string;
  /** How names are looked up; the operating system's way when left out. */
  readonly resolveName?: ResolveName;
}

/** The destination that an endpoint's decisions and permits name. @throws TypeError when `baseUrl` is not a URL. */
export function destinationOf(endpointId: EndpointId, baseUrl: string): Destination {
  return { endpointId, origin: new URL(baseUrl).origin };
}

/**
 * The way to one endpoint of a configured server, and the only one off this box. Every request uses up a permit for
 * exactly this destination. What `egressVerdict` refuses is refused here again, before any look-up or connection.
 * Connects only to addresses that were judged, follows no redirect, and knows no proxy.
 */
export function createRemoteTransport(options: RemoteTransportOptions): HttpTransport {
  const verdict = egressVerdict(options.provider, options.egressMode);
  if (!verdict.allowed) return refuseAll(verdict.reason);
  const { clock, permits, provider } = options;
  const destination = destinationOf(options.endpointId, provider.baseUrl);
  const base = new URL(provider.baseUrl);
  const basePath = base.pathname.replace(/\/+$/, "");
  const pool = new Pool(base.origin, {
    ...connectionDefaults,
    connections: options.maxConnections,
    connect: {
      ...connectionDefaults.connect,
      lookup: createCheckedLookup(provider, options.resolveName ?? resolveWithSystem),
      autoSelectFamily: true,
      ...(options.caCertificates === undefined ? {} : { ca: options.caCertificates }),
    },
  });
  return {
    async send(request) {
      if (request.signal.aborted) throw toAbortError(request.signal);
      redeemPermit(request, destination, permits, clock);
      const path = `${basePath}${request.path}${base.search}`;
      return exchange({ dispatcher: pool, path, request, peer: destination.origin, clock });
    },
    close: () => pool.destroy(),
  };
}

function redeemPermit(
  request: TransportRequest,
  destination: Destination,
  permits: Pick<PermitOffice, "redeem">,
  clock: Clock,
): void {
  if (request.permit === undefined) {
    throw new SignalboxError("egress_denied", `Nothing was sent to ${destination.origin}: the call has no permit.`);
  }
  const redemption = permits.redeem(request.permit, destination, clock.monotonicMs());
  const isQuestion = request.method === "GET" && request.body === undefined;
  if (redemption.ok && redemption.use === "watch" && !isQuestion) {
    const message = `Nothing was sent to ${destination.origin}: leave to watch it is no leave to send it requests.`;
    throw new SignalboxError("egress_denied", message);
  }
  if (redemption.ok) return;
  throw new SignalboxError("egress_denied", `Nothing was sent to ${destination.origin}: ${redemption.reason}.`);
}

function refuseAll(reason: string): HttpTransport {
  return {
    send: () => Promise.reject(new SignalboxError("egress_denied", `Nothing was sent: ${reason}.`)),
    close: () => Promise.resolve(),
  };
}
