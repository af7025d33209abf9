import { SignalboxError } from "../../core/errors.ts";
import type { InferenceExecution, InferenceJob } from "../../core/inference-service.ts";
import { failureOfParts, jointExecution, openJoint, type OpenJoint } from "../joint-flow.ts";
import type { JointPorts } from "../joint-ports.ts";
import { describePart } from "../part.ts";
import { agreement, chooseAnswer } from "./choose-answer.ts";
import { decidePanel } from "./decide-panel.ts";
import type { Panel } from "./panel.ts";
import { takeAnswers, type Answers } from "./take-answers.ts";

/**
 * One request to a panel: who may answer and for how much, on record; the members' answers, all at once; the choice among
 * them; and what became of it, on record with every member, before the caller has the answer. Rejects with SignalboxError.
 */
export async function askPanel(ports: JointPorts, panel: Panel, job: InferenceJob): Promise<InferenceExecution> {
  const { request, principal } = job;
  const facts = { ...ports, explain: ports.service.explain, spend: ports.keys.spendOf(principal.keyId) };
  const { decision, members, judge } = decidePanel(facts, panel, job);
  const findProblem = panel.judge.kind === "schema" ? ports.checkFormat(request.responseFormat) : () => undefined;
  const open = await openJoint(ports, job, decision, panel);
  try {
    const answers = await takeAnswers(ports.clock, open, panel, members.map(open.partOf), findProblem);
    const judgement = await chooseAnswer(ports, open, panel, { judge, caller: request }, answers);
    const { chosen, verdict, judges } = judgement;
    const ended = [...answers.ended, ...judges];
    const parts = ended.map((end) => describePart(end, agreement(end, chosen)));
    if (chosen === undefined) throw await open.failed(parts, failureOf(panel, answers, open));
    await open.answered(parts, chosen, verdict);
    return jointExecution(job, open, { chosen, ended, parts });
  } finally {
    open.time.clear();
  }
}

function failureOf(panel: Panel, { ended }: Answers, { time }: OpenJoint): SignalboxError {
  // What members say of a caller who left, or of time that was over, follows from that.
  const over = time.whyOver();
  if (over !== undefined) return over;
  const error = failureOfParts(`Panel ${panel.id} needs ${panel.quorum} answers`, ended);
  // Its members' share of the time was over, which is no end of theirs.
  return error.code === "superseded" ? new SignalboxError("deadline_exceeded", error.message, error.details) : error;
}
