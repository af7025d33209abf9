import type { RecordedLeaf } from "../audit/read-leaves.ts";
import type { Decision } from "../core/decision.ts";
import type { EndpointFacts, EndpointSnapshot, EndpointState } from "../core/endpoint.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import type { Principal, Role } from "../core/principal.ts";
import { requestOf } from "../core/recorded-request.ts";
import { nowFactsOf } from "../routing/now-facts.ts";
import { SERVED_BEFORE } from "../routing/rank.ts";
import { route } from "../routing/route.ts";
import type { RoutingInput } from "../routing/routing-input.ts";

/** A decision of the past with all that it depended on, as far as the log tells. */
export interface ReplayableDecision {
  readonly auditIndex: number;
  readonly requestId: string;
  readonly recorded: Decision;
  /** Everything but the policy. */
  readonly input: Omit<RoutingInput, "policy">;
}

/** What decisions of the past are made again with. */
export interface ReplaySite {
  /** By id, of the configuration as it is. */
  readonly endpoints: ReadonlyMap<string, EndpointFacts>;
  readonly dataClasses: readonly string[];
}

/** What stands beside a list of which only the first items were recorded. */
type CutList = "candidatesOmitted" | "rejectedOmitted";

const IDLE: EndpointState = {
  breaker: "closed",
  loaded: true,
  running: 0,
  queued: 0,
  queuedPromptTokens: 0,
  queueLimit: Number.MAX_SAFE_INTEGER,
};

/**
 * What a leaf says about the first decision on a request. Undefined for other leaves, for those of releases that did
 * not record the request, and for those whose lists were cut because they were too long.
 */
export function replayableOf(leaf: RecordedLeaf, site: ReplaySite): ReplayableDecision | undefined {
  const recorded = leaf["decision"] as (Decision & Readonly<Partial<Record<CutList, unknown>>>) | undefined;
  if (recorded?.request === undefined) return undefined;
  // Decided on for a caller who is not the one on record.
  if (leaf["comparisonOf"] !== undefined) return undefined;
  if (recorded.rejectedOmitted !== undefined || recorded.candidatesOmitted !== undefined) return undefined;
  const principal = principalOf(leaf, recorded);
  const { request, workload, requestedModel } = recorded;
  const { spentMicroUsd, limitMicroUsd } = request;
  const requestId = String(leaf["requestId"]);
  const input: Omit<RoutingInput, "policy"> = {
    requestId,
    request: requestOf(request, requestedModel),
    principal,
    endpoints: endpointsOf(recorded, site),
    dataClasses: site.dataClasses,
    now: nowFactsOf(Date.parse(String(leaf["time"]))),
    recorded: {
      workload,
      predictions: new Map(recorded.candidates.map(({ endpointId, prediction }) => [endpointId, prediction])),
    },
    ...stickyOf(recorded),
    ...(spentMicroUsd === undefined
      ? {}
      : {
          spend: {
            settledMicroUsd: spentMicroUsd,
            reservedMicroUsd: 0,
            ...(limitMicroUsd === undefined ? {} : { limitMicroUsd }),
          },
        }),
  };
  return { auditIndex: leaf.index, requestId, recorded, input };
}

/** The decision under `policy`, on the facts of then. */
export function decideAgain({ input }: ReplayableDecision, policy: CompiledPolicy): Decision {
  return route({ ...input, policy });
}

/** The endpoint that had the conversation, where the decision was for it. */
function stickyOf({ candidates }: Decision): Pick<RoutingInput, "sticky"> {
  const stayed = candidates.find(({ reasons }) => reasons.includes(SERVED_BEFORE));
  return stayed === undefined ? {} : { sticky: { endpointId: stayed.endpointId } };
}

function principalOf(leaf: RecordedLeaf, { dataClass }: Decision): Principal {
  const { keyId, role, team, tags } = leaf as { keyId?: string; role?: Role; team?: string; tags?: readonly string[] };
  return {
    keyId: keyId ?? "key_unknown",
    keyName: keyId ?? "unknown",
    role: role ?? "inference",
    tags: tags ?? [],
    dataClass,
    ...(team === undefined ? {} : { team }),
  };
}

/** The endpoints of the decision that still are configured; what could not serve then can't in the replay. */
function endpointsOf({ candidates, rejected }: Decision, { endpoints }: ReplaySite): readonly EndpointSnapshot[] {
  const snapshot = (endpointId: string, state: EndpointState): readonly EndpointSnapshot[] => {
    const facts = endpoints.get(endpointId);
    return facts === undefined ? [] : [{ facts, state }];
  };
  return [
    ...candidates.flatMap(({ endpointId }) => snapshot(endpointId, IDLE)),
    ...rejected.flatMap(({ endpointId, kind, detail }) =>
      snapshot(endpointId, kind === "availability" ? { ...IDLE, unavailableBecause: detail } : IDLE),
    ),
  ];
}
