import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import type { InferenceExecution, InferenceJob } from "../../core/inference-service.ts";
import type { PartSummary } from "../../core/joint-request.ts";
import { AnswerStream } from "../../dispatch/answer-stream.ts";
import type { OpenJoint } from "../joint-flow.ts";
import type { JointPorts } from "../joint-ports.ts";
import { attemptsOf, describePart, type EndedPart, type Part } from "../part.ts";

/** What came before the joiner, and how it is recorded. */
interface Before {
  readonly joiner: Part;
  readonly before: readonly EndedPart[];
  readonly parts: readonly PartSummary[];
  readonly verdict: string;
}

/**
 * Asks the joiner and gives its answer as it comes, streamed where the caller asked for a stream. The outcome of the whole
 * is on record when the events have ended, however they end. Rejects where the joiner does not begin to answer.
 */
export async function join(
  ports: JointPorts,
  job: InferenceJob,
  open: OpenJoint,
  { joiner, before, parts, verdict }: Before,
): Promise<InferenceExecution> {
  const startedMs = ports.clock.monotonicMs();
  let firstContentMs: number | undefined;
  const ended = (end: EndedPart): readonly PartSummary[] => {
    const totalMs = ports.clock.monotonicMs() - startedMs;
    ports.onPartEnded?.(end, { firstContentMs: firstContentMs ?? totalMs, totalMs });
    return [...parts, describePart(end)];
  };
  let execution: InferenceExecution;
  try {
    execution = await ports.service.execute({ ...joiner.job, allowance: joiner.purse, signal: open.time.signal });
  } catch (thrown) {
    const error = open.time.whyOver() ?? toSignalboxError(thrown);
    throw await open.failed(ended({ part: joiner, error: toSignalboxError(thrown) }), error);
  }
  firstContentMs = ports.clock.monotonicMs() - startedMs;
  const end: EndedPart = { part: joiner, execution };
  return {
    requestId: job.requestId,
    decision: open.decision,
    endpoint: execution.endpoint,
    auditIndex: open.auditIndex,
    attempts: [...before.flatMap(attemptsOf), ...execution.attempts],
    events: new AnswerStream([], execution.events[Symbol.asyncIterator](), async (reading) => {
      open.time.clear();
      if (reading.kind === "complete") return open.answered(ended(end), end, verdict);
      const error = reading.kind === "closed" ? notRead() : toSignalboxError(reading.error);
      await open.failed(ended({ ...end, error }), open.time.whyOver() ?? error);
    }),
    costMicroUsd: () => open.purse.costMicroUsd,
    usage: () => open.purse.usage,
    parts: () => [...parts, describePart(end)],
  };
}

function notRead(): SignalboxError {
  return new SignalboxError("client_closed_request", "The answer was not read to its end.");
}
