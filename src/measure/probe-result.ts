import type { EndpointId } from "../core/ids.ts";

/** What came of one probe, as it is kept. Times in ms; unmeasured is absent. */
export interface ProbeResult {
  readonly endpointId: EndpointId;
  readonly question: string;
  /** On the wall clock. */
  readonly atMs: number;
  /** Absent where there was no answer. */
  readonly isRight?: boolean;
  /** Why there was none. */
  readonly errorCode?: string;
  /** The first characters of the answer to our own question. */
  readonly answer?: string;
  readonly meanLogProbability?: number;
  readonly firstContentMs?: number;
  /** Of an answer that is long enough to tell. */
  readonly tokensPerSecond?: number;
  readonly promptCharacters: number;
  /** As the server that read it counted; absent where it did not say. */
  readonly promptTokens?: number;
  readonly costMicroUsd?: number;
}

/** A result with whether it is part of what later ones are compared with. */
export interface KeptProbeResult extends ProbeResult {
  readonly isBaseline: boolean;
}

/** Answers to each question, from the first on, that later ones are compared with. */
export const BASELINE_ANSWERS = 10;

/** The newest answers to each question that are compared with the baseline. */
export const RECENT_ANSWERS = 20;

/** Results of each question that are kept beside the baseline. */
export const KEPT_RESULTS = 200;

/** Results that are older are dropped, the baseline's aside. */
export const KEPT_FOR_MS = 90 * 24 * 60 * 60_000;

/** Characters of an answer that are kept. */
export const KEPT_ANSWER_CHARACTERS = 200;
