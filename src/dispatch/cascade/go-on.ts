import type { CascadeVerdict } from "../../core/decision.ts";
import type { ErrorCode } from "../../core/error-facts.ts";
import { toSignalboxError } from "../../core/errors.ts";
import type { EndpointId } from "../../core/ids.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { executionOf } from "../execution-of.ts";
import type { Held, Journey } from "../give-up.ts";

/** Counts how cascades go. */
export interface CascadePorts {
  readonly onCascade?: ((endpointId: EndpointId, verdict: CascadeVerdict) => void) | undefined;
}

/** Failures of the endpoint after an unsure answer that leave that answer worth giving. */
const BETTER_THAN: ReadonlySet<ErrorCode> = new Set(["budget_exceeded", "price_unknown", "deadline_exceeded"]);

/** Keeps an unsure answer back: the request goes on as after a failure, and comes back to it where nobody else answers. */
export function goOn(ports: CascadePorts, journey: Journey, held: Held): void {
  const { plan, answering } = held;
  const endpointId = plan.live.facts.id;
  const costMicroUsd = answering.costMicroUsd();
  journey.held = held;
  journey.attempts.push({
    endpointId,
    errorCode: "cascade",
    durationMs: answering.durationMs,
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
  });
  ports.onCascade?.(endpointId, "went-on");
}

/** The answer that was held back, where it is better than the error that ends the request. */
export function heldInsteadOf(error: unknown, { held, job }: Journey): Held | undefined {
  return !job.signal.aborted && BETTER_THAN.has(toSignalboxError(error).code) ? held : undefined;
}

/** Gives the answer that was held back, because no other endpoint could answer. */
export function giveHeld(ports: CascadePorts, journey: Journey, { plan, answering }: Held): InferenceExecution {
  const endpointId = plan.live.facts.id;
  ports.onCascade?.(endpointId, "given-back");
  const others = journey.attempts.filter((attempt) => attempt.endpointId !== endpointId);
  return executionOf({ ...journey, attempts: others }, plan, answering);
}
