/** A call of a tool that an answer asks for. */
export interface AnsweredToolCall {
  readonly name: string;
  /** Parsed; the text itself where it is no JSON. */
  readonly arguments: unknown;
}

/** What a test may read of an answer, under the names that tests use. Absent facts are left out. */
export interface AnswerFacts {
  readonly text: string;
  readonly characters: number;
  readonly is_json: boolean;
  /** The whole text as JSON; left out where it is none. */
  readonly json?: unknown;
  readonly finish_reason?: string;
  readonly tool_calls: readonly AnsweredToolCall[];
}

/** A test of answers, compiled at load. MUST NOT throw: what it can't tell is an error, and counts as not passed. */
export type AnswerCondition = (answer: AnswerFacts) => boolean | { readonly error: string };

/** Why an answer has not passed a test. */
export interface FailedTest {
  readonly id: string;
  /** Where the test itself could not be evaluated; absent where it says no. Holds no text of the answer. */
  readonly error?: string;
}
