import type { EndpointId, KeyId, RequestId } from "./ids.ts";
import type { Principal } from "./principal.ts";

/** Why an answer was good or bad, where its reader says so. */
export const FEEDBACK_REASONS = [
  "wrong",
  "incomplete",
  "off-topic",
  "format",
  "refused",
  "unsafe",
  "too-slow",
  "other",
] as const;

/** One of {@link FEEDBACK_REASONS}. */
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number];

/** What a reader thinks of one answer. */
export interface AnswerFeedback {
  readonly requestId: RequestId;
  /** The key that asked. */
  readonly keyId: KeyId;
  /** The key that says so: the same, or one of its team. */
  readonly byKeyId: KeyId;
  /** Absent for a key without a team. */
  readonly team?: string;
  /** Of the request, as it was decided. */
  readonly task: string;
  /** What answered, and the quality that it is stated to have. */
  readonly endpointId: EndpointId;
  readonly quality?: number;
  /** 0 (useless) to 1 (just right). */
  readonly score: number;
  readonly reason?: FeedbackReason;
  /** Where no reader said it: a judge found it by comparing the answer with another one. */
  readonly comparison?: {
    /** The request whose answer the caller was given. */
    readonly of: RequestId;
    readonly withEndpointId: EndpointId;
    readonly judgeEndpointId: EndpointId;
  };
}

/** Writes feedback down. */
export interface FeedbackLog {
  /**
   * Resolves once it is on disk, with its leaf. A later one about the same request takes the place of the earlier; rejects
   * with `invalid_request` when it was changed too often.
   */
  record(feedback: AnswerFeedback): Promise<{ readonly auditIndex: number }>;
}

/** What feedback says about a task of a team. */
export interface FeedbackCorrection {
  /** Added to the log-odds that it takes a strong model. */
  readonly logOdds: number;
  /** Answers that it rests on. */
  readonly count: number;
  /** Whose feedback: `team NAME's`, or `this key's`. */
  readonly whose: string;
}

/** What feedback has shown so far. */
export interface FeedbackCorrections {
  /** Nothing where nobody has said anything. */
  correctionOf(principal: Pick<Principal, "keyId" | "team">, task: string): FeedbackCorrection | undefined;
}
