import type { EndpointId } from "./ids.ts";
import { costMicroUsd, type Price, type Usage } from "./usage.ts";

/**
 * What going direct to one fixed endpoint would have meant for a request, as it looked when it was decided on. Nothing is
 * sent there for it. Made for a sampled share of first decisions.
 */
export interface DirectAlternative {
  readonly endpointId: EndpointId;
  /** Share of the requests that are sampled, 0 to 1. */
  readonly share: number;
  /** What would have kept the request from going there: the rule or the filter. Then nothing is expected of it. */
  readonly excludedBy?: string;
  /** Absent: unknown. */
  readonly price?: Price;
  /** As predicted then; absent: unknown. */
  readonly ttftMs?: number;
  readonly totalMs?: number;
  /** What the answer was expected to be long there; absent: as long as anywhere. */
  readonly outputTokens?: number;
}

/**
 * What the tokens of an answer that was given would have cost there, in micro-USD. Another model counts other tokens and
 * writes other answers: this is the price of the same work, not a bill. Absent where a part of it is unknown.
 */
export function directCostMicroUsd({ price }: DirectAlternative, usage: Usage | undefined): number | undefined {
  const { promptTokens, completionTokens, cachedPromptTokens } = usage ?? {};
  if (price === undefined || promptTokens === undefined || completionTokens === undefined) return undefined;
  const cached = cachedPromptTokens === undefined ? {} : { cachedPromptTokens };
  return costMicroUsd(price, { promptTokens, completionTokens, ...cached });
}
