import type { InferenceRequest } from "../../core/inference-request.ts";
import type { PartRole } from "../../core/joint-request.ts";
import { checkJointRequest } from "../check-joint-request.ts";
import { decideOnWhole, tooDear, type JointFacts, type WholeDecision } from "../decide-on-whole.ts";
import { Fence } from "../fence.ts";
import {
  foresee,
  foreseenPart,
  mayBeAsked,
  sumWorstCosts,
  whyLeftOut,
  type Foreseen,
  type LookedAtJob,
} from "../foresee.ts";
import { shareCharacters, showWhatFits } from "../shown-texts.ts";
import type { RequestWriting } from "../joint-ports.ts";
import { partRequest } from "../part-request.ts";
import { messagesOf, samplingOf, writtenRequest } from "../written-request.ts";
import type { Plan, Step } from "./plan.ts";
import { CHARACTERS_PER_TOKEN, joiningBody, planningBody, stepBody, type StepResult } from "./plan-prompt.ts";

/** A decision on a plan: its planner and its joiner as they are foreseen. */
export interface DecidedPlan {
  readonly decision: WholeDecision;
  readonly planner: Foreseen;
  readonly joiner: Foreseen;
  /** Characters of all steps' results together that the joiner is shown at most. */
  readonly resultCharacters: number;
  /** What the joiner may cost at most, which the steps leave to it; undefined while a price is unknown. */
  readonly joinerCostMicroUsd?: number;
}

/** A step before there is a plan, whose task is as long as those of most. */
const ANY_STEP: Step = { number: 1, task: "x".repeat(400), after: [] };

/**
 * Who would plan, work and join now, and whether it is worth beginning: each of the three may be asked, and there is money
 * for the plan, one step and the answer. Throws `invalid_request` for a request that no plan answers.
 */
export function decidePlan(facts: JointFacts, plan: Plan, job: LookedAtJob): DecidedPlan {
  checkJointRequest("plan", job.request);
  const look = (role: PartRole, modelId: string, request: InferenceRequest): Foreseen =>
    foresee(facts.explain, job, { role, modelId, requestId: facts.newRequestId() }, request);
  const planner = look("planner", plan.planner, planningRequest(facts, plan, job.request));
  const worker = look("step", plan.workers.join(", "), stepRequest(facts, plan, job.request, ANY_STEP, []));
  const { foreseen: joiner, shownCharacters } = showWhatFits(mostCharactersOf(plan), (characters) => {
    const longest = { step: ANY_STEP, text: "x".repeat(characters) };
    const results = Array.from({ length: plan.maxSteps }, () => longest);
    return look("joiner", plan.joiner, joiningRequest(facts, plan, job.request, results, characters));
  });
  const all = [planner, worker, joiner];
  const leftOut = all.filter((one) => !mayBeAsked(one)).map(whyLeftOut);
  const foreseen = all.flatMap((one) => foreseenPart(one) ?? []);
  const parts = foreseen.map((part) => (part.role === "step" ? withoutId({ ...part, atMost: plan.maxSteps }) : part));
  const { maxCostMicroUsd } = plan;
  const [first] = leftOut;
  const refusal =
    first === undefined
      ? tooDear(sumWorstCosts(foreseen), maxCostMicroUsd, facts.spend)
      : { errorCode: first.errorCode, message: `Plan ${plan.id} can't be made: ${first.modelId} (${first.because}).` };
  const decision = decideOnWhole(job, all, {
    kind: "plan",
    modelId: plan.id,
    parts,
    leftOut,
    ...(maxCostMicroUsd === undefined ? {} : { maxCostMicroUsd }),
    ...(refusal === undefined ? {} : { refusal }),
  });
  const joinerCostMicroUsd = foreseen.find(({ role }) => role === "joiner")?.worstCostMicroUsd;
  return {
    decision,
    planner,
    joiner,
    resultCharacters: shownCharacters * plan.maxSteps,
    ...(joinerCostMicroUsd === undefined ? {} : { joinerCostMicroUsd }),
  };
}

/** What is shown of a step's result where there is room: all that it may write, as far as characters tell. */
function mostCharactersOf({ maxStepTokens }: Plan): number {
  return maxStepTokens * CHARACTERS_PER_TOKEN;
}

/** Each step has a request of its own, whose id nobody knows yet. */
function withoutId<Foreseeable extends { readonly requestId?: string }>(
  part: Foreseeable,
): Omit<Foreseeable, "requestId"> {
  const { requestId: _, ...rest } = part;
  return rest;
}

/** The planner's request. */
export function planningRequest(writer: RequestWriting, plan: Plan, caller: InferenceRequest): InferenceRequest {
  const body = planningBody(plan, new Fence(writer.random), messagesOf(caller));
  return writtenRequest(writer.parseChat, caller, body);
}

/** The request of a step, with the results that it needs. */
export function stepRequest(
  writer: RequestWriting,
  plan: Plan,
  caller: InferenceRequest,
  step: Step,
  needed: readonly StepResult[],
): InferenceRequest {
  const body = stepBody(plan, new Fence(writer.random), messagesOf(caller), step, needed);
  return writtenRequest(writer.parseChat, caller, { ...samplingOf(caller), ...body });
}

/** How many characters of each result the joiner is shown. */
export function shownOfResults(plan: Plan, { resultCharacters }: DecidedPlan, results: readonly StepResult[]): number {
  const texts = results.map(({ text = "" }) => text);
  return shareCharacters(texts, resultCharacters, mostCharactersOf(plan));
}

/** The joiner's request: whole, or a stream where the caller asked for one; it shows `resultCharacters` of each result. */
export function joiningRequest(
  writer: RequestWriting,
  plan: Plan,
  caller: InferenceRequest,
  results: readonly StepResult[],
  resultCharacters: number,
): InferenceRequest {
  const own = JSON.parse(new TextDecoder().decode(partRequest(caller, plan.joiner).body)) as Record<string, unknown>;
  const body = joiningBody(plan, new Fence(writer.random), own, results, resultCharacters);
  const streamed = caller.stream ? { stream: true, stream_options: { include_usage: true } } : {};
  return writtenRequest(writer.parseChat, caller, { ...body, ...streamed });
}
