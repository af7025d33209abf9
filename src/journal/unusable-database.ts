/** The database can't be opened. `message` says why and what to do; it needs no stack. */
export class UnusableDatabase extends Error {
  override readonly name = "UnusableDatabase";

  constructor(file: string, cause: unknown) {
    super(
      `${file} can't be opened (${cause instanceof Error ? cause.message : String(cause)}). ` +
        "Run this as the user that the box runs as, and see with `signalbox doctor` what is wrong with the data folder.",
      { cause },
    );
  }
}
