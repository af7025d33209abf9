import { describe, expect, it } from "vitest";
import type { EndpointSnapshot } from "../../src/core/endpoint.ts";
import { createMetrics } from "../../src/observe/metrics.ts";

const ENDPOINT: EndpointSnapshot = {
  facts: {
    id: "box/nano",
    providerId: "box",
    modelId: "nano",
    upstreamId: "nano",
    location: "box",
    capabilities: [],
    slots: 2,
  },
  state: {
    breaker: "open",
    loaded: true,
    running: 1,
    queued: 3,
    queuedPromptTokens: 0,
    queueLimit: 8,
    classQueues: [{ workloadClass: "batch", queued: 3, queuedTokens: 90, maxQueuedTokens: 1_000, maxWaitMs: 60_000 }],
  },
};

describe("the metrics", () => {
  it("count requests, attempts, answers, tokens and money under stable names", async () => {
    const metrics = createMetrics({ snapshots: () => [] });
    metrics.requestStarted();
    metrics.requestStarted();
    metrics.requestEnded({ method: "POST", route: "/v1/x", status: 200, workloadClass: "batch", durationMs: 30 });
    metrics.attemptEnded("cloud/big", "upstream_timeout");
    metrics.attemptEnded("box/nano", undefined);
    metrics.answerEnded({
      endpoint: ENDPOINT.facts,
      workloadClass: "batch",
      firstContentMs: 20,
      totalMs: 30,
      usage: { promptTokens: 10, completionTokens: 5, basis: "measured" },
      costMicroUsd: 2_000_000,
    });
    metrics.auditCommitted(3);
    metrics.queueLeft("box/nano", "batch", 1_500);
    metrics.queueRefused("box/nano", "interactive", "wait");
    const { text, contentType } = await metrics.expose();
    expect(contentType).toContain("text/plain");
    const labels = 'gen_ai_operation_name="chat",gen_ai_provider_name="box",gen_ai_response_model="nano"';
    for (const line of [
      "signalbox_requests_in_flight 1",
      'signalbox_requests_total{method="POST",route="/v1/x",status="200",workload_class="batch"} 1',
      'signalbox_attempts_total{endpoint="cloud/big",outcome="upstream_timeout"} 1',
      'signalbox_attempts_total{endpoint="box/nano",outcome="answered"} 1',
      'signalbox_cost_usd_total{endpoint="box/nano"} 2',
      `gen_ai_client_token_usage_sum{gen_ai_token_type="input",basis="measured",${labels}} 10`,
      `gen_ai_client_token_usage_sum{gen_ai_token_type="output",basis="measured",${labels}} 5`,
      `gen_ai_server_time_to_first_token_seconds_sum{workload_class="batch",${labels}} 0.02`,
      `gen_ai_server_request_duration_seconds_sum{workload_class="batch",error_type="none",${labels}} 0.03`,
      'signalbox_queue_wait_seconds_sum{endpoint="box/nano",workload_class="batch"} 1.5',
      'signalbox_queue_refusals_total{endpoint="box/nano",workload_class="interactive",reason="wait"} 1',
      "signalbox_audit_commit_duration_seconds_sum 0.003",
    ]) {
      expect(sorted(text)).toContain(sorted(line));
    }
    expect(text).toContain("nodejs_eventloop_lag_p99_seconds");
  });

  it("leave out what is not known instead of counting it as nothing", async () => {
    const metrics = createMetrics({ snapshots: () => [] });
    metrics.answerEnded({ endpoint: ENDPOINT.facts, workloadClass: "batch", firstContentMs: 1, totalMs: 1 });
    const { text } = await metrics.expose();
    expect(text).not.toContain("signalbox_cost_usd_total{");
    expect(text).not.toContain("gen_ai_client_token_usage_sum{");
  });

  it("show the endpoints as they are when somebody looks, and forget those that are gone", async () => {
    let snapshots: readonly EndpointSnapshot[] = [ENDPOINT];
    const metrics = createMetrics({ snapshots: () => snapshots });
    const { text } = await metrics.expose();
    expect(text).toContain('signalbox_endpoint_queued{endpoint="box/nano"} 3');
    expect(text).toContain('signalbox_endpoint_breaker_open{endpoint="box/nano"} 1');
    expect(text).not.toContain("signalbox_endpoint_error_ratio{");
    expect(sorted(text)).toContain(sorted('signalbox_queue_depth{endpoint="box/nano",workload_class="batch"} 3'));
    expect(sorted(text)).toContain(sorted('signalbox_queue_tokens{endpoint="box/nano",workload_class="batch"} 90'));
    expect(text).not.toContain("signalbox_queue_predicted_wait_seconds{");
    snapshots = [];
    expect((await metrics.expose()).text).not.toContain('endpoint="box/nano"');
  });
});

/** The exposition with the labels of each line in order: their order has no meaning. */
function sorted(text: string): string {
  return text.replace(/\{([^}]*)\}/g, (_, labels: string) => `{${labels.split(",").toSorted().join(",")}}`);
}
