import type { Random } from "../../core/clock.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { Fence, shuffled } from "../fence.ts";
import type { Explain, Foreseen, LookedAtJob } from "../foresee.ts";
import { foresee } from "../foresee.ts";
import type { JointPorts } from "../joint-ports.ts";
import type { OpenJoint } from "../joint-flow.ts";
import { hasAnswered, type AnsweredPart, type EndedPart } from "../part.ts";
import { partRequest } from "../part-request.ts";
import { messagesOf, writtenRequest, type ParseChat } from "../written-request.ts";
import { mergingBody, readSelection, selectionBody } from "./judge-prompt.ts";
import type { ModelJudge } from "./panel.ts";

/** What a judge's request is written with. */
type JudgePorts = Pick<JointPorts, "random" | "parseChat" | "newRequestId">;

/** The most that a judge is taken to read of each member while nobody has answered yet: what it is shown at most. */
const MAX_FORESEEN_CHARACTERS = 12_000;

/** About as many characters make one token of English text. */
const CHARACTERS_PER_TOKEN = 4;

/** What a judge made of the answers. */
export interface Judgement {
  /** The judge's own request; absent where it was not asked. */
  readonly judge?: EndedPart;
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
): Foreseen {
  const ofOne = Math.min(MAX_FORESEEN_CHARACTERS, (job.request.maxTokens ?? Infinity) * CHARACTERS_PER_TOKEN);
  const longest = Array.from({ length: memberCount }, () => "x".repeat(ofOne));
  const request = judgeRequest(ports, judge, job.request, longest);
  const part = { role: "judge", modelId: judge.modelId, requestId: ports.newRequestId() } as const;
  return foresee(ports.explain, job, part, request);
}

/**
 * Has the judge select one of the answers, or write one out of them. It reads them in an order that chance decides, so
 * that no member gains by its place, and does not know whose they are.
 */
export async function askJudge(
  ports: JudgePorts,
  open: OpenJoint,
  judge: ModelJudge,
  foreseen: Foreseen,
  caller: InferenceRequest,
  answers: readonly AnsweredPart[],
): Promise<Judgement> {
  const order = shuffled(answers, ports.random);
  const request = judgeRequest(
    ports,
    judge,
    caller,
    order.map(({ text }) => text),
  );
  const ended = await open.ask(open.partOf({ ...foreseen, job: { ...foreseen.job, request } }));
  if (!hasAnswered(ended)) return { judge: ended, verdict: `judge failed: ${ended.error?.code ?? "no text"}` };
  if (judge.merges) return { judge: ended, chosen: ended, verdict: `merged ${answers.length} answers` };
  const position = readSelection(ended.text, order.length);
  const chosen = position === undefined ? undefined : order[position];
  if (chosen === undefined) return { judge: ended, verdict: "judge gave no verdict" };
  return { judge: ended, chosen, verdict: `judge selected 1 of ${answers.length} answers` };
}

function judgeRequest(
  { random, parseChat }: { readonly random: Random; readonly parseChat: ParseChat },
  { modelId, merges }: ModelJudge,
  caller: InferenceRequest,
  texts: readonly string[],
): InferenceRequest {
  const fence = new Fence(random);
  if (!merges) return writtenRequest(parseChat, caller, selectionBody(modelId, fence, messagesOf(caller), texts));
  const body = JSON.parse(new TextDecoder().decode(partRequest(caller, modelId).body)) as Record<string, unknown>;
  return writtenRequest(parseChat, caller, mergingBody(modelId, fence, body, texts));
}
