import type { Clock, Random } from "../core/clock.ts";
import type { ComparisonMetrics, ComparisonOutcome } from "../core/comparison-metrics.ts";
import type { EndpointFacts, EndpointSnapshot } from "../core/endpoint.ts";
import { toSignalboxError } from "../core/errors.ts";
import type { FeedbackLog } from "../core/feedback.ts";
import type { RequestId } from "../core/ids.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { InferenceExecution, InferenceJob, InferenceService } from "../core/inference-service.ts";
import type { Principal } from "../core/principal.ts";
import { AnswerText, ObservedEvents } from "./answer-text.ts";
import { internalPrincipal } from "./internal-principal.ts";
import { conversationOf, judgeFields, parseVerdict } from "./judge-answers.ts";

/** Answers that wait to be compared: more would be of little use by the time it is their turn. */
const MAX_WAITING = 16;

/** The longest answer that is compared. */
const MAX_ANSWER_CHARACTERS = 32 * 1024;

/** The longest that the cheap model, and the judge, may take. */
const DEADLINE_MS = 120_000;

/** What the configuration says about comparisons. */
export interface ComparisonSettings {
  readonly budgetMicroUsdPerDay: number;
  /** Of the answers that could be compared, 0 to 1. */
  readonly share: number;
  /** Each an endpoint's id, or a model: then the first endpoint that has it. */
  readonly cheap: string;
  readonly judge: string;
}

/** What the comparer reaches the rest of the box through. */
export interface ComparerPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly service: InferenceService;
  readonly feedback: FeedbackLog;
  readonly metrics: ComparisonMetrics;
  readonly log: { error(facts: Readonly<Record<string, unknown>>, message: string): void };
  /** Absent: nothing is compared. Read at each answer, because a reload may change it. */
  readonly settings: () => ComparisonSettings | undefined;
  readonly endpoints: () => readonly EndpointSnapshot[];
  readonly parse: (body: Uint8Array) => InferenceRequest;
  readonly newRequestId: () => RequestId;
}

/** An answer that was given, to be compared. */
interface Served {
  readonly job: InferenceJob;
  readonly strong: EndpointFacts;
  readonly task: string;
  readonly dataClass: string;
  readonly answer: string;
}

/**
 * Compares a share of the answers with what a cheap model says, after they were given: a judge says whether the cheap one
 * is as good, and that counts for the caller's team as feedback on the cheap model would. Nobody waits for it.
 */
export class Comparer {
  readonly #ports: ComparerPorts;
  readonly #waiting: Served[] = [];
  readonly #stopping = new AbortController();
  #working: Promise<void> | undefined;

  constructor(ports: ComparerPorts) {
    this.#ports = ports;
  }

  /** The same service, a share of whose answers is compared. */
  over(service: InferenceService): InferenceService {
    return {
      explain: (job) => service.explain(job),
      execute: async (job) => {
        const execution = await service.execute(job);
        return this.#isCompared(job, execution) ? this.#observed(job, execution) : execution;
      },
    };
  }

  /** Resolves when nothing waits to be compared. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** Gives up what is under way and what waits. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waiting.length = 0;
    await this.#working;
  }

  #isCompared({ request, partOf }: InferenceJob, execution: InferenceExecution): boolean {
    const settings = this.#ports.settings();
    const { endpoint } = execution;
    const isJoint = partOf !== undefined || "parts" in execution;
    if (settings === undefined || isJoint) return false;
    // The share before the endpoints: most answers are not looked at any further.
    if (!isPlainChat(request) || this.#ports.random.next() >= settings.share) return false;
    const cheap = this.#named(settings.cheap)?.facts;
    if (cheap === undefined || cheap.id === endpoint.id) return false;
    // A model that is not known to be better says nothing about what a better one is worth.
    return (endpoint.quality ?? 1) > (cheap.quality ?? 0);
  }

  #observed(job: InferenceJob, execution: InferenceExecution): InferenceExecution {
    const text = new AnswerText(MAX_ANSWER_CHARACTERS);
    const events = new ObservedEvents(
      execution.events,
      (event) => text.observe(event),
      () => {
        const answer = text.text();
        const { workload, dataClass } = execution.decision;
        if (answer !== undefined)
          this.#offer({ job, strong: execution.endpoint, task: workload.task, dataClass, answer });
      },
    );
    return {
      ...execution,
      events,
      costMicroUsd: () => execution.costMicroUsd(),
      usage: () => execution.usage?.(),
    };
  }

  #offer(served: Served): void {
    if (this.#stopping.signal.aborted) return;
    if (this.#waiting.length >= MAX_WAITING) return this.#ports.metrics.comparisonEnded("dropped");
    this.#waiting.push(served);
    this.#working ??= this.#workOff().finally(() => {
      this.#working = undefined;
    });
  }

  async #workOff(): Promise<void> {
    for (let served = this.#waiting.shift(); served !== undefined; served = this.#waiting.shift()) {
      const outcome = await this.#compare(served).catch((err: unknown): ComparisonOutcome => {
        if (!this.#stopping.signal.aborted)
          this.#ports.log.error({ err, requestId: served?.job.requestId }, "an answer could not be compared");
        return "failed";
      });
      this.#ports.metrics.comparisonEnded(outcome);
    }
  }

  /** The cheap model's answer, then the judge's word on the two, then what follows for the team. */
  async #compare(served: Served): Promise<ComparisonOutcome> {
    const { clock, feedback } = this.#ports;
    const settings = this.#ports.settings();
    const [cheap, judge] = [settings?.cheap, settings?.judge].map((name) => name && this.#named(name));
    const conversation = conversationOf(served.job.request.body);
    if (settings === undefined || !cheap || !judge || conversation === undefined) return "failed";
    const { budgetMicroUsdPerDay } = settings;
    const work = { name: "comparisons", tag: "signalbox:comparison", budgetMicroUsdPerDay };
    const payer = internalPrincipal(work, clock.wallMs(), undefined);
    const cheapAnswer = await this.#ask(served, cheap, served.job.request, payer);
    if (cheapAnswer.kind === "none") return cheapAnswer.outcome;
    const cheapIsFirst = this.#ports.random.next() < 0.5;
    const [first, second] = cheapIsFirst ? [cheapAnswer.text, served.answer] : [served.answer, cheapAnswer.text];
    const fields = { model: judge.facts.modelId, ...judgeFields(conversation, first, second) };
    const asked = this.#ports.parse(new TextEncoder().encode(JSON.stringify(fields)));
    const judged = await this.#ask(served, judge, asked, payer);
    if (judged.kind === "none") return judged.outcome;
    const verdict = parseVerdict(judged.text);
    if (verdict === undefined) return "unclear";
    const isAsGood = verdict === "equal" || (verdict === "first") === cheapIsFirst;
    const { keyId, team } = served.job.principal;
    await feedback.record({
      requestId: cheapAnswer.requestId,
      ...{ keyId, byKeyId: payer.keyId, task: served.task, score: isAsGood ? 1 : 0 },
      ...(team === undefined ? {} : { team }),
      endpointId: cheap.facts.id,
      ...(cheap.facts.quality === undefined ? {} : { quality: cheap.facts.quality }),
      comparison: {
        of: served.job.requestId,
        withEndpointId: served.strong.id,
        judgeEndpointId: judge.facts.id,
      },
    });
    return isAsGood ? "as-good" : "worse";
  }

