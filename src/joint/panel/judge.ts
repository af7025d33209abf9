import type { InferenceRequest } from "../../core/inference-request.ts";
import { Fence, MAX_SHOWN_CHARACTERS, shuffled } from "../fence.ts";
import { foresee, type Explain, type LookedAtJob } from "../foresee.ts";
import type { JointPorts } from "../joint-ports.ts";
import type { OpenJoint } from "../joint-flow.ts";
import { hasAnswered, type AnsweredPart, type EndedPart } from "../part.ts";
import { partRequest } from "../part-request.ts";
import { messagesOf, writtenRequest, type ParseChat } from "../written-request.ts";
import { mayShowLess, shareCharacters, showWhatFits, type Showing } from "../shown-texts.ts";
import { mergingBody, readSelection, selectionBody, type Shown } from "./judge-prompt.ts";
import type { ModelJudge } from "./panel.ts";

/** What a judge's request is written with. */
type JudgePorts = Pick<JointPorts, "random" | "parseChat" | "newRequestId">;

/** About as many characters make one token of English text. */
const CHARACTERS_PER_TOKEN = 4;

/** What a judge made of the answers. */
export interface Judgement {
  /** The judge's own requests: none where it was not asked, several where the first were too long for it. */
  readonly judges: readonly EndedPart[];
  /** Absent where there is no verdict that can be used. */
  readonly chosen?: AnsweredPart;
  readonly verdict: string;
}

/** The judge's request as it is foreseen: with as many answers as there are members, each as long as it may be. */
export function foreseeJudge(
  ports: JudgePorts & { readonly explain: Explain },
  judge: ModelJudge,
  job: LookedAtJob,
  memberCount: number,
): Showing {
  const part = { role: "judge", modelId: judge.modelId, requestId: ports.newRequestId() } as const;
  return showWhatFits(MAX_SHOWN_CHARACTERS, (shownCharacters) => {
    const ofOne = Math.min(shownCharacters, (job.request.maxTokens ?? Infinity) * CHARACTERS_PER_TOKEN);
    const answers = Array.from({ length: memberCount }, () => "x".repeat(ofOne));
    const shown = { answers, answerCharacters: shownCharacters, conversationCharacters: shownCharacters };
    return foresee(ports.explain, job, part, judgeRequest(ports, new Fence(ports.random), judge, job.request, shown));
  });
}

/**
 * Has the judge select one of the answers, or write one out of them. It reads them in an order that chance decides, so
 * that no member gains by its place, and does not know whose they are.
 */
export async function askJudge(
  ports: JudgePorts,
  open: OpenJoint,
  judge: ModelJudge,
  { foreseen, shownCharacters }: Showing,
  { caller, memberCount }: { readonly caller: InferenceRequest; readonly memberCount: number },
  answers: readonly AnsweredPart[],
): Promise<Judgement> {
  const order = shuffled(answers, ports.random);
  const texts = order.map(({ text }) => text);
  const fence = new Fence(ports.random);
  const judges: EndedPart[] = [];
  for (let characters = shownCharacters; ; characters /= 2) {
    const answerCharacters = shareCharacters(texts, characters * memberCount, MAX_SHOWN_CHARACTERS);
    const shown = { answers: texts, answerCharacters, conversationCharacters: Math.floor(characters) };
    const request = judgeRequest(ports, fence, judge, caller, shown);
    const requestId = judges.length === 0 ? foreseen.job.requestId : ports.newRequestId();
    const ended = await open.ask(open.partOf({ ...foreseen, job: { ...foreseen.job, requestId, request } }));
    judges.push(ended);
    if (!mayShowLess(ended.error?.code, judges.length)) return { judges, ...read(judge, fence, ended, order) };
  }
}

/** What a judge's answer means for the answers in the order in which it has seen them. */
function read(
  { merges }: ModelJudge,
  fence: Fence,
  ended: EndedPart,
  order: readonly AnsweredPart[],
): Omit<Judgement, "judges"> {
  if (!hasAnswered(ended)) return { verdict: `judge failed: ${ended.error?.code ?? "no text"}` };
  if (merges && fence.isIn(ended.text)) return { verdict: "judge copied what it was shown" };
  if (merges) return { chosen: ended, verdict: `merged ${order.length} answers` };
  const chosen = order[readSelection(ended.text, order.length) ?? -1];
  if (chosen === undefined) return { verdict: "judge gave no verdict" };
  return { chosen, verdict: `judge selected 1 of ${order.length} answers` };
}

function judgeRequest(
  { parseChat }: { readonly parseChat: ParseChat },
  fence: Fence,
  { modelId, merges }: ModelJudge,
  caller: InferenceRequest,
  shown: Shown,
): InferenceRequest {
  if (!merges) return writtenRequest(parseChat, caller, selectionBody(modelId, fence, messagesOf(caller), shown));
  const body = JSON.parse(new TextDecoder().decode(partRequest(caller, modelId).body)) as Record<string, unknown>;
  return writtenRequest(parseChat, caller, mergingBody(modelId, fence, body, shown));
}
