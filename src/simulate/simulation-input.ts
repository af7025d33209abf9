import type { Decision } from "../core/decision.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import type { LearnedExpectations, shapeOf } from "../routing/output-length.ts";
import type { RouterName } from "./choose-order.ts";
import type { Door } from "./door.ts";
import type { EndpointSpec } from "./endpoint-profile.ts";
import type { Outcomes } from "./outcomes.ts";
import type { PlayedWhole } from "./joint-models.ts";
import type { SimulatedEndpoint } from "./simulated-endpoint.ts";
import type { Timeline } from "./timeline.ts";
import type { TracedRequest } from "./traced-request.ts";

/** What answers teach: how long they are. A port, which `app` fills. */
export interface LengthLearner extends LearnedExpectations {
  add(keyId: string, shape: ReturnType<typeof shapeOf>, modelId: string, outputTokens: number): void;
}

/** Everything that a simulation depends on. The same input always gives the same outcomes. */
export interface SimulationInput {
  /** In order of arrival; behind them the parts of joint requests, which are asked when it is their turn. */
  readonly requests: readonly TracedRequest[];
  /** Requests that panels and plans answer, by their place; absent: none. */
  readonly wholes?: ReadonlyMap<number, PlayedWhole>;
  readonly endpoints: readonly EndpointSpec[];
  readonly policy: CompiledPolicy;
  readonly dataClasses: readonly string[];
  readonly router: RouterName;
  readonly seed: number;
  /** The time of day at which the trace begins, in milliseconds since the Unix epoch: policies may ask for it. */
  readonly startsAtMs: number;
  readonly doorOf: (spec: EndpointSpec) => Door;
  readonly queueLimitOf: (spec: EndpointSpec) => number;
  readonly lengths: LengthLearner;
  /** How long one window of the timeline is. */
  readonly windowMs: number;
  /** Hears every decision, for tests. */
  readonly onDecision?: (decision: Decision, request: TracedRequest) => void;
  /** Hears now and then how many requests have arrived, for progress. */
  readonly onProgress?: (arrived: number) => void;
}

/** What happened. */
export interface SimulationRun {
  readonly outcomes: Outcomes;
  readonly endpoints: readonly SimulatedEndpoint[];
  readonly timeline: Timeline;
  /** When the last answer ended. */
  readonly endedMs: number;
  readonly cascades: CascadeCounts;
}

/** How often a cheap answer went first, and was held back until it was known to be sure of itself. */
export interface CascadeCounts {
  held: number;
  /** Of those, the answers that were not sure enough, and those of them that were given all the same, as nobody else could. */
  unsure: number;
  givenBack: number;
}
