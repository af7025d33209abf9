/**
 * Runs in a process of its own, which `egress-guard.test.ts` watches: sends one permitted request to each destination
 * named on the command line, under the egress mode given first, and prints the code that each ended with.
 */
import { createServer } from "node:http";
import { systemClock } from "../../src/app/system-clock.ts";
import { SignalboxError } from "../../src/core/errors.ts";
import { createPermitOffice } from "../../src/core/permit.ts";
import { createRemoteTransport, destinationOf } from "../../src/egress/remote-transport.ts";

const [mode, ...baseUrls] = process.argv.slice(2);
const permits = createPermitOffice();
const server = createServer((_request, response) => response.end("reached"));
await new Promise<void>((resolve) => server.listen(8899, "0.0.0.0", resolve));

const codes: string[] = [];
for (const baseUrl of baseUrls) {
  const transport = createRemoteTransport({
    endpointId: "acme/large",
    provider: { baseUrl, location: "site", allowInsecure: false },
    egressMode: mode === "deny" ? "deny" : "allowlisted",
    permits,
    clock: systemClock,
    maxConnections: 1,
    ...(baseUrl.includes("resolved.lan") ? { resolveName: async () => [{ address: "10.9.9.9", family: 4 }] } : {}),
  });
  const destination = destinationOf("acme/large", baseUrl);
  const permit = permits.issue({ requestId: "req_1", auditIndex: 0, destination, expiresAtMs: Infinity });
  const limits = {
    connectTimeoutMs: 2_000,
    headersTimeoutMs: 2_000,
    idleTimeoutMs: 2_000,
    maxHeaderBytes: 9_999,
    maxBodyBytes: 99,
  };
  try {
    const signal = new AbortController().signal;
    const { status, body } = await transport.send({ method: "GET", path: "/", headers: {}, signal, limits, permit });
    await Array.fromAsync(body);
    codes.push(String(status));
  } catch (error) {
    codes.push(error instanceof SignalboxError ? error.code : String(error));
  }
  await transport.close();
}
server.close();
process.stdout.write(JSON.stringify(codes));
