import type { Clock } from "../core/clock.ts";
import { SignalboxError, toSignalboxError, type ErrorCode } from "../core/errors.ts";
import type { ModelId, RequestId } from "../core/ids.ts";
import type { InferenceAnswer } from "../core/inference-event.ts";
import type { InferenceExecution, InferenceJob, InferenceService } from "../core/inference-service.ts";
import type { DecisionJournal, KeyDirectory } from "../core/records.ts";
import { checkPanelRequest, childRequest } from "./child-request.ts";
import { eventsOf, sumKnown, sumUsage, textOfAnswer } from "./chosen-answer.ts";
import type { Panel } from "./panel.ts";
import { comparableAnswer, countVotes, type Verdict, type Vote } from "./vote.ts";

/** What panels reach the rest of the box through. */
export interface PanelPorts {
  readonly service: InferenceService;
  readonly journal: Pick<DecisionJournal, "recordRefusal">;
  readonly keys: Pick<KeyDirectory, "spendOf">;
  readonly clock: Clock;
  /** Read once per request. */
  readonly panels: () => readonly Panel[];
  readonly newRequestId: () => RequestId;
  /** Appends a leaf; durable when it resolves. */
  readonly record: (draft: {
    readonly kind: string;
    readonly [fact: string]: unknown;
  }) => Promise<{ readonly auditIndex: number }>;
}

/** A member that may answer, as a request of its own. */
interface Child {
  readonly member: ModelId;
  readonly job: Omit<InferenceJob, "signal">;
  readonly worstCostMicroUsd?: number;
}

/** How one member's request ended. */
interface Ended {
  readonly child: Child;
  readonly execution?: InferenceExecution;
  readonly answer?: InferenceAnswer;
  readonly vote?: string;
  readonly errorCode?: ErrorCode | "no_text";
}

interface LeftOut {
  readonly member: ModelId;
  readonly because: string;
}

/** The same service, in which the id of a panel is a model: its members are asked, each as any request is. */
export function withPanels(ports: PanelPorts): InferenceService {
  return {
    explain: (job) => ports.service.explain(job),
    async execute(job) {
      const panel = ports.panels().find(({ id }) => id === job.request.model);
      return panel === undefined ? ports.service.execute(job) : askPanel(ports, panel, job);
    },
  };
}

/** One request to a panel: who may answer, whether it is affordable, the vote, its record. */
async function askPanel(ports: PanelPorts, panel: Panel, job: InferenceJob): Promise<InferenceExecution> {
  checkPanelRequest(job.request);
  const { children, leftOut } = chooseMembers(ports, panel, job);
  const refusal = refusalOf(ports, panel, job, children);
  if (refusal !== undefined) throw await recordRefusal(ports, job, refusal);
  const { ended, verdict } = await takeVotes(ports, panel, job, children);
  const winner = verdict.kind === "decided" ? firstWith(panel, ended, verdict.answer) : undefined;
  const costMicroUsd = sumKnown(ended.map(({ execution }) => execution?.costMicroUsd()));
  const { auditIndex } = await ports.record({
    kind: "panel.decided",
    requestId: job.requestId,
    keyId: job.principal.keyId,
    panel: panel.id,
    quorum: panel.quorum,
    chosen: winner?.child.member,
    votes: verdict.kind === "decided" ? verdict.votes : undefined,
    costMicroUsd,
    members: ended.map((end) => describeEnd(end, winner)),
    leftOut,
  });
  if (winner === undefined) {
    job.signal.throwIfAborted();
    throw new SignalboxError(
      "no_endpoint_available",
      `Fewer than ${panel.quorum} members of the panel answered: ${ended.map(({ child, errorCode }) => `${child.member} ${errorCode ?? "answered"}`).join(", ")}.`,
    );
  }
  return executionOf(job, ended, {
    ...winner,
    auditIndex,
    costMicroUsd,
    notes: notesOf(panel, verdict, ended, leftOut),
  });
}

/** The members that policy and the state of their endpoints let answer, and why the others may not. */
function chooseMembers(ports: PanelPorts, panel: Panel, job: InferenceJob) {
  const children: Child[] = [];
  const leftOut: LeftOut[] = [];
  for (const member of panel.members) {
    const child = { ...job, requestId: ports.newRequestId(), request: childRequest(job.request, member) };
    const { candidates, rejected } = ports.service.explain(child);
    const { worstCostMicroUsd } = candidates[0]?.prediction ?? {};
    if (candidates.length > 0) {
      children.push({ member, job: child, ...(worstCostMicroUsd === undefined ? {} : { worstCostMicroUsd }) });
    } else {
      const own = rejected.find(({ kind }) => kind !== "model");
      leftOut.push({ member, because: own === undefined ? "not served here" : `${own.kind}: ${own.by}` });
    }
  }
  return { children, leftOut };
}

/** Why nothing is sent anywhere; undefined where the members may be asked. */
function refusalOf(
  ports: PanelPorts,
  panel: Panel,
  job: InferenceJob,
  children: readonly Child[],
): SignalboxError | undefined {
  if (children.length < panel.quorum) {
    const text = `Of the panel's members ${children.length} may answer, and ${panel.quorum} have to.`;
    return new SignalboxError("no_endpoint_matches", text);
  }
  const worst = sumKnown(children.map(({ worstCostMicroUsd }) => worstCostMicroUsd));
  const { limitMicroUsd, settledMicroUsd, reservedMicroUsd } = ports.keys.spendOf(job.principal.keyId);
  const left = limitMicroUsd === undefined ? Infinity : limitMicroUsd - settledMicroUsd - reservedMicroUsd;
  const most = Math.min(panel.maxCostMicroUsd ?? Infinity, left);
  if (most === Infinity) return undefined;
  if (worst === undefined) {
    return new SignalboxError(
      "price_unknown",
      "A member of the panel has no known price, and the panel's cost is limited.",
    );
  }
  if (worst <= most) return undefined;
  return new SignalboxError("budget_exceeded", `The panel may cost ${worst} micro-USD, and ${most} are left for it.`);
}

