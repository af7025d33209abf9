import type { ProviderAddress } from "../egress-verdict.ts";
import { hostOf } from "../egress-verdict.ts";

/** The hosts that a download may touch, and how far each is trusted. */
export interface DownloadHosts {
  /** Named by the operator: may be in the private network. */
  readonly named: readonly string[];
  /** Where a redirect may lead besides, on the public network alone; `*.name` is everything below a name. */
  readonly redirect: readonly string[];
}

/** A host that a download may touch, as an address to be judged; nothing for one that is not in the list. */
export function addressOf(url: URL, hosts: DownloadHosts): ProviderAddress | undefined {
  const host = hostOf(url);
  const isNamed = hosts.named.some((name) => hostOf(new URL(`http://${name}`)) === host);
  const isListed = isNamed || hosts.redirect.some((pattern) => matches(pattern, host));
  if (!isListed) return undefined;
  return { baseUrl: url.origin, location: isNamed ? "site" : "cloud", allowInsecure: false };
}

function matches(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}
