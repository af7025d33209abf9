import { priceOf } from "../core/endpoint.ts";
import type { SignalboxError } from "../core/errors.ts";
import { writesText } from "../core/inference-request.ts";
import type { Bill } from "../core/joint-request.ts";
import type { PredictedQuantity } from "../core/prediction-metrics.ts";
import type { OutcomeRecord } from "../core/records.ts";
import { shapeOf } from "../routing/output-length.ts";
import type { Lease } from "./admission/admission-gate.ts";
import type { AnswerEnd } from "./answer-stream.ts";
import type { AttemptPlan, AttemptPorts } from "./attempt.ts";
import { isUnsure } from "./cascade/confidence.ts";
import { compareWithPrediction, type PredictionRatios } from "./learn/compare-with-prediction.ts";
import type { Observation } from "./live-endpoint.ts";
import type { UsageMeter } from "./usage-meter.ts";

/** What is known about an attempt while it runs. */
export interface AttemptProgress {
  readonly meter: UsageMeter;
  /** On the monotonic clock. */
  readonly startedMs: number;
  /** Whether its model was in memory then. */
  readonly wasLoaded: boolean;
  lease: Lease | undefined;
  /** Since the start; set once the endpoint has begun to answer. */
  firstContentMs: number | undefined;
  /** Requests that had a place then, this one included. */
  runningAtFirst: number;
  /** Tells the allowance what the attempt is billed, where it has one. */
  readonly payAllowance?: (bill: Bill) => void;
}

/** Frees the place, learns from what was seen, and makes the outcome durable. */
export async function settleAttempt(
  ports: AttemptPorts,
  plan: AttemptPlan,
  progress: AttemptProgress,
  end: AnswerEnd,
  totalMs: number,
): Promise<void> {
  const { lease, meter, firstContentMs } = progress;
  const queueMs = lease?.queueMs;
  const { promptTokens } = meter.usage();
  const meanRunning = (progress.runningAtFirst + plan.live.gate.running) / 2;
  lease?.release({ promptTokens, outputTokens: meter.completionTokens });
  if (firstContentMs !== undefined) plan.deadline.clear();
  const error = end.kind === "failed" ? plan.deadline.reasonFor(end.error) : undefined;
  const observation = observationOf(plan, progress, end, error, totalMs);
  const ratios = learnFrom(ports, plan, progress, observation, end.kind === "complete" ? totalMs : undefined);
  plan.live.attemptEnded({
    startedAtMs: progress.startedMs,
    ...observation,
    meanRunning,
    ...(ratios === undefined ? {} : { ratios }),
  });
  const bill = billOf(plan, progress, error);
  progress.payAllowance?.(bill);
  const outcome: OutcomeRecord = {
    requestId: plan.job.requestId,
    keyId: (plan.job.billedTo ?? plan.job.principal).keyId,
    attemptNumber: plan.attemptNumber,
    endpointId: plan.live.facts.id,
    result: resultOf(end, error),
    httpStatus: error?.status ?? 200,
    totalMs,
    ...(error === undefined ? {} : { errorCode: error.code }),
    ...(meter.finishReason === undefined ? {} : { finishReason: meter.finishReason }),
    ...cascadeOf(plan, end),
    ...bill,
    ...(queueMs === undefined ? {} : { queueMs }),
    ...(firstContentMs === undefined ? {} : { firstContentMs }),
  };
  // An answer that is not given does not keep the conversation where it came from.
  if (end.kind === "complete" && outcome.cascade?.goesOn !== true)
    ports.sessions?.answered(plan.job, plan.live.facts, meter.usage());
  try {
    await ports.journal.recordOutcome(outcome);
  } catch (failure) {
    // The attempt itself is durable and its reservation stays held, so the answer need not be taken back.
    ports.log.error({ requestId: plan.job.requestId, err: failure }, "the outcome of a request could not be recorded");
  }
}

