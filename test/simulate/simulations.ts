import { simulateLoad, type LoadToSimulate, type SimulatedLoad } from "../../src/app/simulate-load.ts";
import type { RatedEndpoint } from "../../src/app/read-endpoint-rates.ts";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import type { CompiledPolicy } from "../../src/core/policy-port.ts";
import { DEFAULT_QUEUE_CLASSES, type QueueClasses } from "../../src/core/queue-policy.ts";
import type { EndpointProfile } from "../../src/simulate/endpoint-profile.ts";
import { seededRandom } from "../../src/simulate/seeded-random.ts";
import type { TracedRequest } from "../../src/simulate/traced-request.ts";
import { endpoint, policyOf } from "../routing/builders.ts";

export const DATA_CLASSES = ["public", "internal", "confidential", "restricted"];

/** Every class may wait for ever, so that nothing but the number of places limits a queue. */
export const PATIENT_CLASSES = Object.fromEntries(
  Object.entries(DEFAULT_QUEUE_CLASSES).map(([name, one]) => [
    name,
    { ...one, maxWaitMs: 1e12, maxQueuedTokens: 1e12 },
  ]),
) as unknown as QueueClasses;

/** An endpoint that reads 1,000 tokens a second and writes 100, whatever else it does. */
export function rated(
  providerId: string,
  {
    facts,
    profile,
    queueLimit = 64,
  }: {
    readonly facts?: Partial<EndpointFacts>;
    readonly profile?: Partial<EndpointProfile>;
    readonly queueLimit?: number;
  } = {},
): RatedEndpoint {
  const decodeRates = [{ running: 1, tokensPerSecond: 100 }];
  const reading = profile?.firstContentMs === undefined ? { prefillTokensPerSecond: 1_000 } : {};
  return { facts: endpoint(providerId, facts).facts, queueLimit, profile: { decodeRates, ...reading, ...profile } };
}

export function traced(parts: Partial<TracedRequest> = {}): TracedRequest {
  return { atMs: 0, promptTokens: 100, outputTokens: 10, stream: "test", workloadClass: "interactive", ...parts };
}

/** A trace of `count` requests that come by chance, about one in `meanGapMs`. */
export function poissonTrace(
  count: number,
  meanGapMs: number,
  seed: number,
  parts: Partial<TracedRequest> = {},
): readonly TracedRequest[] {
  const random = seededRandom(seed);
  let atMs = 0;
  return Array.from({ length: count }, () => {
    atMs -= meanGapMs * Math.log(1 - random());
    return traced({ atMs, ...parts });
  });
}

export function simulated(
  requests: readonly TracedRequest[],
  endpoints: readonly RatedEndpoint[],
  parts: Partial<LoadToSimulate> & { readonly policy?: CompiledPolicy } = {},
): SimulatedLoad {
  return simulateLoad({
    requests,
    endpoints,
    policy: policyOf(),
    dataClasses: DATA_CLASSES,
    classes: DEFAULT_QUEUE_CLASSES,
    router: "signalbox",
    seed: 1,
    startsAtMs: 0,
    ...parts,
  });
}
