import type { Objective, ObjectiveWeights } from "./decision.ts";

/** The variables that a condition may read, under the names that policy files use. Absent facts are left out or `undefined`. */
export interface PolicyFacts {
  readonly request: Readonly<Record<string, unknown>>;
  readonly principal: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly workload: Readonly<Record<string, unknown>>;
  readonly endpoint?: Readonly<Record<string, unknown>>;
  readonly budget: Readonly<Record<string, unknown>>;
  readonly now: Readonly<Record<string, unknown>>;
}

/** A condition compiled at load. MUST NOT throw: an evaluation error is a value, and the caller decides what it means. */
export type Condition = (facts: PolicyFacts) => boolean | { readonly error: string };

/** A compliance rule: where `when` holds, `require` must hold for the endpoint. An error in either denies the endpoint. */
export interface CompiledConstraint {
  readonly id: string;
  readonly when: Condition;
  /** Whether `when` reads the endpoint; where it is false, `when` has one answer for a whole request. Absent counts as true. */
  readonly whenReadsEndpoint?: boolean;
  readonly require: Condition;
  /** The text of `require`, for explanations. */
  readonly requireText: string;
}

/** A preference: the first route whose `when` holds orders what the constraints allow. */
export interface CompiledRoute {
  readonly id: string;
  readonly when: Condition;
  readonly prefer: readonly { readonly text: string; readonly holds: Condition }[];
  readonly burstWhen?: { readonly text: string; readonly holds: Condition };
  readonly objective: Objective;
  /** Whether a second endpoint may be asked when the first is late; absent: it may not. */
  readonly hedge?: boolean;
  /** An answer of this box whose tokens are less likely than this in the mean is not sent; absent: every answer is. */
  readonly cascade?: { readonly minMeanLogprob: number };
  /** Whether an answer that breaks off is gone on with; `false`: never, absent: where the request asks for it. */
  readonly continuation?: boolean;
  readonly weights?: ObjectiveWeights;
}

/** A whole policy file, compiled and tested. Replaced as one, never changed. */
export interface CompiledPolicy {
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly constraints: readonly CompiledConstraint[];
  readonly routes: readonly CompiledRoute[];
}
