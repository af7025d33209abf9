import { SignalboxError } from "../../core/errors.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { JointDecision } from "../../core/joint-request.ts";
import { checkJointRequest } from "../check-joint-request.ts";
import { decideOnWhole, tooDear, type JointFacts, type WholeDecision } from "../decide-on-whole.ts";
import {
  foresee,
  foreseenPart,
  mayBeAsked,
  sumWorstCosts,
  whyLeftOut,
  type Foreseen,
  type LeftOut,
  type LookedAtJob,
} from "../foresee.ts";
import { foreseeJudge } from "./judge.ts";
import type { Showing } from "../shown-texts.ts";
import type { Panel } from "./panel.ts";

/** A decision on a panel: who is asked, and the decision in the terms of any request. */
export interface DecidedPanel {
  readonly decision: WholeDecision;
  readonly members: readonly Foreseen[];
  /** The judge's request; absent where no model judges or it may not be asked. */
  readonly judge?: Showing;
}

/**
 * Who of a panel may be asked now, and whether it is worth asking: enough members for the quorum, and money for all of
 * them at their dearest. Throws `invalid_request` for a request that a panel can't answer.
 */
export function decidePanel(facts: JointFacts, panel: Panel, job: LookedAtJob): DecidedPanel {
  checkJointRequest("panel", job.request, panel.judge.kind === "tests");
  checkSchemaIsStated(panel, job.request);
  const all = panel.members.map((modelId) =>
    foresee(facts.explain, job, { role: "member", modelId, requestId: facts.newRequestId() }),
  );
  const members = all.filter(mayBeAsked);
  const judge = panel.judge.kind === "model" ? foreseeJudge(facts, panel.judge, job, members.length) : undefined;
  const judges = judge === undefined ? [] : [judge.foreseen];
  const absent = all.filter((one) => !mayBeAsked(one)).map(whyLeftOut);
  const leftOut = [...absent, ...judges.filter((one) => !mayBeAsked(one)).map(whyLeftOut)];
  const parts = [...members, ...judges].flatMap((one) => foreseenPart(one) ?? []);
  const { maxCostMicroUsd } = panel;
  const refusal =
    noQuorum(panel, members.length, absent) ?? tooDear(sumWorstCosts(parts), maxCostMicroUsd, facts.spend);
  const decision = decideOnWhole(job, [...all, ...judges], {
    kind: "panel",
    modelId: panel.id,
    parts,
    leftOut,
    quorum: panel.quorum,
    ...(maxCostMicroUsd === undefined ? {} : { maxCostMicroUsd }),
    ...(refusal === undefined ? {} : { refusal }),
  });
  return { decision, members, ...(judge !== undefined && mayBeAsked(judge.foreseen) ? { judge } : {}) };
}

function noQuorum({ id, quorum }: Panel, able: number, leftOut: readonly LeftOut[]): JointDecision["refusal"] {
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
