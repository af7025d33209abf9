import type { QueueClasses } from "../core/queue-policy.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import { LearnedLengths } from "../dispatch/learn/learned-lengths.ts";
import type { RouterName } from "../simulate/choose-order.ts";
import { expandJointRequests, type SimulatedJointModels } from "../simulate/joint-models.ts";
import { runSimulation } from "../simulate/run-simulation.ts";
import type { SimulationInput, SimulationRun } from "../simulate/simulation-input.ts";
import { summarize, type SimulationSummary } from "../simulate/summarize.ts";
import type { TracedRequest } from "../simulate/traced-request.ts";
import type { RatedEndpoint } from "./read-endpoint-rates.ts";
import { SimulatedDoor } from "./simulated-door.ts";

/** Windows that a timeline has where nobody says how long one is. */
const USUAL_WINDOWS = 120;

/** A trace, and where it is played. */
export interface LoadToSimulate extends SimulatedJointModels {
  readonly requests: readonly TracedRequest[];
  readonly endpoints: readonly RatedEndpoint[];
  readonly policy: CompiledPolicy;
  readonly dataClasses: readonly string[];
  readonly classes: QueueClasses;
  readonly router: RouterName;
  readonly seed: number;
  readonly startsAtMs: number;
  readonly windowMs?: number;
  readonly onDecision?: SimulationInput["onDecision"];
  readonly onProgress?: (arrived: number) => void;
}

/** A simulation with its figures. */
export interface SimulatedLoad extends SimulationRun {
  readonly router: RouterName;
  readonly summary: SimulationSummary;
  /** Requests to plans whose steps nobody has stated: each counts as having as many, and as long, as the plan allows. */
  readonly assumedPlans: number;
}

/** Plays a trace with the doors and the learning of the real box. */
export function simulateLoad(load: LoadToSimulate): SimulatedLoad {
  const { endpoints, policy, dataClasses, classes, router, seed, startsAtMs } = load;
  const { requests, wholes, assumedPlans } = expandJointRequests(load.requests, load);
  const limitOf = new Map(endpoints.map((endpoint) => [endpoint.facts.id, endpoint.queueLimit]));
  const lastMs = load.requests.at(-1)?.atMs ?? 0;
  const queueLimitOf: SimulationInput["queueLimitOf"] = ({ facts }) => limitOf.get(facts.id) ?? 0;
  const run = runSimulation({
    ...{ requests, wholes, endpoints, policy, dataClasses, router, seed, startsAtMs, queueLimitOf },
    windowMs: load.windowMs ?? Math.max(1_000, Math.ceil(lastMs / USUAL_WINDOWS)),
    lengths: new LearnedLengths(),
    doorOf: (spec) => {
      const { prefillTokensPerSecond, firstContentMs = 0, decodeRates } = spec.profile;
      const decode = decodeRates[0]?.tokensPerSecond ?? 1;
      return new SimulatedDoor(spec.facts.slots, { requests: queueLimitOf(spec), classes }, (work) => {
        const readMs =
          prefillTokensPerSecond === undefined ? firstContentMs : (work.promptTokens * 1_000) / prefillTokensPerSecond;
        return readMs + (work.expectedOutputTokens * 1_000) / decode;
      });
    },
    ...(load.onDecision === undefined ? {} : { onDecision: load.onDecision }),
    ...(load.onProgress === undefined ? {} : { onProgress: load.onProgress }),
  });
  return { ...run, router, assumedPlans, summary: summarize(run, requests) };
}
