import type { SignalboxError } from "../../core/errors.ts";
import type { InferenceExecution, InferenceJob } from "../../core/inference-service.ts";
import { failureOfParts, jointExecution, openJoint, type OpenJoint } from "../joint-flow.ts";
import type { JointPorts } from "../joint-ports.ts";
import { describePart, hasAnswered, type AnsweredPart, type EndedPart } from "../part.ts";
import { decidePanel } from "./decide-panel.ts";
import type { Panel } from "./panel.ts";
import { takeVotes, type Votes } from "./take-votes.ts";
import { comparableAnswer } from "./vote.ts";

/**
 * One request to a panel: who may answer and for how much, on record; the members' answers, all at once; the vote; and
 * what became of it, on record with every member, before the caller has the answer. Rejects with SignalboxError.
 */
export async function askPanel(ports: JointPorts, panel: Panel, job: InferenceJob): Promise<InferenceExecution> {
  const spend = ports.keys.spendOf(job.principal.keyId);
  const facts = { explain: ports.service.explain, spend, newRequestId: ports.newRequestId };
  const { decision, members } = decidePanel(facts, panel, job);
  const open = await openJoint(ports, job, decision, panel);
  const votes = await takeVotes(open, panel, members.map(open.partOf)).finally(open.time.clear);
  const chosen = choose(panel, votes);
  const parts = votes.ended.map((end) => describePart(end, agreement(end, chosen)));
  if (chosen === undefined) throw await open.failed(parts, failureOf(panel, votes, open));
  await open.answered(parts, chosen, verdictOf(panel, votes));
  return jointExecution(job, open, { chosen, ended: votes.ended, parts });
}

/** Of the members with the most frequent answer, the one that is named first. */
function choose(panel: Panel, { ended, verdict }: Votes): AnsweredPart | undefined {
  if (verdict.kind !== "decided") return undefined;
  const position = ({ part }: EndedPart): number => panel.members.indexOf(part.modelId);
  return ended
    .filter(hasAnswered)
    .filter(({ text }) => comparableAnswer(text) === verdict.answer)
    .toSorted((a, b) => position(a) - position(b))[0];
}

function agreement(end: EndedPart, chosen: AnsweredPart | undefined): boolean | undefined {
  if (chosen === undefined || !hasAnswered(end)) return undefined;
  return comparableAnswer(end.text) === comparableAnswer(chosen.text);
}

function verdictOf({ members }: Panel, { verdict, ended }: Votes): string {
  const votes = verdict.kind === "decided" ? verdict.votes : 0;
  return `${votes} of ${ended.filter(hasAnswered).length} answers agree; ${members.length} members`;
}

function failureOf(panel: Panel, { ended }: Votes, { time }: OpenJoint): SignalboxError {
  // What members say of a caller who left, or of time that was over, follows from that.
  return time.whyOver() ?? failureOfParts(`Panel ${panel.id} needs ${panel.quorum} answers`, ended);
}
