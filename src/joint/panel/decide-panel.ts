import type { ErrorCode } from "../../core/error-facts.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { Decision } from "../../core/decision.ts";
import type { JointDecision } from "../../core/joint-request.ts";
import type { Spend } from "../../core/records.ts";
import { checkJointRequest } from "../check-joint-request.ts";
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
import { foreseeJudge } from "./judge.ts";
import type { Panel } from "./panel.ts";

/** What a panel is decided with. */
export interface PanelFacts extends Pick<JointPorts, "newRequestId" | "random" | "parseChat"> {
  readonly explain: Explain;
  readonly spend: Spend;
}

/** A decision on a panel: who is asked, and the decision in the terms of any request. */
export interface DecidedPanel {
  readonly decision: Decision & { readonly joint: JointDecision };
  readonly members: readonly Foreseen[];
  /** The judge's request; absent where no model judges or it may not be asked. */
  readonly judge?: Foreseen;
}

/**
 * Who of a panel may be asked now, and whether it is worth asking: enough members for the quorum, and money for all of
 * them at their dearest. Throws `invalid_request` for a request that a panel can't answer.
 */
export function decidePanel(facts: PanelFacts, panel: Panel, job: LookedAtJob): DecidedPanel {
  checkJointRequest("panel", job.request);
  checkSchemaIsStated(panel, job.request);
  const all = panel.members.map((modelId) =>
    foresee(facts.explain, job, { role: "member", modelId, requestId: facts.newRequestId() }),
  );
  const members = all.filter(mayBeAsked);
  const judge = panel.judge.kind === "model" ? foreseeJudge(facts, panel.judge, job, members.length) : undefined;
  const judges = judge === undefined ? [] : [judge];
  const absent = all.filter((one) => !mayBeAsked(one)).map(whyLeftOut);
  const leftOut = [...absent, ...judges.filter((one) => !mayBeAsked(one)).map(whyLeftOut)];
  const parts = [...members, ...judges].flatMap((one) => foreseenPart(one) ?? []);
  const worst = sumWorstCosts(parts);
  const { maxCostMicroUsd } = panel;
  const refusal = noQuorum(panel, members.length, absent) ?? tooDear(worst, maxCostMicroUsd, facts.spend);
  const joint: JointDecision = {
    kind: "panel",
    modelId: panel.id,
    parts,
    leftOut: leftOut.map(({ modelId, because }) => ({ modelId, because })),
    quorum: panel.quorum,
    ...(worst === undefined ? {} : { worstCostMicroUsd: worst }),
    ...(maxCostMicroUsd === undefined ? {} : { maxCostMicroUsd }),
    ...(refusal === undefined ? {} : { refusal }),
  };
  const decision = { ...decisionOnWhole(job, [...all, ...judges], joint), joint };
  return { decision, members, ...(judge !== undefined && mayBeAsked(judge) ? { judge } : {}) };
}

function noQuorum(
  { id, quorum }: Panel,
  able: number,
  leftOut: readonly { readonly modelId: string; readonly because: string; readonly errorCode: ErrorCode }[],
): JointDecision["refusal"] {
  const [first] = leftOut;
  if (able >= quorum || first === undefined) return undefined;
  const why = leftOut.map(({ modelId, because }) => `${modelId} (${because})`).join(", ");
  const message = `Panel ${id} needs ${quorum} answers, and only ${able} of its members may be asked. Not asked: ${why}.`;
  return { errorCode: first.errorCode, message };
}

function checkSchemaIsStated({ judge }: Panel, { responseFormat }: InferenceRequest): void {
  if (judge.kind !== "schema" || responseFormat.kind !== "text") return;
  const message = "This panel chooses among answers that follow a schema: state `response_format`.";
  throw new SignalboxError("invalid_request", message, { param: "response_format" });
}
