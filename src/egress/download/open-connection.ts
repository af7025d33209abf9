import { Client, ProxyAgent, type Dispatcher } from "undici";
import { SignalboxError } from "../../core/errors.ts";
import { createCheckedLookup, type ResolveName } from "../checked-lookup.ts";
import { connectionDefaults } from "../connection-defaults.ts";
import { egressVerdict, type EgressMode, type ProviderAddress } from "../egress-verdict.ts";

/** A proxy that the operator named; no environment variable is ever read for one. */
export interface DownloadProxy {
  /** `http://host:port`, without a credential in it. */
  readonly url: string;
  /** Value of `Proxy-Authorization`. */
  readonly authorization?: string;
}

/** How connections of a download are made. */
export interface ConnectionOptions {
  readonly egressMode: EgressMode;
  readonly proxy?: DownloadProxy;
  /** Certificates in PEM of the authorities to trust instead of the platform's. */
  readonly caCertificates?: string;
  readonly resolveName: ResolveName;
}

/** One connection to one origin. */
export interface DownloadConnection {
  readonly dispatcher: Pick<Dispatcher, "dispatch">;
  close(): Promise<void>;
}

/**
 * A connection to `address`, which goes only to addresses that were judged. Through a proxy it is the proxy that looks
 * names up: then the proxy's own address is judged, and the host name of the destination.
 * @throws SignalboxError `egress_denied` before any look-up.
 */
export function openConnection(address: ProviderAddress, options: ConnectionOptions): DownloadConnection {
  refuseForbidden(address, options.egressMode);
  const { maxHeaderSize, connect, pipelining, allowH2 } = connectionDefaults;
  const tls = options.caCertificates === undefined ? {} : { ca: options.caCertificates };
  const lookupFor = (target: ProviderAddress) => createCheckedLookup(target, options.resolveName);
  if (options.proxy === undefined) {
    const client = new Client(address.baseUrl, {
      maxHeaderSize,
      pipelining,
      allowH2,
      connect: { ...connect, ...tls, lookup: lookupFor(address), autoSelectFamily: true },
    });
    return { dispatcher: client, close: () => client.destroy() };
  }
  // What a proxy reads of an https download is the destination's name alone, so plain http to it gives nothing away.
  const proxy: ProviderAddress = { baseUrl: options.proxy.url, location: "site", allowInsecure: true };
  refuseForbidden(proxy, options.egressMode);
  const agent = new ProxyAgent({
    uri: options.proxy.url,
    maxHeaderSize,
    pipelining,
    allowH2,
    proxyTls: { ...connect, ...tls, lookup: lookupFor(proxy), autoSelectFamily: true },
    requestTls: tls,
    ...(options.proxy.authorization === undefined ? {} : { token: options.proxy.authorization }),
  });
  const origin = address.baseUrl;
  return {
    dispatcher: { dispatch: (request, handler) => agent.dispatch({ ...request, origin }, handler) },
    close: () => agent.destroy(),
  };
}

function refuseForbidden(address: ProviderAddress, mode: EgressMode): void {
  const verdict = egressVerdict(address, mode);
  if (!verdict.allowed) throw new SignalboxError("egress_denied", `${address.baseUrl}: ${verdict.reason}.`);
}
