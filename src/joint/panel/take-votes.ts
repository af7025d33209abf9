import { SignalboxError } from "../../core/errors.ts";
import type { OpenJoint } from "../joint-flow.ts";
import { hasAnswered, type EndedPart, type Part } from "../part.ts";
import type { Panel } from "./panel.ts";
import { comparableAnswer, countVotes, type Verdict, type Vote } from "./vote.ts";

/** How the vote went, and how every member's request ended. */
export interface Votes {
  readonly ended: readonly EndedPart[];
  readonly verdict: Verdict;
}

/** Asks all at once until the vote is decided; then the others are cancelled, and waited for, so that each is settled. */
export async function takeVotes(
  { ask, time }: Pick<OpenJoint, "ask" | "time">,
  panel: Panel,
  members: readonly Part[],
): Promise<Votes> {
  const votes: Vote[] = [];
  let outstanding = members.length;
  let verdict: Verdict = { kind: "open" };
  const ended = await Promise.all(
    members.map(async (member) => {
      const end = await ask(member);
      outstanding -= 1;
      if (verdict.kind !== "open") return end;
      if (hasAnswered(end)) votes.push({ member: member.modelId, answer: comparableAnswer(end.text) });
      verdict = countVotes(votes, outstanding, panel);
      if (verdict.kind !== "open")
        time.stop(new SignalboxError("superseded", "The panel's vote was decided without it."));
      return end;
    }),
  );
  return { ended, verdict };
}
