import type { InferenceKind, InferenceRequest } from "../core/inference-request.ts";
import type { Workload, WorkloadClass } from "../core/workload.ts";

/** What the kinds that write no text are as work: their answers are as long as their inputs are many, and have no tokens. */
const READING_WORK: Readonly<
  Partial<Record<InferenceKind, { readonly class: WorkloadClass; readonly task: string; readonly reason: string }>>
> = {
  embedding: { class: "embedding", task: "embedding", reason: "vectors are asked for" },
  rerank: { class: "rerank", task: "rerank", reason: "documents are to be ranked" },
  classify: { class: "agentic", task: "classification", reason: "labels are to be weighed" },
};

/**
 * The workload of a request that is read and not answered in text; nothing for the other kinds. The caller's
 * `x-workload-class` counts, and so does a `service_tier` that may wait.
 */
export function readingWorkload({ kind, hints, serviceTier }: InferenceRequest): Workload | undefined {
  const work = READING_WORK[kind];
  if (work === undefined) return undefined;
  const mayWait = serviceTier === "flex" || serviceTier === "batch";
  const named = hints.workloadClass ?? (mayWait ? "batch" : undefined);
  const source =
    hints.workloadClass === undefined ? `service_tier is ${serviceTier ?? ""}` : "x-workload-class says so";
  return {
    class: named ?? work.class,
    task: work.task,
    expectedOutputTokens: 0,
    expectedOutputBasis: "stated",
    reasons: [named === undefined ? work.reason : `${source}; ${work.reason}`, "expects no text"],
  };
}
