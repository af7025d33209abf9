import type { InferenceCall, InferenceEndpoint } from "../../src/core/inference-endpoint.ts";
import type { InferenceEvent } from "../../src/core/inference-event.ts";
import type { InferenceRequest } from "../../src/core/inference-request.ts";
import type { InferenceJob } from "../../src/core/inference-service.ts";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import { DEFAULT_QUEUE_CLASSES } from "../../src/core/queue-policy.ts";
import type { ContinuationVerdict } from "../../src/core/continuation.ts";
import type { CascadeVerdict } from "../../src/core/decision.ts";
import type { SignalboxError } from "../../src/core/errors.ts";
import type { Random } from "../../src/core/clock.ts";
import type { CompiledPolicy } from "../../src/core/policy-port.ts";
import type { PredictionMetrics } from "../../src/core/prediction-metrics.ts";
import type { Principal } from "../../src/core/principal.ts";
import type {
  AttemptRecord,
  DecisionJournal,
  OutcomeRecord,
  RefusalRecord,
  JointRecord,
  JointOutcomeRecord,
} from "../../src/core/records.ts";
import { createInferenceService, type ActiveRouting } from "../../src/dispatch/execute-request.ts";
import type { LearnedLengths } from "../../src/dispatch/learn/learned-lengths.ts";
import { LiveEndpoint } from "../../src/dispatch/live-endpoint.ts";
import { ProviderBreaker } from "../../src/routing/provider-breaker.ts";
import { ManualClock } from "./manual-clock.ts";

/** A journal that keeps what it was given in memory, in order. */
export class MemoryJournal implements DecisionJournal {
  readonly attempts: AttemptRecord[] = [];
  readonly outcomes: OutcomeRecord[] = [];
  readonly refusals: RefusalRecord[] = [];
  readonly joints: JointRecord[] = [];
  readonly jointOutcomes: JointOutcomeRecord[] = [];
  /** Thrown by the next write instead of recording. */
  failure: SignalboxError | undefined;
  #index = 0;

  recordAttempt(record: AttemptRecord) {
    return this.#record(() => {
      this.attempts.push(record);
      return record.destination === undefined ? {} : { permit: { kind: "permit" } as const };
    });
  }

  recordOutcome(record: OutcomeRecord) {
    return this.#record(() => {
      this.outcomes.push(record);
      return {};
    });
  }

  recordRefusal(record: RefusalRecord) {
    return this.#record(() => {
      this.refusals.push(record);
      return {};
    });
  }

  recordJoint(record: JointRecord) {
    return this.#record(() => {
      this.joints.push(record);
      return {};
    });
  }

  recordJointOutcome(record: JointOutcomeRecord) {
    return this.#record(() => {
      this.jointOutcomes.push(record);
      return {};
    });
  }

  isWritable(): boolean {
    return this.failure === undefined;
  }

  async #record<Extra extends object>(write: () => Extra): Promise<Extra & { readonly auditIndex: number }> {
    await Promise.resolve();
    if (this.failure !== undefined) throw this.failure;
    return { ...write(), auditIndex: this.#index++ };
  }
}

/** An endpoint whose answers are a function of the call; remembers the calls. */
export class ScriptedEndpoint implements InferenceEndpoint {
  readonly facts: EndpointFacts;
  readonly destination?: { endpointId: string; origin: string };
  readonly calls: InferenceCall[] = [];
  answer: (call: InferenceCall) => AsyncIterable<InferenceEvent>;

  constructor(
    facts: Partial<EndpointFacts> & { readonly id: string },
    answer: (call: InferenceCall) => AsyncIterable<InferenceEvent>,
  ) {
    const [providerId = "", ...model] = facts.id.split("/");
    const isBox = providerId === "box";
    this.facts = {
      providerId,
      modelId: model.join("/"),
      upstreamId: model.join("/"),
      location: isBox ? "box" : "cloud",
      capabilities: ["tools", "json-schema"],
      slots: 2,
      ...facts,
    };
    if (!isBox) this.destination = { endpointId: facts.id, origin: "https://cloud.example" };
    this.answer = answer;
  }

  infer(call: InferenceCall): AsyncIterable<InferenceEvent> {
    this.calls.push(call);
    return this.answer(call);
  }
}

const encoder = new TextEncoder();

/** One chunk of a streamed answer. */
export function chunk(text: string, extra: Partial<Extract<InferenceEvent, { kind: "chunk" }>> = {}): InferenceEvent {
  const json = encoder.encode(JSON.stringify({ choices: [{ delta: { content: text } }] }));
  return { kind: "chunk", json, hasContent: text !== "", ...extra };
}

