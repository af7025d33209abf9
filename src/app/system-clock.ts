import type { Clock, Random } from "../core/clock.ts";

/** The process's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The longest delay that a timer of Node takes; a longer one would fire at once. @see https://nodejs.org/api/timers.html */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Chance from the platform. */
export const systemRandom: Random = { next: () => Math.random() };
