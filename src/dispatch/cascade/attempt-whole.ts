import type { InferenceEvent } from "../../core/inference-event.ts";
import type { CascadePlan } from "../../core/decision.ts";
import type { InferenceJob } from "../../core/inference-service.ts";
import { AnswerStream } from "../answer-stream.ts";
import { attempt, type Answering, type AttemptPlan, type AttemptPorts, type AttemptResult } from "../attempt.ts";
import type { CascadePorts } from "./go-on.ts";
import { isUnsure } from "./confidence.ts";
import { askingForLogprobs, LogprobMeter, withoutLogprobs } from "./logprob-meter.ts";

/** Bytes of an answer that are held back for its verdict; a longer one is given as it is. */
const MAX_HELD_BYTES = 8 * 1024 * 1024;

/** An answer that is whole, was kept back, and is not sure of itself. */
export interface Unsure {
  readonly kind: "unsure";
  readonly answering: Answering;
}

/**
 * Tries the first endpoint of a cascade: its whole answer is held back and judged by the mean log-probability of its
 * tokens. A sure one begins then, for the caller at once and whole; an unsure one is a value, and nothing of it was sent.
 * An answer that breaks off is a failure like one before the first content.
 */
export async function attemptWhole(
  ports: AttemptPorts & CascadePorts,
  plan: AttemptPlan,
  { minMeanLogprob }: CascadePlan,
): Promise<AttemptResult | Unsure> {
  const { job, deadline } = plan;
  const isWanted = wantsLogprobs(job);
  const meter = new LogprobMeter();
  const confidence = { minMeanLogprob, mean: () => meter.mean };
  const result = await attempt(ports, {
    ...plan,
    job: isWanted ? job : { ...job, request: { ...job.request, body: askingForLogprobs(job.request.body) } },
    confidence,
    totalTimeoutMs: plan.firstContentTimeoutMs,
    // The request goes on after this answer, if it is not the one that is given.
    deadline: { ...deadline, clear: () => {} },
  });
  if (result.kind === "failed") return result;
  const startedMs = ports.clock.monotonicMs() - result.durationMs;
  const held: InferenceEvent[] = [];
  let heldBytes = 0;
  let isWhole = false;
  try {
    while (!isWhole && heldBytes <= MAX_HELD_BYTES) {
      const { done, value } = await result.events.next();
      if (done === true) isWhole = true;
      else {
        meter.observe(value);
        heldBytes += value.json.byteLength;
        held.push(isWanted ? value : withoutLogprobs(value));
      }
    }
  } catch (thrown) {
    const { auditIndex } = result;
    const costMicroUsd = result.costMicroUsd();
    const billed = costMicroUsd === undefined ? {} : { costMicroUsd };
    const durationMs = ports.clock.monotonicMs() - startedMs;
    return { kind: "failed", error: deadline.reasonFor(thrown), durationMs, auditIndex, ...billed };
  }
  const rest = isWanted ? result.events : stripped(result.events);
  const answering: Answering = {
    ...result,
    durationMs: ports.clock.monotonicMs() - startedMs,
    events: new AnswerStream(held, rest, async () => deadline.clear()),
  };
  if (isWhole && isUnsure(confidence)) return { kind: "unsure", answering };
  ports.onCascade?.(plan.live.facts.id, "kept");
  return answering;
}

function wantsLogprobs({ request }: InferenceJob): boolean {
  return (JSON.parse(new TextDecoder().decode(request.body)) as { readonly logprobs?: unknown }).logprobs === true;
}

async function* stripped(events: AnswerStream): AsyncGenerator<InferenceEvent> {
  for await (const event of events) yield withoutLogprobs(event);
}
