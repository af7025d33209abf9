import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const REQUESTS = resolve(import.meta.dirname, "air-gapped-requests.ts");

const ALL_GOOD = {
  statuses: { local: 200, auto: 200, cloud: 403, site: 403, models: 200, metrics: 200, ready: 200 },
  streamed: true,
  doctor: 0,
  hardware: 0,
  verified: 0,
  stopped: 0,
};

/** A network namespace with loopback and nothing else. Needs the right to make one. */
const IN_NAMESPACE = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"] as const;

const canUnshare = works(...IN_NAMESPACE, "true");
const canTrace = works("strace", "-f", "-e", "trace=network", "-o", "/dev/null", "true");

describe("an air-gapped box", () => {
  it.skipIf(!canUnshare)("serves all that it can in a machine without a network (needs unshare)", () => {
    expect(run(...IN_NAMESPACE, process.execPath, REQUESTS)).toEqual(ALL_GOOD);
  });

  it.skipIf(!canTrace)("addresses nothing beyond this machine, names included (needs strace)", () => {
    const trace = join(temporaryFolder(), "trace");
    const strace = ["strace", "-f", "-qq", "-e", "trace=network", "-o", trace] as const;
    expect(run(...strace, process.execPath, REQUESTS)).toEqual(ALL_GOOD);
    const addressed = readFileSync(trace, "utf8").split("\n").flatMap(addressOf);
    // The trace has seen the box at work: its worker's socket, and its clients' connections.
    expect(addressed.some((address) => address.startsWith("unix"))).toBe(true);
    expect(addressed).toContain("127.0.0.1");
    expect(addressed.filter((address) => !isThisMachine(address))).toEqual([]);
  });
});

/** Runs a command to its end and reads the JSON that it prints. */
function run(command: string, ...words: readonly string[]): unknown {
  const { stdout, stderr, status } = spawnSync(command, words, { encoding: "utf8", timeout: 60_000 });
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout);
}

function works(command: string, ...words: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: "ignore" }).status === 0;
}

/** The address that one traced call sends to. @see https://man7.org/linux/man-pages/man1/strace.1.html */
function addressOf(line: string): readonly string[] {
  if (!/\b(connect|sendto|sendmsg|sendmmsg)\(/.test(line)) return [];
  const family = /sa_family=AF_(\w+)/.exec(line)?.[1];
  if (family === undefined) return []; // A connected socket: its address was in an earlier call.
  if (family === "UNIX") return ["unix"];
  if (family === "NETLINK") return ["netlink"];
  const address = /inet_addr\("([^"]+)"\)/.exec(line)?.[1] ?? /inet_pton\(AF_INET6, "([^"]+)"/.exec(line)?.[1];
  return [address ?? line];
}

/** Loopback, and the kernel itself, which is asked for the machine's own interfaces. */
function isThisMachine(address: string): boolean {
  return ["unix", "netlink", "::1"].includes(address) || /^(::ffff:)?127\./.test(address);
}
