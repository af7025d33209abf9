/** What an answer took of the model until it ended or failed. */
export interface SpentTokens {
  readonly completionTokens: number;
  /** Of `completionTokens`. */
  readonly reasoningTokens: number;
  /** Of the prompt's tokens, those that the slot had evaluated before. */
  readonly cachedTokens: number;
}

/** The model wrote something that does not satisfy what was asked of it, although a grammar led it. May be tried once more. */
export class InvalidAnswer extends Error {
  override readonly name = "InvalidAnswer";
  /** What it wrote. */
  readonly text: string;
  /** What the whole answer took up to there; set where the answer is given up. */
  spent?: SpentTokens;

  constructor(problem: string, text: string) {
    super(problem);
    this.text = text;
  }
}
