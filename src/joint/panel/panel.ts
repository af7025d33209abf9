import type { ModelId } from "../../core/ids.ts";

/** Models that answer a request together: the answer of the most of them is the panel's. */
export interface Panel {
  /** What clients ask for as `model`. */
  readonly id: ModelId;
  /** Of equal answers, that of the member named first counts. */
  readonly members: readonly ModelId[];
  /** Members that have to answer; the others may fail. */
  readonly quorum: number;
  /** One deadline over all members. */
  readonly timeoutMs: number;
  /** The most that all members together may cost; absent: what the key may still spend. In micro-USD. */
  readonly maxCostMicroUsd?: number;
}
