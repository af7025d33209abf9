import type { FailedTest } from "./answer-test.ts";
import type { ErrorCode } from "./error-facts.ts";
import type { EndpointId, ModelId, RequestId } from "./ids.ts";
import type { Usage } from "./usage.ts";

/** How a joint request is answered: its members vote or are judged, or a plan's steps are joined. */
export type JointKind = "panel" | "plan";

/** What a part does for the request that it is a part of. */
export type PartRole = "member" | "judge" | "planner" | "step" | "joiner";

/** The joint request that a part is made for. */
export interface PartOf {
  readonly requestId: RequestId;
  readonly role: PartRole;
}

/** What one attempt is billed; a count or a cost that nobody knows is absent. */
export interface Bill {
  readonly usage?: Usage;
  /** In micro-USD. */
  readonly costMicroUsd?: number;
}

/** The money that a joint request may spend on its parts, beside what their key may spend. */
export interface Allowance {
  /**
   * Holds the most that an attempt may cost, until the returned function is told its bill. Throws `budget_exceeded` or
   * `price_unknown` where it does not fit.
   */
  hold(worstCostMicroUsd: number | undefined): (bill: Bill) => void;
}

/** One part as it is foreseen: whom it would ask first. */
export interface ForeseenPart {
  readonly role: PartRole;
  readonly modelId: ModelId;
  /** Absent in an explanation, for which nothing is asked. */
  readonly requestId?: RequestId;
  readonly endpointId: EndpointId;
  /** At the dearest of its endpoints, for the longest answer, in micro-USD; absent while a price is unknown. */
  readonly worstCostMicroUsd?: number;
  /** How many like it there may be; absent for one. */
  readonly atMost?: number;
}

/** What is decided on a joint request before any part is asked. */
export interface JointDecision {
  readonly kind: JointKind;
  /** What the client named. */
  readonly modelId: ModelId;
  readonly parts: readonly ForeseenPart[];
  /** Models that may not be asked, and what forbids it. */
  readonly leftOut: readonly { readonly modelId: ModelId; readonly because: string }[];
  /** How many members have to answer. */
  readonly quorum?: number;
  /** Of all parts together, in micro-USD; absent while one is unknown. */
  readonly worstCostMicroUsd?: number;
  /** The most that they may cost together, in micro-USD. */
  readonly maxCostMicroUsd?: number;
  /** Why nothing is asked at all. */
  readonly refusal?: { readonly errorCode: ErrorCode; readonly message: string };
}

/** One part as it ended. */
export interface PartSummary {
  readonly role: PartRole;
  readonly modelId: ModelId;
  readonly requestId: RequestId;
  /** Of the endpoint that answered, and the leaf of its attempt. */
  readonly endpointId?: EndpointId;
  readonly auditIndex?: number;
  /** All attempts together, in micro-USD. */
  readonly costMicroUsd?: number;
  /** Absent for a part that answered. */
  readonly errorCode?: string;
  /** Of a step, its place in the plan and the steps that it came after. */
  readonly step?: { readonly number: number; readonly after: readonly number[] };
  /** Of a member that tests judge: those that its answer has not passed; absent where it has passed all. */
  readonly failedTests?: readonly FailedTest[];
  /** Whether its answer is the same as the one that was given; absent where nobody compared. */
  readonly agreed?: boolean;
}
