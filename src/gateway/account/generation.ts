import type { Request, Response } from "express";
import { SignalboxError } from "../../core/errors.ts";
import {
  answeringAttempt,
  type Generation,
  type GenerationLog,
  type RecordedAttempt,
} from "../../core/generation-log.ts";
import type { Principal } from "../../core/principal.ts";
import { addUsage, type Usage } from "../../core/usage.ts";
import { exchangeOf } from "../exchange.ts";
import { describeDecision, describeJoint, describePart } from "../openai/describe-decision.ts";
import { writeJson } from "../write-json.ts";
import { toUsd } from "../../core/money.ts";

/** Fields of OpenRouter's record that have no counterpart here; strict clients require them. */
const WITHOUT_COUNTERPART = {
  app_id: null,
  cache_discount: null,
  data_region: "global",
  external_user: null,
  http_referer: null,
  is_byok: false,
  moderation_latency: null,
  native_tokens_completion_images: null,
  num_fetches: null,
  num_input_audio_prompt: null,
  num_media_completion: null,
  num_media_prompt: null,
  num_search_results: null,
  origin: "",
  upstream_id: null,
  upstream_inference_cost: null,
  user_agent: null,
  web_search_engine: null,
  workspace_id: null,
} as const;

/** OpenRouter's names for what is no text, by the task of the decision. */
const API_TYPES: Readonly<Record<string, string>> = { embedding: "embeddings", rerank: "rerank" };

/**
 * `GET /v1/generation?id=`: what was recorded about one request, by its `x-request-id`. A key sees its own requests;
 * admin and auditor keys see all. Another key's request is as unknown as one that never was.
 * @see https://openrouter.ai/docs/api-reference/get-a-generation
 */
export function getGeneration(generations: GenerationLog) {
  return (request: Request, response: Response): void => {
    const { id } = request.query;
    if (typeof id !== "string" || id === "") {
      throw new SignalboxError("invalid_request", "Name the request: /v1/generation?id=req_…", { param: "id" });
    }
    const generation = generations.find(id);
    if (generation === undefined || !maySee(exchangeOf(response).caller, generation)) {
      throw new SignalboxError("not_found", "No request with this id was recorded for this key.", { param: "id" });
    }
    writeJson(response, 200, { data: describeGeneration(generation) });
  };
}

function maySee(caller: Principal, generation: Generation): boolean {
  return caller.keyId === generation.keyId || caller.role === "admin" || caller.role === "auditor";
}

function describeGeneration(generation: Generation): Readonly<Record<string, unknown>> {
  const { requestId, decision, joint, attempts, refusal } = generation;
  const last = answeringAttempt(generation) ?? attempts.at(-1);
  const outcome = last?.outcome;
  const answer = last === undefined ? [] : partsOfAnswer(attempts, last);
  const written = answer.reduce<Usage | undefined>((sum, part) => addUsage(sum, part.outcome?.usage), undefined);
  const usage = joint === undefined ? written : joint.outcome?.usage;
  const candidate = decision?.candidates.find(({ endpointId }) => endpointId === last?.endpointId);
  const model = candidate?.modelId ?? joint?.decision.modelId ?? decision?.requestedModel ?? "";
  const asked = decision?.request;
  const costUsd = toUsd(attempts.reduce((sum, each) => sum + (each.outcome?.costMicroUsd ?? 0), 0));
  return {
    ...WITHOUT_COUNTERPART,
    id: requestId,
    request_id: requestId,
    api_type: API_TYPES[decision?.workload.task ?? ""] ?? "completions",
    created_at: new Date(generation.recordedAtMs).toISOString(),
    model,
    provider_name: candidate === undefined ? null : candidate.endpointId.slice(0, -candidate.modelId.length - 1),
    router: decision?.routeId ?? null,
    // The record of a request leaves out what most requests have: no stream, no tier.
    streamed: asked === undefined ? null : asked.stream === true,
    service_tier: asked?.serviceTier ?? null,
    preset_id: decision?.preset ?? null,
    cancelled: outcome === undefined ? null : outcome.result === "cancelled",
    finish_reason: outcome?.finishReason ?? null,
    native_finish_reason: outcome?.finishReason ?? null,
    tokens_prompt: usage?.promptTokens ?? null,
    tokens_completion: usage?.completionTokens ?? null,
    native_tokens_prompt: usage?.promptTokens ?? null,
    native_tokens_completion: usage?.completionTokens ?? null,
    native_tokens_reasoning: usage?.reasoningTokens ?? null,
    native_tokens_cached: usage?.cachedPromptTokens ?? null,
    latency: answer[0]?.outcome?.firstContentMs ?? null,
    generation_time: outcome === undefined ? null : answer.reduce((sum, part) => sum + (part.outcome?.totalMs ?? 0), 0),
    usage: costUsd,
    total_cost: costUsd,
    provider_responses: attempts.map(describeAttempt),
    signalbox: {
      decision: decision === undefined ? null : describeDecision(decision),
      ...(joint === undefined ? {} : { joint: describeJoint(joint.decision) }),
      ...(joint?.outcome === undefined ? {} : { parts: joint.outcome.parts.map(describePart) }),
      refusal:
        refusal === undefined
          ? null
          : { code: refusal.errorCode, status: refusal.httpStatus, message: refusal.message },
      usage_basis: usage?.basis ?? null,
    },
  };
}

/** The attempts that an answer is of, in order: several where it broke off and was gone on with. */
function partsOfAnswer(attempts: readonly RecordedAttempt[], last: RecordedAttempt): readonly RecordedAttempt[] {
  const before = attempts.find(({ attemptNumber }) => attemptNumber === last.continuationOf?.attemptNumber);
  return before === undefined ? [last] : [...partsOfAnswer(attempts, before), last];
}

function describeAttempt({
  attemptNumber,
  endpointId,
  auditIndex,
  continuationOf,
  outcome,
}: RecordedAttempt): Readonly<Record<string, unknown>> {
  return {
    endpoint_id: endpointId,
    attempt: attemptNumber,
    audit_index: auditIndex,
    result: outcome?.result ?? "unknown",
    status: outcome?.httpStatus ?? null,
    error_code: outcome?.errorCode ?? null,
    queue_ms: outcome?.queueMs ?? null,
    latency: outcome?.totalMs,
    ...(continuationOf === undefined
      ? {}
      : { continues_attempt: continuationOf.attemptNumber, after_tokens: continuationOf.afterTokens }),
  };
}
