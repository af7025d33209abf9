import type { ApplianceConfig } from "../config/appliance-schema.ts";
import type { Random } from "../core/clock.ts";
import type { FeedbackLog } from "../core/feedback.ts";
import { createInferenceService, type ActiveRouting, type DispatchPorts } from "../dispatch/execute-request.ts";
import { Comparer, type ComparerPorts } from "../measure/comparer.ts";
import { withoutLearning } from "./create-prober.ts";
import { requestWriter } from "./request-writer.ts";

/** The parts of a box that answers are compared with. */
export interface ComparerParts {
  readonly configuration: {
    readonly active: { readonly source: { readonly config: Pick<ApplianceConfig, "comparisons"> } };
    readonly routing: ActiveRouting;
  };
  readonly random: Random;
  readonly dispatch: DispatchPorts;
  readonly feedback: FeedbackLog;
  readonly log: ComparerPorts["log"];
  readonly metrics: ComparerPorts["metrics"];
}

/** The comparer of a running box. Compares nothing while the configuration has no `comparisons`. */
export function createComparer({ configuration, random, dispatch, feedback, log, metrics }: ComparerParts): Comparer {
  const writer = requestWriter(() => configuration.routing.dataClasses);
  return new Comparer({
    ...{ clock: dispatch.clock, random, feedback, log, metrics },
    service: createInferenceService(withoutLearning(dispatch)),
    settings: () => {
      const { comparisons } = configuration.active.source.config;
      if (comparisons === undefined) return undefined;
      const { budgetPerDay, share, cheap, judge } = comparisons;
      return { budgetMicroUsdPerDay: budgetPerDay, share, cheap, judge };
    },
    endpoints: () => [...configuration.routing.endpoints.values()].map((live) => live.snapshot()),
    parse: writer.parseChat,
    newRequestId: writer.newRequestId,
  });
}
