import { systemClock } from "../../src/app/system-clock.ts";
import type { EndpointFacts } from "../../src/core/endpoint.ts";
import { DEFAULT_QUEUE_CLASSES } from "../../src/core/queue-policy.ts";
import { LiveEndpoint } from "../../src/dispatch/live-endpoint.ts";
import { ProviderBreaker } from "../../src/routing/provider-breaker.ts";

/** Answers from which each has learned how fast it is. */
const ANSWERS = 100;

/** One endpoint for each of `facts` that has learned and is at work, as a decision finds them. None is ever asked. */
export function liveEndpointsOf(facts: readonly EndpointFacts[]): readonly LiveEndpoint[] {
  return facts.map((one, index) => {
    const live = new LiveEndpoint({
      endpoint: { facts: one, infer: () => neverAsked() },
      queue: { requests: 64, classes: DEFAULT_QUEUE_CLASSES },
      readings: () => ({ loaded: true, prefillTokensPerSecond: 4_000 }),
      clock: systemClock,
      provider: new ProviderBreaker(),
    });
    for (let answer = 0; answer < ANSWERS; answer++)
      live.attemptEnded({
        startedAtMs: 0,
        firstContentMs: 300 + answer,
        decodeMs: 1_000 + answer,
        completionTokens: 50,
        meanRunning: 1 + (answer % one.slots),
        ratios: { firstContent: 1.1, writing: 0.9 },
      });
    for (let request = 0; request < index % (one.slots + 1); request++)
      void live.enter({
        keyId: "key_bench",
        weight: 1,
        workloadClass: "interactive",
        tier: "standard",
        promptTokens: 500,
        expectedOutputTokens: 100,
        signal: new AbortController().signal,
        patienceMs: Infinity,
        timeLeftMs: Infinity,
        writtenTokens: () => 10,
      });
    return live;
  });
}

function neverAsked(): never {
  throw new Error("no endpoint of this benchmark is asked");
}
