import { ManualClock } from "../support/manual-clock.ts";

/** A manual clock that tells how many timers were set, so that a test can wait until one is. */
export class WatchedClock extends ManualClock {
  timersSet = 0;

  override after(delayMs: number, callback: () => void): () => void {
    this.timersSet += 1;
    return super.after(delayMs, callback);
  }
}
