import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPermitOffice, type Permit } from "../../src/core/permit.ts";
import type { HttpTransport, TransportRequest, TransportResponse } from "../../src/core/transport.ts";
import {
  createRemoteTransport,
  destinationOf,
  type RemoteTransportOptions,
} from "../../src/egress/remote-transport.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { chat, status } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

const ENDPOINT = "acme/acme/large";
const LIMITS = {
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  maxHeaderBytes: 16_384,
  maxBodyBytes: 1_000_000,
};
const permits = createPermitOffice();
const clock = new ManualClock();
let server: UpstreamServer;
let transports: HttpTransport[] = [];

beforeEach(async () => {
  server = await startUpstreamServer({ behave: status(200, { ok: true }) });
});

afterEach(async () => {
  for (const transport of transports) await transport.close();
  transports = [];
  await server.close();
});

function transportTo(
  baseUrl: string,
  options: Partial<RemoteTransportOptions> = {},
  location: "site" | "cloud" = "site",
) {
  const transport = createRemoteTransport({
    endpointId: ENDPOINT,
    provider: { baseUrl, location, allowInsecure: false },
    egressMode: "allowlisted",
    permits,
    clock,
    maxConnections: 4,
    ...options,
  });
  transports.push(transport);
  return transport;
}

function permitFor(baseUrl: string, expiresAtMs = Infinity, endpointId = ENDPOINT): Permit {
  const destination = destinationOf(endpointId, baseUrl);
  return permits.issue({ requestId: "req_1", auditIndex: 0, destination, expiresAtMs });
}

function requestWith(permit: Permit | undefined, path = "/chat"): TransportRequest {
  const signal = new AbortController().signal;
  return { method: "GET", path, headers: {}, signal, limits: LIMITS, ...(permit === undefined ? {} : { permit }) };
}

async function statusOf(response: Promise<TransportResponse>): Promise<number> {
  const { status: code, body } = await response;
  for await (const bytes of body) expect(bytes.byteLength).toBeGreaterThan(0);
  return code;
}

describe("leave to watch a server", () => {
  const watch = (baseUrl: string) =>
    permits.issueWatch({ auditIndex: 0, destination: destinationOf(ENDPOINT, baseUrl) });

  it("lets questions through again and again, until it is withdrawn", async () => {
    const transport = transportTo(server.baseUrl);
    const { permit, withdraw } = watch(server.baseUrl);
    for (let count = 0; count < 2; count += 1) expect(await statusOf(transport.send(requestWith(permit)))).toBe(200);
    withdraw();
    await expect(transport.send(requestWith(permit))).rejects.toMatchObject({ code: "egress_denied" });
  });

  it("lets no request out, and nothing to another server", async () => {
    const { permit } = watch(server.baseUrl);
    const accepted = server.accepted();
    const body = Buffer.from("{}");
    for (const request of [
      { ...requestWith(permit), method: "POST" as const, body },
      { ...requestWith(permit), body },
      requestWith(watch("http://127.0.0.1:1/v1").permit),
    ])
      await expect(transportTo(server.baseUrl).send(request)).rejects.toMatchObject({ code: "egress_denied" });
    expect(server.accepted()).toBe(accepted);
  });
});