/** What the end of an attempt shows about its endpoint: a whole answer's time is decode time only, it has no first content. */
function observationOf(
  plan: AttemptPlan,
  progress: AttemptProgress,
  end: AnswerEnd,
  error: SignalboxError | undefined,
  totalMs: number,
): Omit<Observation, "startedAtMs"> {
  if (error !== undefined) {
    const { retryAfterMs } = error.details;
    const rests = error.facts.retry === "same-endpoint" && retryAfterMs !== undefined;
    return { errorCode: error.code, ...(rests ? { retryAfterMs } : {}) };
  }
  const { lease, firstContentMs, meter, wasLoaded } = progress;
  const queueMs = lease?.queueMs ?? 0;
  const streamed = plan.job.request.stream && firstContentMs !== undefined;
  // The time of an answer that had to wait for its model says nothing about the next one's; loading is predicted apart.
  if (!wasLoaded) return streamed ? { coldStartMs: firstContentMs - queueMs } : {};
  return {
    ...(streamed ? { firstContentMs: firstContentMs - queueMs } : {}),
    ...(end.kind === "complete"
      ? { completionTokens: meter.completionTokens, decodeMs: totalMs - (streamed ? firstContentMs : queueMs) }
      : {}),
  };
}

/** Compares what came with what was predicted, for whoever predicts next; and keeps how long the answer was. */
function learnFrom(
  { lengths, predictionMetrics }: AttemptPorts,
  { candidate, continuationOf, decision, job, live }: AttemptPlan,
  { firstContentMs, wasLoaded }: AttemptProgress,
  { firstContentMs: readMs, decodeMs, completionTokens }: Omit<Observation, "startedAtMs">,
  totalMs: number | undefined,
): PredictionRatios | undefined {
  const { request, principal } = job;
  const { workload } = decision;
  // The rest of an answer says nothing about the length of whole ones.
  if (!writesText(request.kind) || continuationOf !== undefined) return undefined;
  const outputTokens = completionTokens === undefined ? undefined : completionTokens / request.choiceCount;
  if (outputTokens !== undefined)
    lengths?.add(principal.keyId, shapeOf(request, workload), live.facts.modelId, outputTokens);
  // A model that had to be loaded first says how long loading takes, which is predicted apart.
  if (!wasLoaded) return undefined;
  const ratios = compareWithPrediction(
    candidate.prediction,
    candidate.prediction.outputTokens ?? workload.expectedOutputTokens,
    {
      ...(readMs === undefined || firstContentMs === undefined ? {} : { firstContentMs }),
      ...(totalMs === undefined ? {} : { totalMs }),
      ...(outputTokens === undefined ? {} : { outputTokens }),
      ...(readMs === undefined || decodeMs === undefined ? {} : { writingMs: decodeMs }),
    },
  );
  const { firstContent, writing, total, outputTokens: length } = ratios;
  const compared = { first_content: firstContent, writing, total, output_tokens: length };
  for (const [quantity, ratio] of Object.entries(compared) as [PredictedQuantity, number | undefined][])
    if (ratio !== undefined) predictionMetrics?.predictionCompared(live.facts.id, quantity, ratio);
  return ratios;
}

function cascadeOf({ confidence }: AttemptPlan, end: AnswerEnd): Pick<OutcomeRecord, "cascade"> {
  if (confidence === undefined || end.kind !== "complete") return {};
  const { minMeanLogprob } = confidence;
  const meanLogprob = confidence.mean();
  const goesOn = isUnsure(confidence);
  return { cascade: { minMeanLogprob, ...(meanLogprob === undefined ? {} : { meanLogprob }), goesOn } };
}

function resultOf(end: AnswerEnd, error: SignalboxError | undefined): OutcomeRecord["result"] {
  if (end.kind === "complete") return "answered";
  if (end.kind === "closed" || error?.code === "client_closed_request" || error?.code === "superseded")
    return "cancelled";
  return "failed";
}

/**
 * What is billed: what was received; for an attempt that was given up while the endpoint was working, the prompt;
 * nothing for an endpoint that refused or was never reached.
 */
export function billOf(plan: AttemptPlan, progress: AttemptProgress, error: SignalboxError | undefined): Bill {
  const { meter, lease } = progress;
  const workedInVain = lease !== undefined && (error === undefined || GIVEN_UP.has(error.code));
  if (!meter.received && !workedInVain) return { costMicroUsd: 0 };
  const costMicroUsd = meter.cost(priceOf(plan.live.facts));
  return { usage: meter.usage(), ...(costMicroUsd === undefined ? {} : { costMicroUsd }) };
}

/** Ends of an attempt after which the endpoint may have worked, and will bill, although nothing arrived. */
const GIVEN_UP: ReadonlySet<string> = new Set([
  "upstream_timeout",
  "deadline_exceeded",
  "client_closed_request",
  "superseded",
]);
