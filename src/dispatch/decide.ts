import type { Decision } from "../core/decision.ts";
import type { InferenceJob } from "../core/inference-service.ts";
import type { Principal } from "../core/principal.ts";
import { recordRequest } from "../core/recorded-request.ts";
import type { Spend } from "../core/records.ts";
import { shadowOf } from "../routing/compare-decisions.ts";
import { spentEndpoints } from "../routing/failover.ts";
import { nowFactsOf } from "../routing/now-facts.ts";
import { route } from "../routing/route.ts";
import { shareHardware } from "../routing/share-hardware.ts";
import type { ActiveRouting, DispatchPorts } from "./execute-request.ts";
import type { Journey } from "./give-up.ts";
import { weightOf } from "./plan-attempt.ts";
import { sampleDirect } from "./sample-direct.ts";

/** The decision on a request as things stand at this instant. */
export function decide(
  ports: DispatchPorts,
  active: ActiveRouting,
  job: Omit<InferenceJob, "signal">,
  alreadyTried: Journey["attempts"],
  chance?: number,
  spend: Spend = spendOf(ports, job),
): Decision {
  const sticky = ports.sessions?.find(job);
  return route({
    requestId: job.requestId,
    request: job.request,
    principal: payingPrincipal(job),
    keyWeight: weightOf(job.principal, active),
    ...(job.preset === undefined ? {} : { preset: job.preset }),
    endpoints: shareHardware([...active.endpoints.values()].map((live) => live.snapshot())),
    policy: active.policy,
    dataClasses: active.dataClasses,
    now: nowFactsOf(ports.clock.wallMs()),
    spend,
    ...(ports.lengths === undefined ? {} : { learned: ports.lengths }),
    ...(chance === undefined ? {} : { chance }),
    alreadyTried: spentEndpoints(alreadyTried),
    ...(sticky === undefined ? {} : { sticky }),
    ...(ports.feedback === undefined ? {} : { feedback: ports.feedback }),
    ...(ports.textModel === undefined ? {} : { textModel: ports.textModel }),
  });
}

/**
 * The decision that counts. A request's first one also says what the request was, so that it can be decided again under
 * another policy, and what the policy that is tried would have changed.
 */
export function decideOnRecord(
  ports: DispatchPorts,
  active: ActiveRouting,
  job: InferenceJob,
  attempts: Journey["attempts"],
): Decision {
  const chance = ports.random?.next();
  const spend = spendOf(ports, job);
  const decision = decide(ports, active, job, attempts, chance, spend);
  if (attempts.length > 0) return decision;
  const request = recordRequest(job.request, spend);
  const direct = directOf(ports, active, job);
  const recorded = { ...decision, request, ...(direct === undefined ? {} : { direct }) };
  if (active.shadow === undefined) return recorded;
  const shadow = shadowOf(decision, decide(ports, { ...active, policy: active.shadow }, job, attempts, chance, spend));
  ports.onShadowed?.(shadow.change);
  return { ...recorded, shadow };
}

type PaidJob = Pick<InferenceJob, "principal" | "billedTo">;

/** What whoever pays has spent: a look into the database, so that a decision and its record share one. */
function spendOf(ports: DispatchPorts, job: PaidJob): Spend {
  return ports.keys.spendOf(payerOf(job).keyId);
}

function payerOf({ principal, billedTo }: PaidJob): Principal {
  return billedTo ?? principal;
}

/** The caller, with the budget of whoever pays. */
function payingPrincipal({ principal, billedTo }: PaidJob): Principal {
  if (billedTo === undefined) return principal;
  const { budgetMicroUsd: _, ...caller } = principal;
  const { budgetMicroUsd } = billedTo;
  return { ...caller, ...(budgetMicroUsd === undefined ? {} : { budgetMicroUsd }) };
}

/** What going direct would have meant for the request, where it is one of the sample. */
function directOf(ports: DispatchPorts, active: ActiveRouting, job: InferenceJob): Decision["direct"] {
  if (active.gain === undefined) return undefined;
  const live = active.endpoints.get(active.gain.endpointId);
  return sampleDirect(active.gain, live, ports.random, job, (directJob, only) =>
    decide(ports, { ...active, endpoints: new Map([[only.facts.id, only]]) }, directJob, []),
  );
}
