import type { Decision } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";
import type { Principal } from "../core/principal.ts";
import type { NextAttempt } from "../routing/failover.ts";
import type { ActiveRouting } from "./execute-request.ts";
import type { AttemptPlan } from "./attempt.ts";
import type { Journey } from "./give-up.ts";
import type { LiveEndpoint } from "./live-endpoint.ts";

/** Everything that the next attempt of a request needs to know. */
export function planAttempt(
  journey: Journey,
  decision: Decision,
  active: ActiveRouting,
  next: Extract<NextAttempt, { kind: "attempt" }>,
): AttemptPlan {
  const candidate = decision.candidates.find(({ endpointId }) => endpointId === next.endpointId);
  if (candidate === undefined) throw new Error(`The next attempt names ${next.endpointId}, which is no candidate.`);
  const fallbackOf = journey.attempts.at(-1);
  return {
    job: journey.job,
    decision,
    candidate,
    live: liveEndpoint(active, next.endpointId),
    attemptNumber: journey.attempts.length + 1,
    keyWeight: weightOf(journey.job.principal, active),
    firstContentTimeoutMs: next.firstContentTimeoutMs,
    maxQueueMs: next.maxQueueMs,
    totalTimeoutMs: next.totalTimeoutMs,
    deadline: journey.deadline,
    ...(fallbackOf === undefined ? {} : { fallbackOf }),
    ...(journey.continuationOf === undefined ? {} : { continuationOf: journey.continuationOf }),
  };
}

/** The share of a key: its own, else its team's, else 1. */
export function weightOf({ weight, team }: Principal, { teamWeights = {} }: ActiveRouting): number {
  const ofTeam = team !== undefined && Object.hasOwn(teamWeights, team) ? teamWeights[team] : undefined;
  return weight ?? ofTeam ?? 1;
}

function liveEndpoint(active: ActiveRouting, endpointId: EndpointId): LiveEndpoint {
  const live = active.endpoints.get(endpointId);
  if (live === undefined) throw new Error(`The decision names ${endpointId}, which was not in its facts.`);
  return live;
}
