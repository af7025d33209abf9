import type { Operation } from "../journal/operation.ts";

/** The module that registers the operations of feedback, for `openJournal`. */
export const FEEDBACK_OPERATIONS = new URL("./operations.ts", import.meta.url).href;

/** One answer's feedback as it is kept. */
export interface KeepFeedbackParams {
  readonly requestId: string;
  /** Whose it counts as: `team:<name>` or `key:<id>`. */
  readonly scope: string;
  readonly task: string;
  readonly score: number;
  /** How much it says about weak models, 0 to 1. */
  readonly weight: number;
}

/** All that is kept for one task of one scope, added up. */
export interface FeedbackSum {
  readonly scope: string;
  readonly task: string;
  readonly count: number;
  readonly weight: number;
  /** Sum of weight times what was missing from a full score. */
  readonly missing: number;
}

/** Keeps one answer's feedback in the place of an earlier one, and returns the sums of its scope and task. */
export function keepFeedback(params: KeepFeedbackParams): Operation<FeedbackSum> {
  return { name: "feedback.keep", params };
}
