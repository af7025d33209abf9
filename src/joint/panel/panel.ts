import type { AnswerCondition } from "../../core/answer-test.ts";
import type { ModelId } from "../../core/ids.ts";

/** A model that selects the best answer, or writes one out of all. */
export interface ModelJudge {
  readonly kind: "model";
  readonly modelId: ModelId;
  readonly merges: boolean;
}

/** A test that answers have to pass, where it is required, or one that speaks for those that do. */
export interface AnswerTest {
  readonly id: string;
  readonly isRequired: boolean;
  readonly holds: AnswerCondition;
}

/** Tests, each of one answer alone. */
export interface TestJudge {
  readonly kind: "tests";
  readonly tests: readonly AnswerTest[];
}

/**
 * Who decides on the answers: the most votes, as `majority`; the most votes among those that follow the schema that the
 * request asks for, as `schema`; a model; or tests.
 */
export type Judge = { readonly kind: "majority" } | { readonly kind: "schema" } | ModelJudge | TestJudge;

/** Models that answer a request together: one of their answers is the panel's, or one made of them. */
export interface Panel {
  /** What clients ask for as `model`. */
  readonly id: ModelId;
  /** Of equal answers, that of the member named first counts. */
  readonly members: readonly ModelId[];
  /** Members that have to answer; the others may fail. */
  readonly quorum: number;
  readonly judge: Judge;
  /** One deadline over all members and the judge. */
  readonly timeoutMs: number;
  /** The most that all of them together may cost; absent: what the key may still spend. In micro-USD. */
  readonly maxCostMicroUsd?: number;
}
