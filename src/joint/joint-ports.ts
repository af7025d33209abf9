import type { Clock } from "../core/clock.ts";
import type { RequestId } from "../core/ids.ts";
import type { InferenceService } from "../core/inference-service.ts";
import type { DecisionJournal, KeyDirectory } from "../core/records.ts";
import type { EndedPart } from "./part.ts";

/** What joint requests reach the rest of the box through. */
export interface JointPorts {
  /** Answers the parts, each as any request. */
  readonly service: InferenceService;
  readonly journal: Pick<DecisionJournal, "recordRefusal" | "recordJoint" | "recordJointOutcome">;
  readonly keys: Pick<KeyDirectory, "spendOf">;
  readonly clock: Clock;
  readonly newRequestId: () => RequestId;
  /** Counts a part that has ended. */
  readonly onPartEnded?: (end: EndedPart, totalMs: number) => void;
}
