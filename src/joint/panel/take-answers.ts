import type { Clock } from "../../core/clock.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { ModelId } from "../../core/ids.ts";
import { toolCallsOf } from "../answer-events.ts";
import type { OpenJoint } from "../joint-flow.ts";
import { hasAnswered, type EndedPart, type Part } from "../part.ts";
import type { Panel } from "./panel.ts";
import { standOfTests, testAnswer } from "./test-answers.ts";
import { comparableAnswer, countVotes } from "./vote.ts";

/** Of a panel's time, what its members have where a model is to judge their answers. */
const MEMBERS_SHARE_BEFORE_JUDGE = 0.6;

/** How every member's request ended, and whether one of their answers may be given. */
export interface Answers {
  readonly ended: readonly EndedPart[];
  readonly hasQuorum: boolean;
}

/**
 * Asks all at once until what the others say could not change the choice; then these are cancelled, and waited for, so
 * that each is settled. A model that judges reads every answer, so that nobody is cancelled for it who answers in the
 * members' share of the time.
 * @param findProblem What keeps an answer from counting; undefined for one that counts.
 */
export async function takeAnswers(
  clock: Clock,
  { ask, time }: Pick<OpenJoint, "ask" | "time">,
  panel: Panel,
  members: readonly Part[],
  findProblem: (text: string) => string | undefined,
): Promise<Answers> {
  const { judge } = panel;
  const enough = new AbortController();
  const stop = (text: string): void => enough.abort(new SignalboxError("superseded", text));
  const membersMs = judge.kind === "model" ? time.totalMs * MEMBERS_SHARE_BEFORE_JUDGE : time.totalMs;
  const cancelTimer = clock.after(membersMs, () => stop("It is time for the judge."));
  const inTime: EndedPart[] = [];
  const outstanding = new Set(members.map(({ modelId }) => modelId));
  let stand = "open" as Stand;
  const ended = await Promise.all(
    members.map(async (member) => {
      const end = examine(panel, await ask(member, enough.signal), findProblem);
      outstanding.delete(member.modelId);
      if (stand !== "open") return end;
      inTime.push(end);
      stand = standOf(panel, inTime, [...outstanding]);
      if (stand !== "open") stop("The panel's answer was decided without it.");
      return end;
    }),
  ).finally(cancelTimer);
  return { ended, hasQuorum: stand === "decided" };
}

/** An answer that may not count is none. */
function examine({ judge }: Panel, end: EndedPart, findProblem: (text: string) => string | undefined): EndedPart {
  if (judge.kind === "tests") return testAnswer(judge, end);
  const problem = hasAnswered(end) ? findProblem(end.text) : undefined;
  if (problem === undefined) return end;
  const { text: _, ...rest } = end;
  return { ...rest, error: new SignalboxError("upstream_invalid_response", problem) };
}

type Stand = ReturnType<typeof standOfTests>;

function standOf(panel: Panel, ended: readonly EndedPart[], outstanding: readonly ModelId[]): Stand {
  if (panel.judge.kind === "tests") return standOfTests(panel, ended, outstanding);
  const votes = ended.filter(hasAnswered).map(({ part, text, answer }) => {
    return { member: part.modelId, answer: comparableAnswer(text, toolCallsOf(answer)) };
  });
  return countVotes(votes, outstanding.length, panel, panel.judge.kind === "model").kind;
}
