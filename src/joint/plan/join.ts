import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import type { InferenceExecution, InferenceJob } from "../../core/inference-service.ts";
import type { PartSummary } from "../../core/joint-request.ts";
import { AnswerStream } from "../../dispatch/answer-stream.ts";
import type { OpenJoint } from "../joint-flow.ts";
import type { JointPorts } from "../joint-ports.ts";
import { mayShowLess } from "../shown-texts.ts";
import { attemptsOf, describePart, type EndedPart, type Part } from "../part.ts";

/** What came before the joiner, and how it is recorded. */
interface Before {
  /** Its request, with a half, a quarter … of the results from the second try on. */
  readonly joiner: (tries: number) => Part;
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
  const tooLong: EndedPart[] = [];
  const partsWith = (end: EndedPart): readonly PartSummary[] => {
    return [...parts, ...tooLong.map((one) => describePart(one)), describePart(end)];
  };
  const ended = (end: EndedPart): readonly PartSummary[] => {
    const totalMs = ports.clock.monotonicMs() - startedMs;
    ports.onPartEnded?.(end, { firstContentMs: firstContentMs ?? totalMs, totalMs });
    return partsWith(end);
  };
  let begun = await begin(ports, open, joiner(0));
  while (mayShowLess(begun.error?.code, tooLong.length + 1)) {
    ended(begun);
    tooLong.push(begun);
    begun = await begin(ports, open, joiner(tooLong.length));
  }
  const { execution, error } = begun;
  if (execution === undefined) throw await open.failed(ended(begun), open.time.whyOver() ?? toSignalboxError(error));
  firstContentMs = ports.clock.monotonicMs() - startedMs;
  const end: EndedPart = { part: begun.part, execution };
  return {
    requestId: job.requestId,
    decision: open.decision,
    endpoint: execution.endpoint,
    auditIndex: open.auditIndex,
    attempts: [...[...before, ...tooLong].flatMap(attemptsOf), ...execution.attempts],
    events: new AnswerStream([], execution.events[Symbol.asyncIterator](), async (reading) => {
      open.time.clear();
      if (reading.kind === "complete") return open.answered(ended(end), end, verdict);
      const failure = reading.kind === "closed" ? notRead() : toSignalboxError(reading.error);
      await open.failed(ended({ ...end, error: failure }), open.time.whyOver() ?? failure);
    }),
    costMicroUsd: () => open.purse.costMicroUsd,
    usage: () => open.purse.usage,
    parts: () => partsWith(end),
  };
}

/** Asks the joiner until it begins to answer, or says why it does not. */
async function begin({ service }: JointPorts, { time }: OpenJoint, part: Part): Promise<EndedPart> {
  try {
    return { part, execution: await service.execute({ ...part.job, allowance: part.purse, signal: time.signal }) };
  } catch (thrown) {
    // The caller is told by what it gets.
    return { part, error: toSignalboxError(thrown) };
  }
}

function notRead(): SignalboxError {
  return new SignalboxError("client_closed_request", "The answer was not read to its end.");
}