  /** Asks one endpoint on the caller's behalf: what the policy or the caller forbids for this data is not sent. */
  async #ask(served: Served, endpoint: EndpointSnapshot, asked: InferenceRequest, payer: Principal): Promise<Asked> {
    const { id } = endpoint.facts;
    const none = (outcome: ComparisonOutcome): Asked => ({ kind: "none", outcome });
    const now = this.#ports.endpoints().find(({ facts }) => facts.id === id);
    if (now === undefined || !hasRoom(now)) return none("busy");
    const job: InferenceJob = {
      requestId: this.#ports.newRequestId(),
      request: restricted(asked, served, endpoint.facts),
      principal: served.job.principal,
      billedTo: payer,
      comparisonOf: served.job.requestId,
      signal: this.#stopping.signal,
    };
    const { candidates, rejected } = this.#ports.service.explain(job);
    const refusal = rejected.find(({ endpointId }) => endpointId === id);
    if (refusal?.kind === "price") return none("budget");
    if (candidates[0]?.endpointId !== id) return none(refusal?.kind === "availability" ? "busy" : "not-permitted");
    try {
      const execution = await this.#ports.service.execute(job);
      const text = new AnswerText(MAX_ANSWER_CHARACTERS);
      for await (const event of execution.events) text.observe(event);
      const answer = text.text();
      return answer === undefined ? none("failed") : { kind: "text", text: answer, requestId: job.requestId };
    } catch (error) {
      // On record as the attempt's outcome; the endpoint's breaker has counted it.
      return none(toSignalboxError(error).code === "budget_exceeded" ? "budget" : "failed");
    }
  }

  #named(name: string): EndpointSnapshot | undefined {
    const endpoints = this.#ports.endpoints();
    return endpoints.find(({ facts }) => facts.id === name) ?? endpoints.find(({ facts }) => facts.modelId === name);
  }
}

type Asked =
  | { readonly kind: "text"; readonly text: string; readonly requestId: RequestId }
  | { readonly kind: "none"; readonly outcome: ComparisonOutcome };

/** Text in, one text out: what a judge can compare. */
function isPlainChat(request: InferenceRequest): boolean {
  const { kind, choiceCount, toolCount, hasToolResults, hasImages } = request;
  return kind === "chat" && choiceCount === 1 && toolCount === 0 && !hasToolResults && !hasImages;
}

/** In memory, and with a place that nobody waits for. */
function hasRoom({ facts, state }: EndpointSnapshot): boolean {
  return state.loaded && state.queued === 0 && state.running < facts.slots;
}

/**
 * The request at this one endpoint, under everything that the caller has said of where the data may go: its suffixes, its
 * `provider` object, its metadata, its data class.
 */
function restricted(asked: InferenceRequest, { job, dataClass }: Served, facts: EndpointFacts): InferenceRequest {
  const { request } = job;
  const { order: _, ...provider } = request.provider;
  const { sessionId: __, autoModels: ___, ...rest } = asked;
  return {
    ...rest,
    model: facts.modelId,
    fallbackModels: [],
    suffixes: request.suffixes,
    metadata: request.metadata,
    provider: {
      ...provider,
      only: callerOnly(request) ?? [facts.id.toLowerCase()],
      allowFallbacks: false,
      requireParameters: false,
    },
    hints: { ...request.hints, dataClass, deadlineMs: DEADLINE_MS, wantsMetadata: false },
  };
}

/** The providers that the caller holds the request to: also `order` does where it allows no fallback. */
function callerOnly({ provider }: InferenceRequest): readonly string[] | undefined {
  return provider.only ?? (provider.allowFallbacks ? undefined : provider.order);
}
