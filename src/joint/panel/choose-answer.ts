import type { InferenceRequest } from "../../core/inference-request.ts";
import { toolCallsOf } from "../answer-events.ts";
import type { OpenJoint } from "../joint-flow.ts";
import type { JointPorts } from "../joint-ports.ts";
import { hasAnswered, type AnsweredPart, type EndedPart } from "../part.ts";
import { askJudge, type Judgement } from "./judge.ts";
import type { Showing } from "../shown-texts.ts";
import type { Panel } from "./panel.ts";
import type { Answers } from "./take-answers.ts";
import { bestTested, describeTested } from "./test-answers.ts";
import { comparableAnswer, countVotes } from "./vote.ts";

/**
 * The panel's answer: by its tests; by the model that judges, where that may be asked and there is something to judge; and
 * otherwise, and where that model fails or says nothing that can be used, by the most votes.
 */
export async function chooseAnswer(
  ports: JointPorts,
  open: OpenJoint,
  panel: Panel,
  { judge, caller }: { readonly judge: Showing | undefined; readonly caller: InferenceRequest },
  { ended, hasQuorum }: Answers,
): Promise<Judgement> {
  const tested = panel.judge.kind === "tests" ? panel.judge : undefined;
  const best = tested === undefined ? mostVoted(panel, ended) : bestTested(panel, ended);
  if (!hasQuorum || best === undefined) return { judges: [], verdict: "no quorum" };
  if (tested !== undefined) return { judges: [], chosen: best, verdict: describeTested(tested, best, ended) };
  const answers = ended.filter(hasAnswered);
  const majority = { judges: [], chosen: best, verdict: describeVote(best, answers) };
  if (panel.judge.kind !== "model" || isUnanimous(answers)) return majority;
  if (judge === undefined) return { ...majority, verdict: `judge not asked, ${majority.verdict}` };
  const judged = await askJudge(ports, open, panel.judge, judge, { caller, memberCount: ended.length }, answers);
  if (judged.chosen !== undefined) return judged;
  return { ...judged, chosen: best, verdict: `${judged.verdict}, ${majority.verdict}` };
}

/** Of the members with the most frequent answer, the one that is named first. */
function mostVoted(panel: Panel, ended: readonly EndedPart[]): AnsweredPart | undefined {
  const answers = ended.filter(hasAnswered);
  const votes = answers.map((end) => ({ member: end.part.modelId, answer: comparable(end) }));
  const verdict = countVotes(votes, 0, panel);
  if (verdict.kind !== "decided") return undefined;
  const position = ({ part }: EndedPart): number => panel.members.indexOf(part.modelId);
  return answers.filter((end) => comparable(end) === verdict.answer).toSorted((a, b) => position(a) - position(b))[0];
}

/** Whether a member's answer is the same as the one that was given; undefined for a part that has none. */
export function agreement(end: EndedPart, chosen: AnsweredPart | undefined): boolean | undefined {
  if (chosen === undefined || end.part.role !== "member" || !hasAnswered(end)) return undefined;
  return comparable(end) === comparable(chosen);
}

function comparable({ text, answer }: AnsweredPart): string {
  return comparableAnswer(text, toolCallsOf(answer));
}

function isUnanimous(answers: readonly AnsweredPart[]): boolean {
  return new Set(answers.map(comparable)).size === 1;
}

function describeVote(elected: AnsweredPart, answers: readonly AnsweredPart[]): string {
  const votes = answers.filter((end) => agreement(end, elected) === true).length;
  return `${votes} of ${answers.length} answers agree`;
}
