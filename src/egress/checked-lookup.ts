import { lookup, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { SignalboxError } from "../core/errors.ts";
import { isLocalhostName, judgeResolvedAddress, withoutFinalDot, type ProviderAddress } from "./egress-verdict.ts";

/** Addresses of one name that are considered; a longer answer is cut. */
const MAX_ADDRESSES = 16;

const LOCALHOST: readonly LookupAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

/** Looks a name up. Called once per connection. */
export type ResolveName = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The operating system's own look-up: hosts file, then name servers. @see https://nodejs.org/api/dns.html#dnslookuphostname-options-callback */
export function resolveWithSystem(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}

/**
 * A look-up for `net.connect` that resolves once and hands on only addresses that were judged, so that the connection
 * goes to what was checked and not to a second answer. One forbidden address refuses the whole name: which of several
 * the system would try is not ours to choose.
 */
export function createCheckedLookup(provider: ProviderAddress, resolveName: ResolveName): LookupFunction {
  const judge = async (name: string): Promise<LookupAddress[]> => {
    const hostname = withoutFinalDot(name);
    const found = isLocalhostName(hostname) ? LOCALHOST : await resolveName(hostname);
    for (const { address } of found) {
      const verdict = judgeResolvedAddress(provider, hostname, address);
      if (!verdict.allowed) throw new SignalboxError("egress_denied", `Connection refused: ${verdict.reason}.`);
    }
    if (found.length === 0) throw new Error(`${hostname} has no address`);
    return found.slice(0, MAX_ADDRESSES);
  };
  return (hostname, options, callback) => {
    judge(hostname).then(
      (addresses) => {
        if (options.all === true) return callback(null, addresses);
        return callback(null, addresses[0]?.address ?? "", addresses[0]?.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ""),
    );
  };
}
