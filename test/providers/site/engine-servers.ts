import { onTestFinished } from "vitest";
import { createPermitOffice } from "../../../src/core/permit.ts";
import type { SiteEngine } from "../../../src/core/site-engine.ts";
import { createRemoteTransport } from "../../../src/egress/remote-transport.ts";
import { createAskServer } from "../../../src/providers/site/ask-server.ts";
import type { ModelState } from "../../../src/providers/site/engine-state.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { startUpstreamServer, type UpstreamBehaviour } from "../../support/upstream-server.ts";

/** What a server answers a path with: a text or JSON with status 200, or another status. */
export type Paths = Readonly<Record<string, unknown>>;

/** A status with a body. */
export class Status {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown = "") {
    this.status = status;
    this.body = body;
  }
}

const listOf = (owner: string, id: string) => ({ object: "list", data: [{ id, object: "model", owned_by: owner }] });

/** A server of each kind, answering in the shape that its documentation shows, and what it says of the model `m`. */
export const ENGINE_SERVERS: Readonly<Record<Exclude<SiteEngine, "openai">, { paths: Paths; model: ModelState }>> = {
  "llama-server": {
    paths: {
      "/v1/models": listOf("llamacpp", "m"),
      "/health": { status: "ok" },
      "/slots": [
        { id: 0, n_ctx: 4_096, is_processing: true },
        { id: 1, n_ctx: 4_096, is_processing: true },
      ],
      "/metrics": [
        "# HELP llamacpp:requests_processing Number of requests processing.",
        "# TYPE llamacpp:requests_processing gauge",
        "llamacpp:requests_processing 2",
        "llamacpp:requests_deferred 5",
        "llamacpp:prompt_tokens_seconds 227.5",
        "llamacpp:predicted_tokens_seconds 31.25",
      ].join("\n"),
    },
    model: {
      loaded: true,
      running: 2,
      queued: 5,
      slots: 2,
      prefillTokensPerSecond: 227.5,
      decodeTokensPerSecond: 31.25,
    },
  },
  vllm: {
    paths: {
      "/v1/models": listOf("vllm", "m"),
      "/health": "",
      "/metrics": [
        "# TYPE vllm:num_requests_running gauge",
        'vllm:num_requests_running{engine="0",model_name="m"} 12.0',
        'vllm:num_requests_running{engine="1",model_name="m"} 8.0',
        'vllm:num_requests_waiting{engine="0",model_name="m"} 3.0',
        'vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.94',
        'vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.4',
        'vllm:inter_token_latency_seconds_sum{engine="0",model_name="m"} 10.5',
        'vllm:inter_token_latency_seconds_count{engine="0",model_name="m"} 400.0',
      ].join("\n"),
    },
    model: { running: 20, queued: 3, kvCacheUsage: 0.94 },
  },
  sglang: {
    paths: {
      "/v1/models": listOf("sglang", "m"),
      "/get_model_info": { model_path: "m", is_generation: true },
      "/get_server_info": { model_path: "m", max_running_requests: 32 },
      "/metrics": [
        'sglang:num_running_reqs{model_name="m",tp_rank="0"} 8.0',
        'sglang:num_running_reqs{model_name="m",tp_rank="1"} 8.0',
        'sglang:num_queue_reqs{model_name="m",tp_rank="0"} 4.0',
        'sglang:token_usage{model_name="m",tp_rank="0"} 0.28',
      ].join("\n"),
    },
    model: { running: 8, queued: 4, kvCacheUsage: 0.28, slots: 32 },
  },
  ollama: {
    paths: {
      "/v1/models": listOf("library", "m:latest"),
      "/api/ps": { models: [{ name: "m:latest", model: "m:latest", size: 1, size_vram: 1, context_length: 4_096 }] },
    },
    model: { loaded: true },
  },
  "lm-studio": {
    paths: {
      "/v1/models": listOf("organization_owner", "m"),
      "/api/v0/models": {
        object: "list",
        data: [
          { id: "m", object: "model", type: "llm", state: "loaded", max_context_length: 131_072 },
          { id: "other", object: "model", type: "vlm", state: "not-loaded", max_context_length: 32_768 },
        ],
      },
    },
    model: { loaded: true },
  },
  "ray-serve": { paths: { "/-/healthz": "success", "/v1/models": listOf("org-owner", "m") }, model: {} },
  kserve: {
    paths: {
      "/v2/health/ready": "",
      "/v2/models/m/ready": "",
      "/metrics": 'vllm:num_requests_running{model_name="m"} 1',
    },
    model: { loaded: true, running: 1 },
  },
};

/** Answers the paths as given, and everything else with 404. */
export function behaviourOf(paths: Paths): UpstreamBehaviour {
  return ({ path }, response) => {
    const found = Object.hasOwn(paths, path) ? paths[path] : new Status(404, { detail: "Not Found" });
    const { status, body } = found instanceof Status ? found : new Status(200, found);
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/** A real server, the way to it that watches have, and the time in the test's hands. */
export async function startEngineServer(behave: UpstreamBehaviour) {
  const server = await startUpstreamServer({ behave });
  onTestFinished(() => server.close());
  const clock = new ManualClock();
  const permits = createPermitOffice();
  const destination = { endpointId: "site", origin: server.origin };
  const { permit, withdraw } = permits.issueWatch({ auditIndex: 1, destination });
  const transport = createRemoteTransport({
    endpointId: "site",
    provider: { baseUrl: server.origin, location: "site", allowInsecure: false },
    egressMode: "deny",
    permits,
    clock,
    maxConnections: 1,
  });
  onTestFinished(() => transport.close());
  const { signal } = new AbortController();
  const ask = createAskServer({ transport, permit, headers: () => ({ authorization: "Bearer k" }), clock, signal });
  return { server, clock, transport, permit, withdraw, ask };
}
