import { describe, expect, it } from "vitest";
import { egressVerdict, judgeResolvedAddress, type ProviderAddress } from "../../src/egress/egress-verdict.ts";

const provider = (baseUrl: string, facts: Partial<ProviderAddress> = {}): ProviderAddress => ({
  baseUrl,
  location: "cloud",
  allowInsecure: false,
  ...facts,
});

describe("whether a provider may be used", () => {
  it.each([
    "http://127.0.0.1:8000/v1",
    "http://localhost:8000",
    "http://sub.localhost.:8000",
    "https://[::1]/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://[::ffff:127.0.0.1]/",
  ])("%s is on this box, and stays usable when egress is denied", (baseUrl) => {
    expect(egressVerdict(provider(baseUrl), "deny")).toEqual({ allowed: true });
    expect(egressVerdict(provider(baseUrl), "allowlisted")).toEqual({ allowed: true });
  });

  it.each([
    "https://api.example.com/v1",
    "https://10.1.2.3/",
    "http://127.0.0.1.example.com/",
    "https://localhost.example.com",
  ])("%s is air-gapped when egress is denied", (baseUrl) => {
    expect(egressVerdict(provider(baseUrl, { location: "site" }), "deny")).toMatchObject({
      allowed: false,
      reason: expect.stringContaining("air-gapped") as string,
    });
  });

  it.each([
    ["not a url", "cannot be read"],
    ["ftp://example.com", "neither http nor https"],
    ["https://user:secret@example.com", "use apiKey"],
    ["http://169.254.169.254/latest", "never connected to"],
    ["https://[::ffff:169.254.169.254]/", "never connected to"],
    ["http://0.0.0.0:80", "never connected to"],
    ["http://0/", "never connected to"],
    ["http://api.example.com/v1", "plain http"],
    ["http://8.8.8.8/v1", "plain http"],
  ])("refuses %s because: %s", (baseUrl, reason) => {
    const verdict = egressVerdict(provider(baseUrl), "allowlisted");
    expect(verdict).toMatchObject({ allowed: false, reason: expect.stringContaining(reason) as string });
    expect(JSON.stringify(verdict)).not.toContain("secret");
  });

  it.each([
    provider("https://api.example.com/v1"),
    provider("http://10.1.2.3:8000/v1"),
    provider("http://vllm.lan:8000/v1", { location: "site" }),
    provider("http://api.example.com/v1", { allowInsecure: true }),
  ])("allows %j", (one) => {
    expect(egressVerdict(one, "allowlisted")).toEqual({ allowed: true });
  });
});

describe("whether a name may lead to an address", () => {
  const https = provider("https://host.example/v1");
  const site = provider("http://vllm.lan/v1", { location: "site" });
  it.each<[string, ProviderAddress, string, string, boolean]>([
    ["a cloud's name to a public address", https, "host.example", "1.1.1.1", true],
    ["a cloud's name to a private address", https, "host.example", "10.0.0.1", false],
    ["a cloud's name to this box", https, "host.example", "127.0.0.1", false],
    ["a cloud's name to this box, mapped", https, "host.example", "::ffff:7f00:1", false],
    ["a cloud's name to metadata", https, "host.example", "169.254.169.254", false],
    ["a site's name to a private address", site, "vllm.lan", "192.168.7.7", true],
    ["a site's name to this box", site, "vllm.lan", "127.0.1.1", false],
    ["a site's name to metadata", site, "vllm.lan", "fd00:ec2::254", false],
    ["a site's name over plain http to a public address", site, "vllm.lan", "1.1.1.1", false],
    ["the same with allowInsecure", { ...site, allowInsecure: true }, "vllm.lan", "1.1.1.1", true],
    ["localhost to this box", provider("http://localhost/"), "localhost", "::1", true],
  ])("%s", (_what, one, host, address, allowed) => {
    expect(judgeResolvedAddress(one, host, address).allowed).toBe(allowed);
  });
});
