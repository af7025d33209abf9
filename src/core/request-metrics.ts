import type { EndpointFacts } from "./endpoint.ts";
import type { Usage } from "./usage.ts";
import type { WorkloadClass } from "./workload.ts";

/** One HTTP request that has ended. */
export interface EndedRequest {
  readonly method: string;
  /** The route's path in the table, never the client's: its values are few. */
  readonly route: string;
  /** Of the answer; 499 when the client left before it. */
  readonly status: number;
  /** Absent where there was no decision. */
  readonly workloadClass?: WorkloadClass;
  readonly durationMs: number;
}

/** One answer of a model that has ended, well or not. */
export interface EndedAnswer {
  readonly endpoint: EndpointFacts;
  readonly workloadClass: WorkloadClass;
  /** From the request's arrival to the first content. */
  readonly firstContentMs: number;
  readonly totalMs: number;
  readonly usage?: Usage;
  readonly costMicroUsd?: number;
  /** What going direct to the fixed endpoint would have cost and taken, where the request is one of the sample. */
  readonly direct?: { readonly costMicroUsd?: number; readonly totalMs?: number };
  /** For an answer that broke off. */
  readonly errorCode?: string;
}

/** What is counted about requests. No method may throw or wait. */
export interface RequestMetrics {
  requestStarted(): void;
  requestEnded(ended: EndedRequest): void;
  /** One attempt at an endpoint; `errorCode` is absent for the one that answered. */
  attemptEnded(endpointId: string, errorCode: string | undefined): void;
  answerEnded(ended: EndedAnswer): void;
  /** Everything measured, for a scraper. */
  expose(): Promise<{ readonly contentType: string; readonly text: string }>;
}