async function recordRefusal(ports: PanelPorts, job: InferenceJob, error: SignalboxError): Promise<SignalboxError> {
  const { requestId, principal, clientIp } = job;
  const { code: errorCode, message } = error;
  const httpStatus = error.facts.status;
  await ports.journal.recordRefusal({
    requestId,
    principal,
    errorCode,
    httpStatus,
    message,
    ...(clientIp === undefined ? {} : { clientIp }),
  });
  return error;
}

/** Asks all at once until the vote is decided; then the others are cancelled, and waited for, so that each is settled. */
async function takeVotes(ports: PanelPorts, panel: Panel, job: InferenceJob, children: readonly Child[]) {
  const stop = new AbortController();
  const cancelTimer = ports.clock.after(panel.timeoutMs, () =>
    stop.abort(new SignalboxError("deadline_exceeded", `The panel did not decide within its ${panel.timeoutMs} ms.`)),
  );
  const signal = AbortSignal.any([job.signal, stop.signal]);
  const votes: Vote[] = [];
  let outstanding = children.length;
  let verdict: Verdict = { kind: "open" };
  const ended = await Promise.all(
    children.map(async (child) => {
      const end = await askMember(ports.service, child, signal);
      outstanding -= 1;
      if (verdict.kind !== "open") return end;
      if (end.vote !== undefined) votes.push({ member: child.member, answer: end.vote });
      verdict = countVotes(votes, outstanding, panel);
      if (verdict.kind !== "open") stop.abort(new SignalboxError("superseded", "The panel's vote was decided."));
      return end;
    }),
  ).finally(cancelTimer);
  return { ended, verdict: verdict as Verdict };
}

/** One member's whole answer. Never rejects: a member's failure is one vote less. */
async function askMember(service: InferenceService, child: Child, signal: AbortSignal): Promise<Ended> {
  let execution: InferenceExecution | undefined;
  try {
    execution = await service.execute({ ...child.job, signal });
    let answer: InferenceAnswer | undefined;
    for await (const event of execution.events) if (event.kind === "answer") answer = event;
    const text = answer === undefined ? undefined : textOfAnswer(answer);
    if (answer === undefined || text === undefined) return { child, execution, errorCode: "no_text" };
    return { child, execution, answer, vote: comparableAnswer(text) };
  } catch (thrown) {
    const { code } = toSignalboxError(signal.aborted ? signal.reason : thrown);
    return { child, ...(execution === undefined ? {} : { execution }), errorCode: code };
  }
}

type Won = Ended & Required<Pick<Ended, "execution" | "answer">>;

function firstWith(panel: Panel, ended: readonly Ended[], vote: string): Won | undefined {
  const won = ended.filter((end): end is Won => end.vote === vote && end.execution !== undefined);
  return won.toSorted((a, b) => panel.members.indexOf(a.child.member) - panel.members.indexOf(b.child.member))[0];
}

/** What the log says of a member; of its answer only whether it agreed. */
function describeEnd({ child, execution, vote, errorCode }: Ended, winner: Won | undefined) {
  return {
    member: child.member,
    requestId: child.job.requestId,
    auditIndex: execution?.auditIndex,
    endpointId: execution?.endpoint.id,
    costMicroUsd: execution?.costMicroUsd(),
    agreed: vote === undefined || winner === undefined ? undefined : vote === winner.vote,
    errorCode,
  };
}

function notesOf(
  panel: Panel,
  verdict: Verdict,
  ended: readonly Ended[],
  leftOut: readonly LeftOut[],
): readonly string[] {
  const votes = verdict.kind === "decided" ? verdict.votes : 0;
  return [
    `panel ${panel.id}: ${votes} of ${panel.members.length} members agree`,
    ...ended.map(
      ({ child, errorCode }) => `member ${child.member}, request ${child.job.requestId}: ${errorCode ?? "answered"}`,
    ),
    ...leftOut.map(({ member, because }) => `member ${member} left out, ${because}`),
  ];
}

function executionOf(
  job: InferenceJob,
  ended: readonly Ended[],
  won: Won & {
    readonly auditIndex: number;
    readonly costMicroUsd: number | undefined;
    readonly notes: readonly string[];
  },
): InferenceExecution {
  const { execution, answer, auditIndex, costMicroUsd, notes } = won;
  const { decision } = execution;
  const usage = sumUsage(ended.map((end) => end.execution?.usage?.() ?? end.answer?.usage));
  return {
    requestId: job.requestId,
    decision: { ...decision, requestId: job.requestId, notes: [...(decision.notes ?? []), ...notes] },
    endpoint: execution.endpoint,
    auditIndex,
    attempts: ended.flatMap((end) => end.execution?.attempts ?? []),
    events: replay(eventsOf(answer, usage, job.request.stream)),
    costMicroUsd: () => costMicroUsd,
    usage: () => usage,
  };
}

async function* replay<Event>(events: readonly Event[]): AsyncGenerator<Event> {
  for (const event of events) yield await Promise.resolve(event);
}
