import { isIP } from "node:net";
import { AIR_GAPPED, type Location } from "../core/endpoint.ts";
import { classifyAddress, type AddressScope } from "./ip-address.ts";

/** `network.egress`: nothing beyond this box, or only the configured providers. */
export type EgressMode = "deny" | "allowlisted";

/** What the configuration says about a provider's server. */
export interface ProviderAddress {
  readonly baseUrl: string;
  readonly location: Location;
  /** Plain http beyond loopback and private addresses. */
  readonly allowInsecure: boolean;
}

/** Whether bytes may go to a provider, or why not, for the person who wrote the configuration. */
export type EgressVerdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const ALLOWED: EgressVerdict = { allowed: true };

/**
 * Whether a provider may be used at all, judged from its base URL alone: no name is looked up and nothing is opened.
 * What a host name stands for is judged when a connection is made, by `judgeResolvedAddress`.
 */
export function egressVerdict(provider: ProviderAddress, mode: EgressMode): EgressVerdict {
  const url = URL.parse(provider.baseUrl);
  if (url === null) return refused("the base URL cannot be read");
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused("the base URL is neither http nor https");
  if (url.username !== "" || url.password !== "") {
    return refused("the base URL carries a user name or password: use apiKey instead");
  }
  const host = hostOf(url);
  const scope = literalScope(host);
  if (scope === "forbidden") return refused(`${host} is ${classifyAddress(host).range}, which is never connected to`);
  if (mode === "deny" && scope !== "loopback") {
    return refused(`${AIR_GAPPED}: network.egress is deny, and the provider is beyond this box`);
  }
  if (url.protocol === "http:" && !provider.allowInsecure && mayBePublic(scope, provider.location)) {
    return refused("plain http is only for loopback and private addresses: use https, or set allowInsecure");
  }
  return ALLOWED;
}

/**
 * Whether the configured `host` may stand for `address`. An address that the configuration itself names was judged
 * with it; a name may not lead to this box, and only a site's name may lead into the private network, so that whoever
 * answers the name's look-up cannot point the connection at something inside.
 */
export function judgeResolvedAddress(provider: ProviderAddress, host: string, address: string): EgressVerdict {
  const { scope, range } = classifyAddress(address);
  if (scope === "forbidden") return refused(`${host} leads to ${address} (${range}), which is never connected to`);
  if (scope === "loopback" && literalScope(host) !== "loopback") {
    return refused(`${host} leads to this box (${address}): configure 127.0.0.1 or localhost if that is meant`);
  }
  if (scope === "private" && literalScope(host) === undefined && provider.location === "cloud") {
    return refused(`${host} is configured as location: cloud but leads to the private address ${address}`);
  }
  const isPlain = URL.parse(provider.baseUrl)?.protocol !== "https:";
  if (scope === "public" && isPlain && !provider.allowInsecure) {
    return refused(`${host} leads to the public address ${address}: use https, or set allowInsecure`);
  }
  return ALLOWED;
}

/** The host of a URL, without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return withoutFinalDot(url.hostname.replace(/^\[|\]$/g, ""));
}

/** A name without the dot that marks it as complete: `localhost.` is `localhost`. */
export function withoutFinalDot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

/** Whether the name is this box by definition, without any look-up. @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
export function isLocalhostName(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost");
}

/** The scope of a host that names an address itself; nothing for a name that has to be looked up. */
function literalScope(host: string): AddressScope | undefined {
  if (isLocalhostName(host)) return "loopback";
  return isIP(host) === 0 ? undefined : classifyAddress(host).scope;
}

/** A cloud's name can only lead to public addresses; a site's name is judged when it has been looked up. */
function mayBePublic(scope: AddressScope | undefined, location: Location): boolean {
  return scope === "public" || (scope === undefined && location === "cloud");
}

function refused(reason: string): EgressVerdict {
  return { allowed: false, reason };
}
