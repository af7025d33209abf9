/** The model wrote something that does not satisfy what was asked of it, although a grammar led it. May be tried once more. */
export class InvalidAnswer extends Error {
  override readonly name = "InvalidAnswer";
  /** What it wrote. */
  readonly text: string;

  constructor(problem: string, text: string) {
    super(problem);
    this.text = text;
  }
}
