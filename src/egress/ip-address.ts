import { isIPv4, isIPv6 } from "node:net";

/**
 * What an address may be used for. `forbidden` is never connected to, whatever the configuration says: it is a cloud
 * machine's metadata service, a link-local or multicast address, or one that nobody owns.
 */
export type AddressScope = "loopback" | "private" | "public" | "forbidden";

/** An address's scope and the name of the range that decided it. */
export interface AddressClass {
  readonly scope: AddressScope;
  readonly range: string;
}

type Range = readonly [network: string, prefixBits: number, scope: AddressScope, name: string];

/** First match decides. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const IPV4_RANGES: readonly Range[] = [
  ["100.100.100.200", 32, "forbidden", "cloud metadata"],
  ["168.63.129.16", 32, "forbidden", "cloud metadata"],
  ["192.0.0.0", 24, "forbidden", "protocol assignments"],
  ["169.254.0.0", 16, "forbidden", "link-local and cloud metadata"],
  ["0.0.0.0", 8, "forbidden", "unspecified"],
  ["127.0.0.0", 8, "loopback", "loopback"],
  ["10.0.0.0", 8, "private", "private"],
  ["172.16.0.0", 12, "private", "private"],
  ["192.168.0.0", 16, "private", "private"],
  ["100.64.0.0", 10, "private", "shared address space"],
  ["192.0.2.0", 24, "forbidden", "documentation"],
  ["198.51.100.0", 24, "forbidden", "documentation"],
  ["203.0.113.0", 24, "forbidden", "documentation"],
  ["192.88.99.0", 24, "forbidden", "6to4 relay"],
  ["198.18.0.0", 15, "forbidden", "benchmarking"],
  ["224.0.0.0", 4, "forbidden", "multicast"],
  ["240.0.0.0", 4, "forbidden", "reserved"],
];

/** First match decides. @see https://www.iana.org/assignments/iana-ipv6-special-registry */
const IPV6_RANGES: readonly Range[] = [
  ["fd00:ec2::254", 128, "forbidden", "cloud metadata"],
  ["fd20:ce::254", 128, "forbidden", "cloud metadata"],
  ["::1", 128, "loopback", "loopback"],
  ["fc00::", 7, "private", "unique local"],
  ["2001:db8::", 32, "forbidden", "documentation"],
  ["2001::", 23, "forbidden", "protocol assignments and Teredo"],
  ["2002::", 16, "forbidden", "6to4"],
  ["3fff::", 20, "forbidden", "documentation"],
  ["2000::", 3, "public", "global unicast"],
];

/** Prefixes whose last 32 bits are an IPv4 address that the connection ends at: mapped, and NAT64. */
const IPV4_CARRIERS: readonly (readonly [network: string, prefixBits: number])[] = [
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
];

/** What `address`, an IP address in text, may be used for. Whatever is not a known good range is forbidden. */
export function classifyAddress(address: string): AddressClass {
  const bytes = parseAddress(address);
  if (bytes === undefined) return { scope: "forbidden", range: "not an IP address" };
  if (bytes.length === 4) return firstMatch(IPV4_RANGES, bytes) ?? { scope: "public", range: "public" };
  const carriesIpv4 = IPV4_CARRIERS.some(([network, bits]) => isWithin(bytes, network, bits));
  if (carriesIpv4) return classifyAddress(bytes.slice(12).join("."));
  return (
    firstMatch(IPV6_RANGES, bytes) ?? { scope: "forbidden", range: "unspecified, link-local, multicast or reserved" }
  );
}

function firstMatch(ranges: readonly Range[], bytes: readonly number[]): AddressClass | undefined {
  const match = ranges.find(([network, bits]) => isWithin(bytes, network, bits));
  return match === undefined ? undefined : { scope: match[2], range: match[3] };
}

function isWithin(bytes: readonly number[], network: string, prefixBits: number): boolean {
  const base = parseAddress(network);
  if (base === undefined || base.length !== bytes.length) return false;
  return bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixBits - index * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((base[index] ?? 0) & mask);
  });
}

/** The 4 or 16 bytes of an address; nothing for what is not one, or names an interface (`fe80::1%eth0`). */
function parseAddress(address: string): readonly number[] | undefined {
  if (isIPv4(address)) return address.split(".").map(Number);
  if (!isIPv6(address) || address.includes("%")) return undefined;
  const [head = "", tail] = address.split("::");
  const front = parseGroups(head);
  const back = tail === undefined ? [] : parseGroups(tail);
  return [...front, ...Array.from({ length: 16 - front.length - back.length }, () => 0), ...back];
}

/** Colon-separated groups, of which the last may be an IPv4 address. */
function parseGroups(text: string): readonly number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (group.includes(".")) return group.split(".").map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
