import type { Decision, Prediction, ScoreParts } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";

/** One endpoint of a decision as a line of a table. Numbers that are not known are absent. */
export interface DecisionRow {
  /** 1 for the endpoint that is asked first; absent for those that are not asked. */
  readonly position?: number;
  readonly endpointId: EndpointId;
  readonly verdict: "candidate" | "rejected";
  readonly queueMs?: number;
  readonly ttftMs?: number;
  readonly ttftP90Ms?: number;
  readonly totalMs?: number;
  readonly totalP90Ms?: number;
  readonly tokensPerSecond?: number;
  readonly costUsd?: number;
  /** How the score comes about, in micro-USD: `price 120 + lateness 900 - quality 5000 = -3980`. */
  readonly score?: string;
  /** Why it stands where it does, or what excluded it. */
  readonly why: string;
}

/** A decision as rows, the candidates first and in their order, then the rejected. */
export function explainDecision(decision: Decision): readonly DecisionRow[] {
  const candidates = decision.candidates.map((candidate, index): DecisionRow => {
    const { endpointId, prediction, reasons, score, scoreParts } = candidate;
    const { costMicroUsd, queueMs, ttftMs, ttftP90Ms, totalMs, totalP90Ms, tokensPerSecond } = prediction;
    return {
      position: index + 1,
      endpointId,
      verdict: "candidate",
      queueMs,
      ...(ttftMs === undefined ? {} : { ttftMs }),
      ...(ttftP90Ms === undefined ? {} : { ttftP90Ms }),
      ...(totalMs === undefined ? {} : { totalMs }),
      ...(totalP90Ms === undefined ? {} : { totalP90Ms }),
      ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
      ...(costMicroUsd === undefined ? {} : { costUsd: costMicroUsd / 1_000_000 }),
      ...(scoreParts === undefined ? {} : { score: `${summandsOf(scoreParts)} = ${score}` }),
      why: [...reasons, ...correctionsIn(prediction)].join("; "),
    };
  });
  const rejected = decision.rejected.map(({ endpointId, kind, by, detail }): DecisionRow => {
    return { endpointId, verdict: "rejected", why: `${kind} ${by}: ${detail}` };
  });
  return [...candidates, ...rejected];
}

function summandsOf(parts: ScoreParts): string {
  const text = Object.entries(parts)
    .map(([name, microUsd]: [string, number]) => `${microUsd < 0 ? "-" : "+"} ${name} ${Math.abs(microUsd)}`)
    .join(" ");
  return text.startsWith("+ ") ? text.slice(2) : text || "0";
}

function correctionsIn({ firstContentCorrection, writingCorrection }: Prediction): readonly string[] {
  const corrected = (what: string, factor: number | undefined): readonly string[] =>
    factor === undefined ? [] : [`${what} times ${factor}, as recent predictions were off by that`];
  return [...corrected("first content", firstContentCorrection), ...corrected("writing", writingCorrection)];
}
