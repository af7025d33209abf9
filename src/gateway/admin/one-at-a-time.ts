import { SignalboxError } from "../../core/errors.ts";

/** Lets one piece of costly work run and refuses a second with `rate_limited` and this message. */
export function oneAtATime(busyMessage: string): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let isRunning = false;
  return async (work) => {
    if (isRunning) throw new SignalboxError("rate_limited", busyMessage);
    isRunning = true;
    try {
      return await work();
    } finally {
      isRunning = false;
    }
  };
}
