import type { InferenceRequest } from "../../core/inference-request.ts";
import type { Foreseen } from "../foresee.ts";
import type { OpenJoint } from "../joint-flow.ts";
import type { JointPorts } from "../joint-ports.ts";
import { hasAnswered, type AnsweredPart, type EndedPart } from "../part.ts";
import { askJudge, type Judgement } from "./judge.ts";
import type { Panel } from "./panel.ts";
import type { Votes } from "./take-votes.ts";
import { comparableAnswer } from "./vote.ts";

/**
 * The panel's answer: by its judge, where it has one that may be asked and there is something to judge; otherwise, and
 * where the judge fails or says nothing that can be used, by the most votes.
 */
export async function chooseAnswer(
  ports: JointPorts,
  open: OpenJoint,
  panel: Panel,
  { judge, caller }: { readonly judge: Foreseen | undefined; readonly caller: InferenceRequest },
  votes: Votes,
): Promise<Judgement> {
  const elected = mostVoted(panel, votes);
  if (elected === undefined) return { verdict: "no quorum" };
  const answers = votes.ended.filter(hasAnswered);
  const majority = { chosen: elected, verdict: describeVote(elected, answers) };
  if (panel.judge.kind !== "model" || isUnanimous(answers)) return majority;
  if (judge === undefined) return { ...majority, verdict: `judge not asked, ${majority.verdict}` };
  const judged = await askJudge(ports, open, panel.judge, judge, caller, answers);
  if (judged.chosen !== undefined) return judged;
  return { ...judged, chosen: elected, verdict: `${judged.verdict}, ${majority.verdict}` };
}

/** Of the members with the most frequent answer, the one that is named first. */
function mostVoted(panel: Panel, { ended, verdict }: Votes): AnsweredPart | undefined {
  if (verdict.kind !== "decided") return undefined;
  const position = ({ part }: EndedPart): number => panel.members.indexOf(part.modelId);
  return ended
    .filter(hasAnswered)
    .filter(({ text }) => comparableAnswer(text) === verdict.answer)
    .toSorted((a, b) => position(a) - position(b))[0];
}

/** Whether a member's answer is the same as the one that was given; undefined for a part that has none. */
export function agreement(end: EndedPart, chosen: AnsweredPart | undefined): boolean | undefined {
  if (chosen === undefined || end.part.role !== "member" || !hasAnswered(end)) return undefined;
  return comparableAnswer(end.text) === comparableAnswer(chosen.text);
}

function isUnanimous(answers: readonly AnsweredPart[]): boolean {
  return new Set(answers.map(({ text }) => comparableAnswer(text))).size === 1;
}

function describeVote(elected: AnsweredPart, answers: readonly AnsweredPart[]): string {
  const votes = answers.filter((end) => agreement(end, elected) === true).length;
  return `${votes} of ${answers.length} answers agree`;
}