/** The events, one after the other, and then `failure`, if there is one. */
export async function* streamOf(
  events: readonly InferenceEvent[],
  failure?: SignalboxError,
): AsyncGenerator<InferenceEvent> {
  for (const event of events) {
    await Promise.resolve();
    yield event;
  }
  if (failure !== undefined) throw failure;
}

/** A policy without rules: everything is allowed. */
export const OPEN_POLICY: CompiledPolicy = { sha256: "0".repeat(64), constraints: [], routes: [] };

export const PRINCIPAL: Principal = { keyId: "key1", keyName: "test", role: "inference", tags: [] };

/** A parsed request as the gateway would make it. */
export function chatRequest(changes: Partial<InferenceRequest> = {}): InferenceRequest {
  return {
    kind: "chat",
    body: encoder.encode("{}"),
    model: "m",
    fallbackModels: [],
    suffixes: [],
    stream: true,
    includeUsage: false,
    choiceCount: 1,
    messageCount: 1,
    roles: ["user"],
    toolCount: 0,
    toolChoice: "none",
    hasToolResults: false,
    hasImages: false,
    responseFormat: { kind: "text" },
    parameters: [],
    promptCharacters: 20,
    inputCount: 1,
    estimatedPromptTokens: 10,
    longestInputTokens: changes.estimatedPromptTokens ?? 10,
    lastUserText: "hello",
    provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model" },
    metadata: {},
    hints: { wantsMetadata: false },
    ...changes,
  };
}

/** What a test may say about every endpoint. */
export interface DispatchBoxOptions {
  readonly queueLimit?: number;
  readonly isLoaded?: () => boolean;
  readonly teamWeights?: Readonly<Record<string, number>>;
  readonly lengths?: LearnedLengths;
  readonly predictionMetrics?: PredictionMetrics;
  /** Left out: everything is allowed. */
  readonly policy?: CompiledPolicy;
  readonly onCascade?: (endpointId: string, verdict: CascadeVerdict) => void;
  readonly onContinuation?: (endpointId: string, verdict: ContinuationVerdict) => void;
  readonly gain?: ActiveRouting["gain"];
  readonly random?: Random;
  /** Where the endpoints were made with one; left out: a clock of the box's own. */
  readonly clock?: ManualClock;
  readonly journal?: MemoryJournal;
  /** Whether the endpoints of one provider share a breaker, as those of real providers do. */
  readonly providerBreakers?: boolean;
}

/** Dispatch over the given endpoints, with time, journal and money in the test's hands. */
export function dispatchBox(endpoints: readonly InferenceEndpoint[], options: DispatchBoxOptions = {}) {
  const { queueLimit = 4, isLoaded = () => true, teamWeights = {}, lengths, predictionMetrics } = options;
  const { gain, random, policy = OPEN_POLICY } = options;
  const { clock = new ManualClock() } = options;
  const breakers = new Map(endpoints.map(({ facts }) => [facts.providerId, new ProviderBreaker()]));
  const { journal = new MemoryJournal() } = options;
  const live = endpoints.map(
    (endpoint) =>
      new LiveEndpoint({
        endpoint,
        queue: { requests: queueLimit, classes: DEFAULT_QUEUE_CLASSES },
        readings: () => ({ loaded: isLoaded() }),
        clock,
        provider: options.providerBreakers === true ? breakers.get(endpoint.facts.providerId) : undefined,
      }),
  );
  const active: ActiveRouting = {
    policy,
    ...(gain === undefined ? {} : { gain }),
    dataClasses: ["public", "internal"],
    endpoints: new Map(live.map((one) => [one.facts.id, one])),
    teamWeights,
  };
  const errors: unknown[] = [];
  const service = createInferenceService({
    clock,
    journal,
    keys: { spendOf: () => ({ settledMicroUsd: 0, reservedMicroUsd: 0 }) },
    log: { warn: () => undefined, error: (facts) => errors.push(facts) },
    active: () => active,
    lengths,
    predictionMetrics,
    onCascade: options.onCascade,
    onContinuation: options.onContinuation,
    random,
  });
  const job = (
    changes: Partial<InferenceRequest> = {},
    signal: AbortSignal = new AbortController().signal,
  ): InferenceJob => ({
    requestId: "req_1",
    request: chatRequest(changes),
    principal: PRINCIPAL,
    signal,
  });
  return { clock, journal, live, service, job, errors };
}
