import { createHmac } from "node:crypto";
import { isIPv4, isIPv6, SocketAddress } from "node:net";

const PSEUDONYM_BYTES = 16;

/**
 * The pseudonym of an application's user: the same user of one box always has the same one, and without the box's key
 * nobody can tell whose it is.
 */
export function pseudonymOf(user: string, key: Buffer): string {
  return `pid_${createHmac("sha256", key).update(user).digest().subarray(0, PSEUDONYM_BYTES).toString("hex")}`;
}

/**
 * The network of a client's address, too coarse to name a person: /24 for IPv4, /48 for IPv6. Undefined for anything
 * that is not an address.
 */
export function networkOf(address: string): string | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return `${mapped.split(".").slice(0, 3).join(".")}.0/24`;
  if (!isIPv6(address)) return undefined;
  return `${expandIPv6(address).slice(0, 3).join(":")}::/48`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expandIPv6(address: string): readonly string[] {
  const normal = new SocketAddress({ address: address.split("%")[0] ?? address, family: "ipv6" }).address;
  const [head = "", tail] = normal.split("::");
  const first = groupsOf(head);
  const last = tail === undefined ? [] : groupsOf(tail);
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => "0"), ...last];
}

function groupsOf(part: string): readonly string[] {
  return part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16).toString(16));
}
