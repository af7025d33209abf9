import type { Clock, Random } from "../core/clock.ts";
import type { RequestId } from "../core/ids.ts";
import type { ResponseFormat } from "../core/inference-request.ts";
import type { InferenceService } from "../core/inference-service.ts";
import type { DecisionJournal, KeyDirectory } from "../core/records.ts";
import type { EndedPart } from "./part.ts";
import type { ParseChat } from "./written-request.ts";

/** What requests of parts are written with. */
export type RequestWriting = Pick<JointPorts, "newRequestId" | "random" | "parseChat">;

/** What joint requests reach the rest of the box through. */
export interface JointPorts {
  /** Answers the parts, each as any request. */
  readonly service: InferenceService;
  readonly journal: Pick<DecisionJournal, "recordRefusal" | "recordJoint" | "recordJointOutcome">;
  readonly keys: Pick<KeyDirectory, "spendOf">;
  readonly clock: Clock;
  readonly random: Random;
  readonly parseChat: ParseChat;
  /** What is wrong with an answer in the form that a request asks for; throws `invalid_request` for a schema that is none. */
  readonly checkFormat: (format: ResponseFormat) => (text: string) => string | undefined;
  readonly newRequestId: () => RequestId;
  /** Counts a part that has ended; its times are from its asking. */
  readonly onPartEnded?: (end: EndedPart, times: { readonly firstContentMs: number; readonly totalMs: number }) => void;
}
