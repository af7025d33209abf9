import { SignalboxError } from "../../core/errors.ts";
import type { InferenceExecution, InferenceJob } from "../../core/inference-service.ts";
import type { PartSummary } from "../../core/joint-request.ts";
import type { Spend } from "../../core/records.ts";
import { leftOf } from "../decide-on-whole.ts";
import { openJoint, type OpenJoint } from "../joint-flow.ts";
import type { JointPorts } from "../joint-ports.ts";
import { describePart, hasAnswered, type EndedPart, type Part } from "../part.ts";
import { decidePlan, joiningRequest, shownOfResults, stepRequest, type DecidedPlan } from "./decide-plan.ts";
import { join } from "./join.ts";
import type { Plan, Step } from "./plan.ts";
import type { StepResult } from "./plan-prompt.ts";
import { readPlan } from "./read-plan.ts";
import { runSteps } from "./run-steps.ts";

/** Of a plan's time, what is over when its steps have to be done, so that the joiner has some. */
const STEPS_SHARE = 0.7;

/** A step that was asked for, with its request. */
type AskedStep = StepResult & { readonly end?: EndedPart };

/**
 * One request to a plan: who may plan, work and join and for how much, on record; the planner's steps; the steps, side by
 * side; and the joiner's answer, which the caller has as it comes. What became of all is on record when the answer has
 * ended. Where there is no plan, the joiner answers alone. Rejects with SignalboxError.
 */
export async function runPlan(ports: JointPorts, plan: Plan, job: InferenceJob): Promise<InferenceExecution> {
  const spend = ports.keys.spendOf(job.principal.keyId);
  const decided = decidePlan({ ...ports, explain: ports.service.explain, spend }, plan, job);
  const open = await openJoint(ports, job, decided.decision, { ...plan, ...moneyOf(plan, spend) });
  const stopping = new AbortController();
  const cancelTimer = ports.clock.after(open.time.totalMs * STEPS_SHARE, () =>
    stopping.abort(new SignalboxError("superseded", "It is time to join the results.")),
  );
  try {
    // What the answer may cost is set aside, so that the steps can't use it up.
    const leaveToJoiner = open.purse.hold(decided.joinerCostMicroUsd);
    const planned = await askPlanner(open, plan, decided, stopping.signal);
    const results = await runSteps(planned.steps, plan.maxParallel, (step, needed) =>
      askStep(ports, open, { plan, job, decided }, step, needed, stopping.signal),
    );
    leaveToJoiner({ costMicroUsd: 0 });
    const before = [planned.end, ...results.flatMap((result: AskedStep) => result.end ?? [])];
    const parts = [describePart(planned.end), ...results.flatMap(describeStep)];
    const characters = shownOfResults(plan, decided, results);
    const joiner = (tries: number): Part => {
      const request = joiningRequest(ports, plan, job.request, results, Math.floor(characters / 2 ** tries));
      const requestId = tries === 0 ? decided.joiner.job.requestId : ports.newRequestId();
      return open.partOf({ ...decided.joiner, job: { ...decided.joiner.job, requestId, request } });
    };
    return await join(ports, job, open, { joiner, before, parts, verdict: verdictOf(planned.problem, results) });
  } catch (error) {
    open.time.clear();
    throw error;
  } finally {
    cancelTimer();
  }
}

/** The most that everything may cost: what is configured, and what the key has left. */
function moneyOf({ maxCostMicroUsd }: Plan, spend: Spend): { readonly maxCostMicroUsd?: number } {
  const most = Math.min(maxCostMicroUsd ?? Infinity, leftOf(spend));
  return most === Infinity ? {} : { maxCostMicroUsd: most };
}

async function askPlanner(
  open: OpenJoint,
  { maxSteps }: Plan,
  { planner }: DecidedPlan,
  stopping: AbortSignal,
): Promise<{ readonly end: EndedPart; readonly steps: readonly Step[]; readonly problem?: string }> {
  const end = await open.ask(open.partOf(planner), stopping);
  if (!hasAnswered(end)) return { end, steps: [], problem: `planner failed: ${end.error?.code ?? "no text"}` };
  const read = readPlan(end.text, maxSteps);
  if (read.kind === "plan") return { end, steps: read.steps };
  return { end, steps: [], problem: `no plan, ${read.problem}` };
}

async function askStep(
  ports: JointPorts,
  open: OpenJoint,
  { plan, job, decided }: { readonly plan: Plan; readonly job: InferenceJob; readonly decided: DecidedPlan },
  step: Step,
  needed: readonly StepResult[],
  stopping: AbortSignal,
): Promise<AskedStep> {
  if (stopping.aborted || open.time.whyOver() !== undefined) return { step, because: "time was over" };
  const requestId = ports.newRequestId();
  const own = {
    ...decided.planner.job,
    requestId,
    request: stepRequest(ports, plan, job.request, step, needed),
    partOf: { requestId: job.requestId, role: "step" } as const,
  };
  const end = await open.ask(open.partOf({ role: "step", modelId: plan.workers.join(", "), job: own }), stopping);
  if (hasAnswered(end)) return { step, end, text: end.text };
  return { step, end, because: `it failed: ${end.error?.code ?? "no text"}` };
}

function describeStep({ step: { number, after }, end }: AskedStep): PartSummary[] {
  return end === undefined ? [] : [{ ...describePart(end), step: { number, after } }];
}

function verdictOf(problem: string | undefined, results: readonly StepResult[]): string {
  if (results.length === 0) return `${problem ?? "no steps"}, answered in one piece`;
  return `${results.filter(({ text }) => text !== undefined).length} of ${results.length} steps have results`;
}
