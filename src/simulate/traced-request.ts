import type { InferenceRequest } from "../core/inference-request.ts";
import type { Principal } from "../core/principal.ts";
import type { Workload, WorkloadClass } from "../core/workload.ts";

/** One request of a trace: when it came, how much it asked for, and what is known of the rest. It has no text. */
export interface TracedRequest {
  /** Since the start of the trace. */
  readonly atMs: number;
  readonly promptTokens: number;
  /** Of the answer that was given; the simulator writes exactly as many. Routing does not see it. */
  readonly outputTokens: number;
  /** Which trace or stream it belongs to, for reports. */
  readonly stream: string;
  /** The model that it names, a panel or a plan among them; absent: any. */
  readonly model?: string;
  /** Where any may be chosen: only among these. */
  readonly anyOf?: readonly string[];
  /** Of a part of a joint request: where that stands among the requests. */
  readonly partOf?: number;
  /** Of a request to a plan: the steps that its planner makes; absent: not known. */
  readonly steps?: readonly TracedStep[];
  /** As if the caller had sent `x-workload-class`. Absent: told from the request as always. */
  readonly workloadClass?: WorkloadClass;
  readonly keyId?: string;
  readonly dataClass?: string;
  readonly serviceTier?: string;
  readonly deadlineMs?: number;
  /** One id for each block of the prompt, in order; equal ids mean an equal prompt up to that block. */
  readonly prefixIds?: readonly number[];
  /** Whether a cascade found the answer on record not sure enough; absent: left to chance. */
  readonly isUnsure?: boolean;
  /** Of a decision on record: the request, the caller and what kind of work it was, in place of what is made up from the above. */
  readonly recorded?: {
    readonly request: InferenceRequest;
    readonly principal: Principal;
    readonly workload: Workload;
  };
}

/** One step of a plan: how much it writes, and the numbers of those before it whose results it needs, from 1. */
export interface TracedStep {
  readonly outputTokens: number;
  readonly after: readonly number[];
}
