import type { Clock } from "../core/clock.ts";
import type { DecisionJournal } from "../core/records.ts";

/** `journal`, whose records are timed from the asking until they are on disk. */
export function measureCommits(
  journal: DecisionJournal,
  clock: Clock,
  metrics: { auditCommitted(durationMs: number): void },
): DecisionJournal {
  const timed = async <Recorded>(recording: Promise<Recorded>): Promise<Recorded> => {
    const startedMs = clock.monotonicMs();
    const recorded = await recording;
    metrics.auditCommitted(clock.monotonicMs() - startedMs);
    return recorded;
  };
  return {
    recordAttempt: (record) => timed(journal.recordAttempt(record)),
    recordOutcome: (record) => timed(journal.recordOutcome(record)),
    recordRefusal: (record) => timed(journal.recordRefusal(record)),
    recordJoint: (record) => timed(journal.recordJoint(record)),
    recordJointOutcome: (record) => timed(journal.recordJointOutcome(record)),
    isWritable: () => journal.isWritable(),
  };
}
