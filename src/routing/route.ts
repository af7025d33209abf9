import { activeConstraints, chooseRoute, violationOf } from "../core/apply-policy.ts";
import type { Decision, RankedCandidate, RejectedCandidate } from "../core/decision.ts";
import { AIR_GAPPED, type EndpointSnapshot } from "../core/endpoint.ts";
import type { CompiledConstraint } from "../core/policy-port.ts";
import type { Workload } from "../core/workload.ts";
import { unaffordable } from "./affordable.ts";
import { unavailable } from "./available.ts";
import { classifyWorkload } from "./classify-workload.ts";
import { isExploring } from "./explore.ts";
import { planCascade } from "./cascade.ts";
import { mayNotGoOn, planContinuation } from "./continuation.ts";
import { exceedsContext, lacksCapability } from "./fit.ts";
import { shapeOf, withLearnedLength } from "./output-length.ts";
import { factsOfEndpoints, requestFacts, type FactsOfEndpoints } from "./policy-facts.ts";
import { predict, type PredictedCaller } from "./predict.ts";
import { rank, type Eligible } from "./rank.ts";
import { noteUnknownSlugs } from "./provider-slugs.ts";
import { excludedByRequest, type Rejection } from "./request-filters.ts";
import { resolveDataClass, type ResolvedDataClass } from "./resolve-data-class.ts";
import { resolveModels, type ResolvedModels } from "./resolve-models.ts";
import { asRecorded } from "./recorded-expectation.ts";
import type { RoutingInput } from "./routing-input.ts";
import { wrongKind } from "./serves-kind.ts";

/** The route's name in a decision when no route of the policy holds. */
const NO_ROUTE_ID = "none";

/**
 * Decides where a request may go and in what order. Pure: the same input always gives the same decision. Every endpoint
 * of the input is in the decision exactly once, as a candidate or as rejected with the first reason of:
 *
 * 1. the data class that was named does not exist
 * 2. its model was not asked for or is not made for this kind of work, or a suffix of the name is not known; or it can't go
 *    on with the answer that broke off
 * 3. the configuration excludes it (air-gapped, for example)
 * 4. it lacks what the request can't do without
 * 5. prompt and answer can't fit its context
 * 6. the request's own `provider` object or suffix
 * 7. a constraint of the policy; one that can't be evaluated forbids
 * 8. the key's budget
 * 9. it can't serve now
 * 10. this request has tried it before
 * 11. `allow_fallbacks: false`, and it is not the first
 *
 * A decision without candidates is a refusal: `refusalOf` says which.
 */
export function route(input: RoutingInput): Decision {
  const { request, policy, principal } = input;
  const notes: string[] = [];
  const classified =
    input.recorded?.workload ??
    classifyWorkload(request, input.textModel, (task) => input.feedback?.correctionOf(principal, task));
  const lengths =
    input.recorded !== undefined ? undefined : input.learned?.lengthsOf(principal.keyId, shapeOf(request, classified));
  const workload = withLearnedLength(classified, lengths?.overall, request.maxTokens);
  const dataClass = resolveDataClass(request, principal, input.dataClasses);
  const models = resolveModels(request, input.endpoints);
  if (models.unknown.length > 0) notes.push(`not configured: ${models.unknown.join(", ")}`);
  const { order = [], only = [], ignore = [] } = request.provider;
  notes.push(...noteUnknownSlugs([...order, ...only, ...ignore], input.endpoints));
  const facts = requestFacts(input, workload, dataClass.name);
  const constraints = activeConstraints(policy.constraints, facts);
  const chosen = chooseRoute(policy.routes, facts, (text) => notes.push(text));
  const objective = chosen?.objective ?? "balanced";

  const rejected: RejectedCandidate[] = [];
  const eligible: Eligible[] = [];
  const caller: PredictedCaller = {
    keyId: principal.keyId,
    weight: input.keyWeight ?? 1,
    sticky: input.sticky,
    lengths,
  };
  const endpointFacts = factsOfEndpoints(facts);
  const context: JudgingContext = { input, workload, dataClass, models, facts: endpointFacts, constraints, caller };
  for (const endpoint of input.endpoints) {
    const verdict = judge(endpoint, context);
    if ("endpoint" in verdict) eligible.push(verdict);
    else rejected.push({ endpointId: endpoint.facts.id, ...verdict });
  }
  const chance = isExploring(input) ? input.chance : undefined;
  const ranked = rank(eligible, {
    request,
    workload,
    models,
    facts: endpointFacts,
    route: chosen,
    objective,
    sticky: input.sticky,
    chance,
  });
  const { candidates, cut } = withoutFallbacks(ranked, input);
  const isFirstRound = (input.alreadyTried ?? []).length === 0;
  const factsOf = (id: string) => input.endpoints.find((endpoint) => endpoint.facts.id === id)?.facts;
  const cascade = isFirstRound ? planCascade(request, chosen, candidates, factsOf) : undefined;
  const { plan: continuation, note } = planContinuation(request, chosen, candidates, factsOf);
  if (note !== undefined) notes.push(note);

  return {
    requestId: input.requestId,
    keyId: principal.keyId,
    requestedModel: request.model,
    ...(input.preset === undefined ? {} : { preset: input.preset }),
    workload,
    dataClass: dataClass.name,
    policySha256: policy.sha256,
    routeId: chosen?.id ?? NO_ROUTE_ID,
    objective,
    ...((request.provider.hedge ?? chosen?.hedge) === true ? { hedge: true } : {}),
    ...(cascade === undefined ? {} : { cascade }),
    ...(continuation === undefined ? {} : { continuation }),
    candidates,
    rejected: [...rejected, ...cut],
    ...(notes.length === 0 ? {} : { notes }),
  };
}

