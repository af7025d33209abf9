import { SignalboxError } from "../core/errors.ts";
import { attempt, type AttemptPlan, type AttemptPorts, type AttemptResult } from "./attempt.ts";
import { pause, type Deadline } from "./deadline.ts";

/** One attempt and how it ended. */
export interface RunAttempt {
  readonly plan: AttemptPlan;
  readonly result: AttemptResult;
}

/** When a second endpoint is asked beside the first, and which. */
export interface Hedge {
  readonly afterMs: number;
  /** Decides on it at that moment; nothing where there is none to ask. */
  plan(): AttemptPlan | undefined;
}

interface Racer {
  readonly plan: AttemptPlan;
  readonly result: Promise<AttemptResult>;
  /** Ends it because another has answered. */
  supersede(): void;
}

/**
 * Runs an attempt and, where it has no content after `hedge.afterMs`, a second one beside it. The first to begin its
 * answer is taken; it is the last of the list. The other is cancelled, and its outcome and its bill are recorded before
 * this resolves. Each has its own record, reservation and permit. Throws what `attempt` throws, where neither came to an
 * end of its own; what keeps one of two from being recorded is only logged.
 */
export async function race(ports: AttemptPorts, plan: AttemptPlan, hedge: Hedge): Promise<readonly RunAttempt[]> {
  const first = start(ports, plan);
  const secondPlan = (await isStillSilent(ports, first, hedge.afterMs)) ? hedge.plan() : undefined;
  if (secondPlan === undefined) return [{ plan, result: await first.result }];
  const racers = [first, start(ports, secondPlan)];
  const winner = await Promise.any(racers.map(whenAnswering)).catch(() => undefined);
  const ended: RunAttempt[] = [];
  for (const racer of racers) {
    if (racer === winner) continue;
    if (winner !== undefined) racer.supersede();
    const result = await endOf(racer).catch((err: unknown) => {
      ports.log.warn({ requestId: plan.job.requestId, err }, "one of two attempts could not be made");
    });
    if (result !== undefined) ended.push({ plan: racer.plan, result });
  }
  if (winner !== undefined) ended.push({ plan: winner.plan, result: await winner.result });
  return ended.length > 0 ? ended : [{ plan, result: await first.result }];
}

function start(ports: AttemptPorts, plan: AttemptPlan): Racer {
  const ending = new AbortController();
  const own = { ...plan, deadline: endedBy(plan.deadline, ending.signal) };
  return { plan: own, result: attempt(ports, own), supersede: () => ending.abort(superseded()) };
}

async function whenAnswering(racer: Racer): Promise<Racer> {
  const result = await racer.result;
  if (result.kind === "answering") return racer;
  throw result.error;
}

/** How an attempt ended whose answer nobody reads: one that had just begun is closed, and billed for what came of it. */
async function endOf({ result }: Racer): Promise<AttemptResult> {
  const ended = await result;
  if (ended.kind === "failed") return ended;
  await ended.events.return();
  const { auditIndex, durationMs } = ended;
  const costMicroUsd = ended.costMicroUsd();
  const billed = costMicroUsd === undefined ? {} : { costMicroUsd };
  return { kind: "failed", error: superseded(), durationMs, auditIndex, ...billed };
}

/** The request's deadline for one of two attempts, which may be ended alone and then must not end the other's time. */
function endedBy(deadline: Deadline, ending: AbortSignal): Deadline {
  return {
    ...deadline,
    signal: AbortSignal.any([deadline.signal, ending]),
    reasonFor: (thrown) => deadline.reasonFor(ending.aborted ? ending.reason : thrown),
    clear: () => {
      if (!ending.aborted) deadline.clear();
    },
  };
}

/** Whether nothing has come of the attempt after `afterMs`. */
async function isStillSilent({ clock }: AttemptPorts, { plan, result }: Racer, afterMs: number): Promise<boolean> {
  const ending = new AbortController();
  const silent = pause(clock, afterMs, AbortSignal.any([ending.signal, plan.deadline.signal])).then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([result.then(() => false), silent]);
  } finally {
    ending.abort();
  }
}

function superseded(): SignalboxError {
  return new SignalboxError("superseded", "Another endpoint answered first.");
}
