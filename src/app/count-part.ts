import type { RequestMetrics } from "../core/request-metrics.ts";
import { attemptsOf, type EndedPart } from "../joint/part.ts";

/** Counts a part of a joint request as a request of its own is counted: its attempts, and its answer where it has one. */
export function countPart(
  metrics: Pick<RequestMetrics, "attemptEnded" | "answerEnded">,
  end: EndedPart,
  times: { readonly firstContentMs: number; readonly totalMs: number },
): void {
  for (const { endpointId, errorCode } of attemptsOf(end)) metrics.attemptEnded(endpointId, errorCode);
  const { execution, error } = end;
  if (execution === undefined) return;
  const usage = execution.usage?.();
  const costMicroUsd = execution.costMicroUsd();
  metrics.answerEnded({
    endpoint: execution.endpoint,
    workloadClass: execution.decision.workload.class,
    ...times,
    ...(usage === undefined ? {} : { usage }),
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
    ...(error === undefined ? {} : { errorCode: error.code }),
  });
}
