import type { Clock } from "../../core/clock.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { OpenJoint } from "../joint-flow.ts";
import { hasAnswered, type EndedPart, type Part } from "../part.ts";
import type { Panel } from "./panel.ts";
import { comparableAnswer, countVotes, type Verdict, type Vote } from "./vote.ts";

/** Of a panel's time, what its members have where a model is to judge their answers. */
const MEMBERS_SHARE_BEFORE_JUDGE = 0.6;

/** How the vote went, and how every member's request ended. */
export interface Votes {
  readonly ended: readonly EndedPart[];
  readonly verdict: Verdict;
}

/**
 * Asks all at once until the vote is decided; then the others are cancelled, and waited for, so that each is settled. A
 * judge reads every answer, so that nobody is cancelled for it who answers in the members' share of the time.
 * @param findProblem What keeps an answer from counting; undefined for one that counts.
 */
export async function takeVotes(
  clock: Clock,
  { ask, time }: Pick<OpenJoint, "ask" | "time">,
  panel: Panel,
  members: readonly Part[],
  findProblem: (text: string) => string | undefined,
): Promise<Votes> {
  const isJudged = panel.judge.kind === "model";
  const enough = new AbortController();
  const stop = (text: string): void => enough.abort(new SignalboxError("superseded", text));
  const membersMs = isJudged ? time.totalMs * MEMBERS_SHARE_BEFORE_JUDGE : time.totalMs;
  const cancelTimer = clock.after(membersMs, () => stop("It is time for the judge."));
  const votes: Vote[] = [];
  let outstanding = members.length;
  let verdict: Verdict = { kind: "open" };
  const ended = await Promise.all(
    members.map(async (member) => {
      const end = withProblem(await ask(member, enough.signal), findProblem);
      outstanding -= 1;
      if (verdict.kind !== "open") return end;
      if (hasAnswered(end)) votes.push({ member: member.modelId, answer: comparableAnswer(end.text) });
      verdict = countVotes(votes, outstanding, panel, isJudged);
      if (verdict.kind !== "open") stop("The panel's vote was decided without it.");
      return end;
    }),
  ).finally(cancelTimer);
  return { ended, verdict };
}

/** An answer that may not count is none. */
function withProblem(end: EndedPart, findProblem: (text: string) => string | undefined): EndedPart {
  const problem = hasAnswered(end) ? findProblem(end.text) : undefined;
  if (problem === undefined) return end;
  const { text: _, ...rest } = end;
  return { ...rest, error: new SignalboxError("upstream_invalid_response", problem) };
}