describe("permits", () => {
  it("lets one call through for one permit", async () => {
    const transport = transportTo(server.baseUrl);
    const permit = permitFor(server.baseUrl);
    expect(await statusOf(transport.send(requestWith(permit)))).toBe(200);
    await expect(transport.send(requestWith(permit))).rejects.toMatchObject({ code: "egress_denied" });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, () => Permit | undefined]>([
    ["no permit", () => undefined],
    ["a permit that nobody issued", () => ({ kind: "permit" })],
    ["an expired permit", () => permitFor(server.baseUrl, -1)],
    ["a permit for another endpoint", () => permitFor(server.baseUrl, Infinity, "acme/other")],
    ["a permit for another server", () => permitFor("http://127.0.0.1:1/v1")],
  ])("opens no connection with %s", async (_what, permit) => {
    const transport = transportTo(server.baseUrl);
    await expect(transport.send(requestWith(permit()))).rejects.toMatchObject({ code: "egress_denied" });
    expect(server.accepted()).toBe(0);
  });
});

describe("destinations", () => {
  it("keeps the base URL's path and query", async () => {
    const baseUrl = `${server.origin}/some/v1/?api-version=7`;
    await statusOf(transportTo(baseUrl).send(requestWith(permitFor(baseUrl), "/chat/completions")));
    expect(server.requests[0]?.path).toBe("/some/v1/chat/completions?api-version=7");
    expect(server.requests[0]?.headers.host).toBe(`127.0.0.1:${server.port}`);
  });

  it("refuses what the verdict refuses, before any look-up", async () => {
    const resolveName = vi.fn<() => Promise<never>>(() => Promise.reject(new Error("looked up")));
    const refused: readonly [string, "deny" | "allowlisted"][] = [
      ["https://api.example.com/v1", "deny"],
      ["http://10.255.255.1/v1", "deny"],
      ["http://169.254.169.254/v1", "allowlisted"],
      ["http://api.example.com/v1", "allowlisted"],
    ];
    for (const [baseUrl, egressMode] of refused) {
      const transport = transportTo(baseUrl, { egressMode, resolveName }, "cloud");
      await expect(transport.send(requestWith(permitFor(baseUrl)))).rejects.toMatchObject({ code: "egress_denied" });
    }
    expect(resolveName).not.toHaveBeenCalled();
  });

  it("reaches loopback when egress is denied, and only with a permit", async () => {
    const transport = transportTo(server.baseUrl, { egressMode: "deny" });
    expect(await statusOf(transport.send(requestWith(permitFor(server.baseUrl))))).toBe(200);
    await expect(transport.send(requestWith(undefined))).rejects.toMatchObject({ code: "egress_denied" });
  });

  it("reaches localhost without a look-up", async () => {
    const resolveName = vi.fn<() => Promise<never>>(() => Promise.reject(new Error("looked up")));
    const baseUrl = `http://localhost:${server.port}`;
    const transport = transportTo(baseUrl, { resolveName, egressMode: "deny" });
    expect(await statusOf(transport.send(requestWith(permitFor(baseUrl))))).toBe(200);
    expect(resolveName).not.toHaveBeenCalled();
  });

  it.each([
    ["this box", ["127.0.0.1"]],
    ["this box, mapped", ["::ffff:127.0.0.1"]],
    ["a private address", ["10.0.0.1"]],
    ["metadata", ["169.254.169.254"]],
    ["a public address and this box", ["1.1.1.1", "127.0.0.1"]],
    ["nothing", []],
  ])("does not follow a cloud's name to %s", async (_what, addresses) => {
    const baseUrl = `https://rebound.example:${server.port}/v1`;
    const resolveName = () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
    const transport = transportTo(baseUrl, { resolveName }, "cloud");
    await expect(transport.send(requestWith(permitFor(baseUrl)))).rejects.toMatchObject({
      code: addresses.length === 0 ? "upstream_unreachable" : "egress_denied",
    });
    expect(server.accepted()).toBe(0);
  });

  it("looks a name up once per connection, and connects to nothing but that answer", async () => {
    const answers = [["192.0.0.0"], ["127.0.0.1"]];
    const resolveName = vi.fn<() => Promise<{ address: string; family: number }[]>>(() =>
      Promise.resolve((answers.shift() ?? []).map((address) => ({ address, family: 4 }))),
    );
    const baseUrl = `http://rebound.lan:${server.port}/v1`;
    const transport = transportTo(baseUrl, { resolveName });
    await expect(transport.send(requestWith(permitFor(baseUrl)))).rejects.toMatchObject({ code: "egress_denied" });
    expect(resolveName).toHaveBeenCalledTimes(1);
    await expect(transport.send(requestWith(permitFor(baseUrl)))).rejects.toMatchObject({ code: "egress_denied" });
    expect(server.accepted()).toBe(0);
  });

  it("knows no proxy", async () => {
    const proxy = await startUpstreamServer({ behave: chat() });
    for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
      vi.stubEnv(name, proxy.origin);
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    try {
      expect(await statusOf(transportTo(server.baseUrl).send(requestWith(permitFor(server.baseUrl))))).toBe(200);
      expect(proxy.accepted()).toBe(0);
    } finally {
      vi.unstubAllEnvs();
      await proxy.close();
    }
  });

  it("names the origin in a failure, never the path or query", async () => {
    const baseUrl = `${server.origin}/v1?key=canary`;
    await server.close();
    const failure = await transportTo(baseUrl)
      .send(requestWith(permitFor(baseUrl), "/chat?token=canary"))
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "upstream_unreachable",
      message: expect.stringContaining(server.origin) as string,
    });
    expect(String(failure)).not.toContain("canary");
  });
});

describe("TLS", () => {
  const selfSigned = () => {
    const folder = temporaryFolder();
    const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=vllm.lan", "-addext", "subjectAltName=DNS:vllm.lan,IP:127.0.0.1"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", keyFile];
    execFileSync("openssl", ["req", "-x509", "-days", "2", "-out", certFile, ...key, ...subject], { stdio: "ignore" });
    return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
  };

  it("trusts the configured authority for the configured name, and nobody else", async () => {
    const tls = selfSigned();
    const secure = await startUpstreamServer({ behave: status(200, {}), tls });
    try {
      const trusted = transportTo(secure.baseUrl, { caCertificates: tls.cert });
      expect(await statusOf(trusted.send(requestWith(permitFor(secure.baseUrl))))).toBe(200);
      const untrusting = transportTo(secure.baseUrl);
      await expect(untrusting.send(requestWith(permitFor(secure.baseUrl)))).rejects.toMatchObject({
        code: "upstream_unreachable",
        message: expect.stringContaining("SELF_SIGNED") as string,
      });
      const otherName = `https://localhost:${secure.port}/v1`;
      const misnamed = transportTo(otherName, { caCertificates: tls.cert });
      await expect(misnamed.send(requestWith(permitFor(otherName)))).rejects.toMatchObject({
        code: "upstream_unreachable",
        message: expect.stringContaining("ALTNAME") as string,
      });
      expect(secure.requests).toHaveLength(1);
    } finally {
      await secure.close();
    }
  });
});
