import { rmSync } from "node:fs";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalModel } from "../../src/core/local-model.ts";
import { createPermitOffice } from "../../src/core/permit.ts";
import { createRemoteTransport, destinationOf } from "../../src/egress/remote-transport.ts";
import { createUnixTransport } from "../../src/egress/unix-transport.ts";
import type { InferenceEndpoint } from "../../src/core/inference-endpoint.ts";
import { createAnthropicEndpoint } from "../../src/providers/anthropic/anthropic-endpoint.ts";
import type { RemoteEndpointOptions } from "../../src/providers/wire/remote-endpoint.ts";
import { createLocalEndpoint } from "../../src/providers/local/local-endpoint.ts";
import { createOpenAiCompatibleEndpoint } from "../../src/providers/openai-compatible/openai-compatible-endpoint.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { upstreamFactsOf } from "../support/upstream-call.ts";
import { startUpstreamServer } from "../support/upstream-server.ts";
import { ANTHROPIC, OPENAI } from "./dialects.ts";
import { type ContractSetup, describeChatEndpoint } from "./inference-endpoint.contract.ts";

const REMOTE: Omit<ContractSetup, "start" | "dialect"> = {
  codes: {
    unreachable: "upstream_unreachable",
    broken: "upstream_failed",
    notHttp: "upstream_invalid_response",
    tooLarge: "upstream_invalid_response",
    redirect: "upstream_invalid_response",
    rateLimited: "upstream_rate_limited",
  },
};

/** Starts a server, and an endpoint that `make` makes for it, over TCP. */
function startRemote(make: (options: RemoteEndpointOptions) => InferenceEndpoint): ContractSetup["start"] {
  return async (behave, limits) => {
    const server = await startUpstreamServer({ behave });
    const clock = new ManualClock();
    const permits = createPermitOffice();
    const facts = upstreamFactsOf();
    const destination = destinationOf(facts.id, server.baseUrl);
    const transport = createRemoteTransport({
      endpointId: facts.id,
      provider: { baseUrl: server.baseUrl, location: "site", allowInsecure: false },
      egressMode: "allowlisted",
      permits,
      clock,
      maxConnections: 8,
    });
    return {
      endpoint: make({ facts, destination, transport, clock, limits }),
      server,
      clock,
      permit: () => permits.issue({ requestId: "req_1", auditIndex: 0, destination, expiresAtMs: Infinity }),
      close: async () => {
        await transport.close();
        await server.close();
      },
    };
  };
}

describeChatEndpoint("OpenAI-compatible over TCP", {
  ...REMOTE,
  dialect: OPENAI,
  start: startRemote(createOpenAiCompatibleEndpoint),
});

describeChatEndpoint("Anthropic over TCP", {
  ...REMOTE,
  dialect: ANTHROPIC,
  start: startRemote(createAnthropicEndpoint),
});

describeChatEndpoint("local over a unix socket", {
  dialect: OPENAI,
  codes: {
    unreachable: "worker_failed",
    broken: "worker_failed",
    notHttp: "worker_failed",
    tooLarge: "worker_failed",
    redirect: "worker_failed",
    rateLimited: "queue_full",
  },
  async start(behave, limits) {
    const folder = mkdtempSync(join(tmpdir(), "signalbox-test-"));
    const socketPath = join(folder, "worker.sock");
    const server = await startUpstreamServer({ behave, socketPath });
    const clock = new ManualClock();
    const model: LocalModel = {
      modelId: "signalbox/nano",
      facts: upstreamFactsOf({ id: "box/signalbox/nano", upstreamId: "signalbox/nano", location: "box" }),
      state: () => ({ phase: "ready", restarts: 0 }),
      ensureReady: () => Promise.resolve({ socketPath, release: () => {} }),
      reportTrouble: () => undefined,
    };
    const endpoint = createLocalEndpoint({
      model,
      transportFor: (path) => createUnixTransport({ socketPath: path, clock, maxConnections: 8 }),
      clock,
      limits,
    });
    return {
      endpoint,
      server,
      clock,
      permit: () => undefined,
      close: async () => {
        await endpoint.close();
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
});
