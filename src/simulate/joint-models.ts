import { AUTO_MODEL } from "../routing/resolve-models.ts";
import { planParts } from "./plan-parts.ts";
import type { TracedRequest, TracedStep } from "./traced-request.ts";

/** A panel as a simulation plays it. */
export interface SimulatedPanel {
  readonly id: string;
  readonly members: readonly string[];
  readonly quorum: number;
  /** A model that selects an answer, or writes one out of all; absent where votes or tests decide. */
  readonly judge?: { readonly modelId: string; readonly merges: boolean };
  /** Of the members and the judge together; absent: as long as they take. */
  readonly timeoutMs?: number;
}

/** A plan as a simulation plays it. */
export interface SimulatedPlan {
  readonly id: string;
  readonly planner: string;
  /** The router chooses among them for each step. */
  readonly workers: readonly string[];
  readonly joiner: string;
  readonly maxSteps: number;
  readonly maxParallel: number;
  readonly maxStepTokens: number;
  readonly timeoutMs?: number;
}

/** One request that a panel answers: which of the requests are its parts. */
export interface PlayedPanel {
  readonly kind: "panel";
  readonly members: readonly number[];
  readonly judge?: number;
  readonly quorum: number;
  readonly timeoutMs?: number;
}

/** One step of a plan: which of the requests it is, and after which of the plan's steps it comes, by their place. */
export interface PlayedStep {
  readonly part: number;
  readonly outputTokens: number;
  readonly after: readonly number[];
  /** It would write more than a step may: what is cut short is no result. */
  readonly isCut: boolean;
}

/** One request that a plan answers. */
export interface PlayedPlan {
  readonly kind: "plan";
  readonly planner: number;
  /** None where the plan has more than it may: then the joiner answers alone. */
  readonly steps: readonly PlayedStep[];
  readonly joiner: number;
  /** Of the caller's own prompt. */
  readonly promptTokens: number;
  readonly maxParallel: number;
  readonly timeoutMs?: number;
}

/** One request that several others answer together. */
export type PlayedWhole = PlayedPanel | PlayedPlan;

/** What requests of a trace may name beside models. */
export interface SimulatedJointModels {
  readonly panels?: readonly SimulatedPanel[];
  readonly plans?: readonly SimulatedPlan[];
  /** The steps of a plan whose request states none; absent: as many, each as long, as the plan allows. */
  readonly usualSteps?: readonly TracedStep[];
}

/** A trace with a request for each part of a joint one behind its own requests, and the wholes by their place in it. */
export interface ExpandedTrace {
  readonly requests: readonly TracedRequest[];
  readonly wholes: ReadonlyMap<number, PlayedWhole>;
  /** Requests to plans of whose steps nothing was stated. */
  readonly assumedPlans: number;
}

/** Adds a part to the trace: `prompt`, to a model or to any of several, with `more` of its own. Answers with its place. */
export type AddPart = (
  prompt: TracedRequest,
  model: string | readonly string[],
  more?: Partial<TracedRequest>,
) => number;

/** Tokens of a judge's rules, and of its verdict. */
const RULES_TOKENS = 200;
const VERDICT_TOKENS = 10;

/** Adds the parts of every request that names a panel or a plan. */
export function expandJointRequests(
  trace: readonly TracedRequest[],
  { panels = [], plans = [], usualSteps }: SimulatedJointModels,
): ExpandedTrace {
  const panelOf = new Map(panels.map((panel) => [panel.id, panel]));
  const planOf = new Map(plans.map((plan) => [plan.id, plan]));
  const wholes = new Map<number, PlayedWhole>();
  let assumedPlans = 0;
  if (panelOf.size + planOf.size === 0) return { requests: trace, wholes, assumedPlans };
  const parts: TracedRequest[] = [];
  for (const [index, { steps, ...request }] of trace.entries()) {
    const [panel, plan] = [panelOf.get(request.model ?? ""), planOf.get(request.model ?? "")];
    const add: AddPart = (prompt, model, more = {}) => {
      const asked = typeof model === "string" ? { model } : { model: AUTO_MODEL, anyOf: model };
      return trace.length - 1 + parts.push({ ...prompt, ...asked, partOf: index, ...more });
    };
    if (panel !== undefined) wholes.set(index, panelParts(panel, request, add));
    if (plan === undefined) continue;
    const stated = steps ?? usualSteps;
    if (stated === undefined) assumedPlans += 1;
    wholes.set(index, planParts(plan, request, stated ?? mostStepsOf(plan), add));
  }
  return { requests: [...trace, ...parts], wholes, assumedPlans };
}

/**
 * Each member reads the same prompt and writes as many tokens as the trace has for the whole; a judge reads the prompt and
 * all answers.
 */
function panelParts(panel: SimulatedPanel, request: TracedRequest, add: AddPart): PlayedPanel {
  const { judge, quorum, timeoutMs } = panel;
  const members = panel.members.map((model) => add(request, model));
  const { prefixIds: _, ...unread } = request;
  const { promptTokens, outputTokens } = request;
  const read = promptTokens + RULES_TOKENS + panel.members.length * outputTokens;
  const written = judge?.merges === true ? outputTokens : VERDICT_TOKENS;
  // Rules and new marks stand before what a judge selects from, so that nobody has read its prompt before.
  const prompt = judge?.merges === true ? request : unread;
  return {
    kind: "panel",
    members,
    quorum,
    ...(judge === undefined
      ? {}
      : { judge: add(prompt, judge.modelId, { promptTokens: read, outputTokens: written }) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

/** As many steps as there may be, side by side, each as long as it may be: what costs most. */
function mostStepsOf({ maxSteps, maxStepTokens }: SimulatedPlan): readonly TracedStep[] {
  return Array.from({ length: maxSteps }, () => ({ outputTokens: maxStepTokens, after: [] }));
}
