import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Why the system calls of a process cannot be watched on this machine; nothing when they can. */
const cannotWatch = ((): string | undefined => {
  if (process.platform !== "linux") return "needs Linux";
  const probe = spawnSync("unshare", ["-n", "strace", "-f", "-o", "/dev/null", "ip", "link", "set", "lo", "up"]);
  return probe.status === 0 ? undefined : "needs root, unshare, strace and ip";
})();

/** Runs `guard-child.ts` in a network of its own, and returns what it printed and every address it tried to reach. */
function watch(mode: string, baseUrls: readonly string[]): { codes: unknown; reached: readonly string[] } {
  const log = join(temporaryFolder(), "strace.log");
  const child = [process.execPath, join(import.meta.dirname, "guard-child.ts"), mode, ...baseUrls];
  const traced = ["strace", "-f", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", log, ...child];
  const script = 'ip link set lo up && ip addr add 10.9.9.9/32 dev lo && exec "$@"';
  const output = execFileSync("unshare", ["-n", "bash", "-c", script, "bash", ...traced], { encoding: "utf8" });
  const reached = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /AF_INET6?\b/.test(line))
    .map((line) => /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line)?.slice(1).find(Boolean) ?? line);
  return { codes: JSON.parse(output), reached };
}

describe.skipIf(cannotWatch !== undefined)(`egress, as the kernel sees it (${cannotWatch ?? "watched"})`, () => {
  it("makes no connection and no look-up when egress is denied", () => {
    const beyond = ["https://api.example.com/v1", "https://10.9.9.9:8899", "http://vllm.lan:8000", "https://1.1.1.1"];
    const { codes, reached } = watch("deny", [...beyond, "http://localhost:8899"]);
    expect(codes).toEqual([...beyond.map(() => "egress_denied"), "200"]);
    expect(reached.filter((address) => address !== "127.0.0.1" && address !== "::1")).toEqual([]);
  });

  it("connects to the judged address alone where egress is allowed", () => {
    const { codes, reached } = watch("allowlisted", ["http://resolved.lan:8899", "http://169.254.169.254"]);
    expect(codes).toEqual(["200", "egress_denied"]);
    expect(new Set(reached)).toEqual(new Set(["10.9.9.9"]));
  });

  it("would notice a look-up", () => {
    const { codes, reached } = watch("allowlisted", ["https://api.example.com/v1"]);
    expect(codes).not.toEqual(["egress_denied"]);
    expect(reached.length).toBeGreaterThan(0);
  });
});
