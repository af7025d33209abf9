/** Exit codes of every command. */
export const EXIT = { success: 0, answerIsNo: 1, badUsage: 2 } as const;

/** A command could not do what was asked. `message` says what is wrong and what to do; `exitCode` follows {@link EXIT}. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.answerIsNo) {
    super(message);
    this.exitCode = exitCode;
  }
}
