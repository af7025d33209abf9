import type { AnswerFeedback, FeedbackCorrections, FeedbackLog } from "../core/feedback.ts";
import type { Principal } from "../core/principal.ts";
import { openReader } from "../journal/connection.ts";
import type { Journal } from "../journal/journal.ts";
import type { Operation } from "../journal/operation.ts";
import { keepFeedback, type FeedbackSum } from "./operation-requests.ts";
import { SUM_COLUMNS } from "./operations.ts";

/** Share of an answer's worth that is missing where nobody has complained in particular. */
const USUAL_MISSING = 0.2;

/** Answers of a worthless model that weigh as much as knowing nothing: so many are needed to move the odds halfway. */
const PRIOR_WEIGHT = 20;

/** The most that feedback does to the odds: a third, or three times. */
const MAX_LOG_ODDS = Math.log(3);

/** How much an answer of a model of unknown quality says. */
const UNKNOWN_QUALITY = 0.5;

/** Feedback, on disk and as corrections. */
export interface FeedbackStore extends FeedbackLog, FeedbackCorrections {}

/**
 * The feedback in `journal`'s database. Corrections are sums in memory, read once here and renewed by each commit of this
 * process. `leaf` makes the audit leaf that is committed together with each.
 */
export function openFeedbackStore(options: {
  readonly journal: Journal;
  readonly leaf: (draft: {
    readonly kind: string;
    readonly [fact: string]: unknown;
  }) => Operation<{ readonly auditIndex: number }>;
}): FeedbackStore {
  const { journal, leaf } = options;
  const sums = new Map(readSums(journal.databaseFile).map((sum) => [nameOf(sum.scope, sum.task), sum]));
  return {
    async record(feedback) {
      const { requestId, task, score, quality } = feedback;
      const scope = scopeOf(feedback);
      const weight = 1 - Math.max(0, Math.min(1, quality ?? UNKNOWN_QUALITY));
      const keep = keepFeedback({ requestId, scope, task, score, weight });
      const [sum, { auditIndex }] = await journal.commit([keep, leaf(draftOf(feedback))]);
      sums.set(nameOf(scope, task), sum);
      return { auditIndex };
    },
    correctionOf(principal, task) {
      const sum = sums.get(nameOf(scopeOf(principal), task));
      if (sum === undefined) return undefined;
      const whose = principal.team === undefined ? "this key's" : `team ${principal.team}'s`;
      return { logOdds: logOddsOf(sum), count: sum.count, whose };
    },
  };
}

/**
 * How much more, or less, is missing than usual, in log-odds: the mean of what was said and of a prior that says the usual
 * as often as {@link PRIOR_WEIGHT} answers would, so that few answers do little.
 */
export function logOddsOf({ weight, missing }: Pick<FeedbackSum, "weight" | "missing">): number {
  const share = (missing + PRIOR_WEIGHT * USUAL_MISSING) / (weight + PRIOR_WEIGHT);
  const logOdds = logit(share) - logit(USUAL_MISSING);
  return Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, logOdds));
}

function readSums(databaseFile: string): readonly FeedbackSum[] {
  const reader = openReader(databaseFile);
  try {
    return reader.prepare<[], FeedbackSum>(`SELECT ${SUM_COLUMNS} FROM feedback_answer GROUP BY scope, task`).all();
  } finally {
    reader.close();
  }
}

function draftOf(feedback: AnswerFeedback) {
  const { requestId, keyId, byKeyId, team, task, endpointId, score, reason, comparison } = feedback;
  return { kind: "feedback", requestId, keyId, byKeyId, team, task, endpointId, score, reason, comparison };
}

function scopeOf({ keyId, team }: Pick<Principal, "keyId" | "team">): string {
  return team === undefined ? `key:${keyId}` : `team:${team}`;
}

function nameOf(scope: string, task: string): string {
  return JSON.stringify([scope, task]);
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}
