import type { Decision } from "../../core/decision.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { JointDecision, PartRole } from "../../core/joint-request.ts";
import type { Spend } from "../../core/records.ts";
import { checkJointRequest } from "../check-joint-request.ts";
import { Fence } from "../fence.ts";
import {
  decisionOnWhole,
  foresee,
  foreseenPart,
  mayBeAsked,
  sumWorstCosts,
  tooDear,
  whyLeftOut,
  type Explain,
  type Foreseen,
  type LookedAtJob,
} from "../foresee.ts";
import type { JointPorts } from "../joint-ports.ts";
import { partRequest } from "../part-request.ts";
import { messagesOf, writtenRequest } from "../written-request.ts";
import type { Plan, Step } from "./plan.ts";
import { CHARACTERS_PER_TOKEN, joiningBody, planningBody, stepBody, type StepResult } from "./plan-prompt.ts";

/** What requests of a plan are written with. */
export type PlanWriter = Pick<JointPorts, "newRequestId" | "random" | "parseChat">;

/** What a plan is decided with. */
export interface PlanFacts extends PlanWriter {
  readonly explain: Explain;
  readonly spend: Spend;
}

/** A decision on a plan: its planner and its joiner as they are foreseen. */
export interface DecidedPlan {
  readonly decision: Decision & { readonly joint: JointDecision };
  readonly planner: Foreseen;
  readonly joiner: Foreseen;
  /** What the joiner may cost at most, which the steps leave to it; undefined while a price is unknown. */
  readonly joinerCostMicroUsd?: number;
}

/** A step before there is a plan, whose task is as long as those of most. */
const ANY_STEP: Step = { number: 1, task: "x".repeat(400), after: [] };

/**
 * Who would plan, work and join now, and whether it is worth beginning: each of the three may be asked, and there is money
 * for the plan, one step and the answer. Throws `invalid_request` for a request that no plan answers.
 */
export function decidePlan(facts: PlanFacts, plan: Plan, job: LookedAtJob): DecidedPlan {
  checkJointRequest("plan", job.request);
  const look = (role: PartRole, modelId: string, request: InferenceRequest): Foreseen =>
    foresee(facts.explain, job, { role, modelId, requestId: facts.newRequestId() }, request);
  const planner = look("planner", plan.planner, planningRequest(facts, plan, job.request));
  const worker = look("step", plan.workers.join(", "), stepRequest(facts, plan, job.request, ANY_STEP, []));
  const longest = { step: ANY_STEP, text: "x".repeat(plan.maxStepTokens * CHARACTERS_PER_TOKEN) };
  const results = Array.from({ length: plan.maxSteps }, () => longest);
  const joiner = look("joiner", plan.joiner, joiningRequest(facts, plan, job.request, results));
  const all = [planner, worker, joiner];
  const leftOut = all.filter((one) => !mayBeAsked(one)).map(whyLeftOut);
  const foreseen = all.flatMap((one) => foreseenPart(one) ?? []);
  const parts = foreseen.map((part) => (part.role === "step" ? withoutId({ ...part, atMost: plan.maxSteps }) : part));
  const worst = sumWorstCosts(parts);
  const { maxCostMicroUsd } = plan;
  const [first] = leftOut;
  const refusal =
    first === undefined
      ? tooDear(sumWorstCosts(foreseen), maxCostMicroUsd, facts.spend)
      : { errorCode: first.errorCode, message: `Plan ${plan.id} can't be made: ${first.modelId} (${first.because}).` };
  const joint: JointDecision = {
    kind: "plan",
    modelId: plan.id,
    parts,
    leftOut: leftOut.map(({ modelId, because }) => ({ modelId, because })),
    ...(worst === undefined ? {} : { worstCostMicroUsd: worst }),
    ...(maxCostMicroUsd === undefined ? {} : { maxCostMicroUsd }),
    ...(refusal === undefined ? {} : { refusal }),
  };
  const joinerCostMicroUsd = foreseen.find(({ role }) => role === "joiner")?.worstCostMicroUsd;
  return {
    decision: { ...decisionOnWhole(job, all, joint), joint },
    planner,
    joiner,
    ...(joinerCostMicroUsd === undefined ? {} : { joinerCostMicroUsd }),
  };
}

/** Each step has a request of its own, whose id nobody knows yet. */
function withoutId<Foreseeable extends { readonly requestId?: string }>(
  part: Foreseeable,
): Omit<Foreseeable, "requestId"> {
  const { requestId: _, ...rest } = part;
  return rest;
}

/** The planner's request. */
export function planningRequest(writer: PlanWriter, plan: Plan, caller: InferenceRequest): InferenceRequest {
  const body = planningBody(plan, new Fence(writer.random), messagesOf(caller));
  return writtenRequest(writer.parseChat, caller, body);
}

/** The request of a step, with the results that it needs. */
export function stepRequest(
  writer: PlanWriter,
  plan: Plan,
  caller: InferenceRequest,
  step: Step,
  needed: readonly StepResult[],
): InferenceRequest {
  const body = stepBody(plan, new Fence(writer.random), messagesOf(caller), step, needed);
  return writtenRequest(writer.parseChat, caller, body);
}

/** The joiner's request: whole, or a stream where the caller asked for one. */
export function joiningRequest(
  writer: PlanWriter,
  plan: Plan,
  caller: InferenceRequest,
  results: readonly StepResult[],
): InferenceRequest {
  const own = JSON.parse(new TextDecoder().decode(partRequest(caller, plan.joiner).body)) as Record<string, unknown>;
  const body = joiningBody(plan, new Fence(writer.random), own, results);
  const streamed = caller.stream ? { stream: true, stream_options: { include_usage: true } } : {};
  return writtenRequest(writer.parseChat, caller, { ...body, ...streamed });
}
