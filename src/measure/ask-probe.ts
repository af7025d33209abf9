import type { Clock } from "../core/clock.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { toSignalboxError } from "../core/errors.ts";
import type { RequestId } from "../core/ids.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { InferenceJob, InferenceService } from "../core/inference-service.ts";
import type { Principal } from "../core/principal.ts";
import type { ProbeQuestion } from "./probe-questions.ts";
import { KEPT_ANSWER_CHARACTERS, type ProbeResult } from "./probe-result.ts";
import { comparableText, readProbeAnswer } from "./read-probe-answer.ts";

/** The longest that one probe may take, its prompt's reading included. */
const DEADLINE_MS = 120_000;

/** A model that thinks first needs room for it. */
const REASONING_TOKENS = 2_000;

/** Answers shorter than this say more about overhead than about speed. */
const MIN_TOKENS_FOR_SPEED = 16;

/** What one probe is asked through. */
export interface AskPorts {
  readonly clock: Clock;
  readonly service: InferenceService;
  /** Parses the body of a chat request as the gateway does, with headers. */
  readonly parse: (body: Uint8Array, headers: Readonly<Record<string, string>>) => InferenceRequest;
  readonly newRequestId: () => RequestId;
}

/** What came of it: a result, or why nothing was sent. */
export type AskedProbe =
  | { readonly kind: "asked"; readonly result: ProbeResult }
  | { readonly kind: "not-sent"; readonly because: string };

/**
 * Puts one question to one endpoint, as a request like any other: decided on under the policy that counts, on record, its
 * money reserved, and nowhere else when the endpoint fails. Where the decision has no candidate nothing is recorded.
 */
export async function askProbe(
  ports: AskPorts,
  facts: EndpointFacts,
  question: ProbeQuestion,
  principal: Principal,
  signal: AbortSignal,
): Promise<AskedProbe> {
  const { clock, service } = ports;
  const body = new TextEncoder().encode(JSON.stringify(bodyOf(facts, question)));
  const request = ports.parse(body, { "x-deadline-ms": String(DEADLINE_MS) });
  const job: InferenceJob = { requestId: ports.newRequestId(), request, principal, signal };
  const { candidates, rejected } = service.explain(job);
  if (candidates.length === 0) {
    const refusal = rejected.find(({ endpointId }) => endpointId === facts.id);
    return {
      kind: "not-sent",
      because: refusal === undefined ? "it is not there" : `${refusal.by}: ${refusal.detail}`,
    };
  }
  const common = {
    endpointId: facts.id,
    question: question.id,
    atMs: Math.round(clock.wallMs()),
    promptCharacters: request.promptCharacters,
  };
  try {
    return { kind: "asked", result: { ...common, ...(await measure(ports, job, question)) } };
  } catch (thrown) {
    const { code, message } = toSignalboxError(thrown);
    if (signal.aborted || NOT_THE_ENDPOINTS.has(code)) return { kind: "not-sent", because: message };
    return { kind: "asked", result: { ...common, errorCode: code } };
  }
}

/** Ends that say nothing about the endpoint: others were first, or the box could not ask. */
const NOT_THE_ENDPOINTS: ReadonlySet<string> = new Set([
  "budget_exceeded",
  "price_unknown",
  "policy_forbids",
  "queue_full",
  "audit_unavailable",
  "draining",
  "no_endpoint_available",
  "no_endpoint_matches",
  "no_room_for_model",
  "client_closed_request",
]);

async function measure(
  { clock, service }: AskPorts,
  job: InferenceJob,
  question: ProbeQuestion,
): Promise<Partial<ProbeResult>> {
  const startedMs = clock.monotonicMs();
  const execution = await service.execute(job);
  let firstContentMs: number | undefined;
  const answer = await readProbeAnswer(execution.events, () => {
    firstContentMs ??= clock.monotonicMs() - startedMs;
  });
  const writingMs = firstContentMs === undefined ? 0 : clock.monotonicMs() - startedMs - firstContentMs;
  const { promptTokens, completionTokens = 0, basis } = execution.usage?.() ?? {};
  const costMicroUsd = execution.costMicroUsd();
  const isLongEnough = completionTokens >= MIN_TOKENS_FOR_SPEED && writingMs > 0;
  return {
    isRight: question.isRight(answer),
    answer: comparableText(answer).slice(0, KEPT_ANSWER_CHARACTERS),
    ...(answer.meanLogProbability === undefined ? {} : { meanLogProbability: answer.meanLogProbability }),
    ...(firstContentMs === undefined ? {} : { firstContentMs }),
    ...(isLongEnough ? { tokensPerSecond: ((completionTokens - 1) * 1_000) / writingMs } : {}),
    ...(promptTokens === undefined || basis !== "measured" ? {} : { promptTokens }),
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
  };
}

/** Greedy, and at this one endpoint. A tier of its own must be asked for. */
function bodyOf(facts: EndpointFacts, question: ProbeQuestion): object {
  const { modelId, serviceTier, capabilities } = facts;
  const room = capabilities.includes("reasoning") ? REASONING_TOKENS : 0;
  return {
    model: modelId,
    ...question.fields,
    temperature: 0,
    max_tokens: question.answerTokens + room,
    stream: true,
    stream_options: { include_usage: true },
    ...(capabilities.includes("logprobs") ? { logprobs: true } : {}),
    ...(serviceTier === undefined ? {} : { service_tier: serviceTier }),
    provider: { only: [facts.id.toLowerCase()], allow_fallbacks: false },
  };
}
