import { SignalboxError } from "../core/errors.ts";

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

/**
 * What `action` gives; what goes wrong with it is a CommandFailure, said by the error itself and what to do, without a
 * stack. `what` says first what became of the data.
 */
export async function orFail<Result>(action: () => Promise<Result>, what?: string): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy = error instanceof SignalboxError ? ` ${error.facts.remedy}` : "";
    throw new CommandFailure(`${what === undefined ? "" : `${what}. `}${message}${remedy}`);
  }
}
