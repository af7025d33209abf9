import type { Decision } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";

/** One endpoint of a decision as a line of a table. Numbers that are not known are absent. */
export interface DecisionRow {
  /** 1 for the endpoint that is asked first; absent for those that are not asked. */
  readonly position?: number;
  readonly endpointId: EndpointId;
  readonly verdict: "candidate" | "rejected";
  readonly queueMs?: number;
  readonly ttftMs?: number;
  readonly totalMs?: number;
  readonly tokensPerSecond?: number;
  readonly costUsd?: number;
  /** Why it stands where it does, or what excluded it. */
  readonly why: string;
}

/** A decision as rows, the candidates first and in their order, then the rejected. */
export function explainDecision(decision: Decision): readonly DecisionRow[] {
  const candidates = decision.candidates.map(({ endpointId, prediction, reasons }, index): DecisionRow => {
    const { costMicroUsd, queueMs, ttftMs, totalMs, tokensPerSecond } = prediction;
    return {
      position: index + 1,
      endpointId,
      verdict: "candidate",
      queueMs,
      ...(ttftMs === undefined ? {} : { ttftMs }),
      ...(totalMs === undefined ? {} : { totalMs }),
      ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
      ...(costMicroUsd === undefined ? {} : { costUsd: costMicroUsd / 1_000_000 }),
      why: reasons.join("; "),
    };
  });
  const rejected = decision.rejected.map(({ endpointId, kind, by, detail }): DecisionRow => {
    return { endpointId, verdict: "rejected", why: `${kind} ${by}: ${detail}` };
  });
  return [...candidates, ...rejected];
}
