import type { InferenceEvent } from "../../src/core/inference-event.ts";
import type { InferenceExecution, InferenceJob, InferenceService } from "../../src/core/inference-service.ts";
import type { Decision } from "../../src/core/decision.ts";
import type { EndpointFacts, EndpointSnapshot } from "../../src/core/endpoint.ts";
import type { Usage } from "../../src/core/usage.ts";

/** The endpoint that answers in the gateway's tests. */
export const NANO: EndpointFacts = {
  id: "box/signalbox/nano",
  providerId: "box",
  modelId: "signalbox/nano",
  upstreamId: "nano-upstream",
  location: "box",
  device: "cpu",
  retentionDays: 0,
  trainsOnData: false,
  contextTokens: 4_096,
  capabilities: ["tools", "json-schema"],
  price: { inputMicroUsdPerMillion: 150_000, outputMicroUsdPerMillion: 600_000 },
  slots: 2,
};

/** `facts` as the catalogue shows them when nothing is wrong and nothing was measured. */
export function idle(facts: EndpointFacts): EndpointSnapshot {
  return {
    facts,
    state: { breaker: "closed", loaded: true, running: 0, queued: 0, queuedPromptTokens: 0, queueLimit: 64 },
  };
}

/** How one request is answered. */
export type Script = (job: InferenceJob) => AsyncIterable<InferenceEvent>;

/** A chat service that answers every request from a script, and remembers what it was asked. */
export class ScriptedService implements InferenceService {
  script: Script = () => streamOf(["Hello"]);
  /** Thrown by `execute` instead of an answer. */
  refusal: Error | undefined;
  usage: Usage | undefined = { promptTokens: 12, completionTokens: 3, basis: "measured" };
  costMicroUsd: number | undefined = 4;
  readonly jobs: InferenceJob[] = [];
  /** Answers whose events were read to their end or closed. */
  ended = 0;

  async execute(job: InferenceJob): Promise<InferenceExecution> {
    this.jobs.push(job);
    if (this.refusal !== undefined) throw this.refusal;
    return {
      requestId: job.requestId,
      decision: this.explain(job),
      endpoint: NANO,
      auditIndex: 41 + this.jobs.length,
      attempts: [
        { endpointId: "cloud/big", errorCode: "upstream_failed", durationMs: 3 },
        { endpointId: NANO.id, durationMs: 5 },
      ],
      events: this.#observed(this.script(job)),
      costMicroUsd: () => this.costMicroUsd,
      usage: () => this.usage,
    };
  }

  explain({ requestId, request, principal }: Omit<InferenceJob, "signal">): Decision {
    return {
      requestId,
      keyId: principal.keyId,
      requestedModel: request.model,
      workload: { class: "interactive", task: "chat", expectedOutputTokens: 100, reasons: ["a person is waiting"] },
      dataClass: "internal",
      policySha256: "ab".repeat(32),
      routeId: "otherwise",
      objective: "balanced",
      candidates: [
        {
          endpointId: NANO.id,
          modelId: NANO.modelId,
          tier: 0,
          prediction: { queueMs: 0 },
          score: 1,
          reasons: ["local"],
        },
      ],
      rejected: [{ endpointId: "cloud/big", kind: "constraint", by: "stay-here", detail: "it is in a cloud" }],
    };
  }

  async *#observed(events: AsyncIterable<InferenceEvent>): AsyncGenerator<InferenceEvent> {
    try {
      yield* events;
    } finally {
      this.ended += 1;
    }
  }
}

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** One chunk as a common inference server sends it: its own model name, nulls that strict clients do not take. */
export function chunk(delta: object, finishReason: string | null = null, more: object = {}): InferenceEvent {
  return {
    kind: "chunk",
    json: bytes({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: "nano-upstream",
      system_fingerprint: null,
      choices: [{ index: 0, delta, finish_reason: finishReason }],
      usage: null,
      ...more,
    }),
    hasContent: "content" in delta,
    ...(finishReason === null ? {} : { finishReason }),
  };
}

/** A chunk that carries only usage, as servers send it after the last choice. */
export function usageChunk(usage: object): InferenceEvent {
  return { ...chunk({}, null, { choices: [], usage }), usage: { basis: "measured" } } as InferenceEvent;
}

/** A whole stream that says `texts`. */
export async function* streamOf(texts: readonly string[]): AsyncGenerator<InferenceEvent> {
  yield chunk({ role: "assistant", content: "" });
  for (const text of texts) yield chunk({ content: text });
  yield chunk({}, "stop");
  yield usageChunk({ prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 });
}

/** A whole answer that says `text`. */
export async function* answerOf(text: string, more: object = {}): AsyncGenerator<InferenceEvent> {
  yield {
    kind: "answer",
    json: bytes({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "nano-upstream",
      choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop", logprobs: null }],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
      ...more,
    }),
    finishReason: "stop",
    usage: { promptTokens: 12, completionTokens: 3, basis: "measured" },
  };
}