interface JudgingContext {
  readonly input: RoutingInput;
  readonly workload: Workload;
  readonly dataClass: ResolvedDataClass;
  readonly models: ResolvedModels;
  readonly facts: FactsOfEndpoints;
  readonly constraints: readonly CompiledConstraint[];
  readonly caller: PredictedCaller;
}

/** The endpoint as eligible, or the first reason against it; the numbers are those of `route`. */
function judge(endpoint: EndpointSnapshot, context: JudgingContext): Eligible | Rejection {
  const { input, workload, dataClass, models, constraints } = context;
  const { request } = input;
  const { facts } = endpoint;
  // 1
  if (dataClass.problem !== undefined) return { kind: "request", ...dataClass.problem };
  // 2
  if (models.unknownSuffix !== undefined)
    return { kind: "model", by: `:${models.unknownSuffix}`, detail: "no such suffix is known" };
  if (models.positionOf(facts.modelId) === undefined)
    return { kind: "model", by: "model", detail: `it serves ${facts.modelId}` };
  const wrong = wrongKind(facts, request) ?? mayNotGoOn(facts, request);
  if (wrong !== undefined) return wrong;
  // 3
  const { excludedBecause } = facts;
  if (excludedBecause !== undefined)
    return {
      kind: "egress",
      by: excludedBecause.startsWith(AIR_GAPPED) ? AIR_GAPPED : "configuration",
      detail: excludedBecause,
    };
  // 4, 5, 6
  const mismatch =
    lacksCapability(facts, request) ?? exceedsContext(facts, request) ?? excludedByRequest(facts, request);
  if (mismatch !== undefined) return mismatch;
  // 7
  const predicted = predict(endpoint, request, workload, context.caller);
  const expectation = asRecorded(predicted, input.recorded?.predictions.get(facts.id));
  context.facts.lookAt(endpoint, expectation);
  for (const constraint of constraints) {
    const violation = violationOf(constraint, context.facts);
    if (violation !== undefined) return { kind: "constraint", by: constraint.id, detail: violation };
  }
  // 8, 9
  const hindrance = unaffordable(expectation.prediction, input.principal, input.spend) ?? unavailable(endpoint.state);
  if (hindrance !== undefined) return hindrance;
  // 10
  const tried = input.alreadyTried?.find(({ endpointId }) => endpointId === facts.id);
  if (tried !== undefined)
    return { kind: "availability", by: "already-tried", detail: `it was tried and failed: ${tried.errorCode}` };
  return { endpoint, expectation };
}

/** 11: `allow_fallbacks: false` without an `order` keeps the first endpoint, and none once it has been tried. */
function withoutFallbacks(
  ranked: readonly RankedCandidate[],
  { request, alreadyTried }: RoutingInput,
): { readonly candidates: readonly RankedCandidate[]; readonly cut: readonly RejectedCandidate[] } {
  if (request.provider.allowFallbacks || request.provider.order !== undefined) return { candidates: ranked, cut: [] };
  const kept = (alreadyTried ?? []).length > 0 ? 0 : 1;
  const cut = ranked.slice(kept).map(({ endpointId }) => ({
    endpointId,
    kind: "request" as const,
    by: "provider.allow_fallbacks",
    detail: "it would be a fallback, and the request allows none",
  }));
  return { candidates: ranked.slice(0, kept), cut };
}
