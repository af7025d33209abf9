/** Where it is said that a part did not stop. */
interface StopLog {
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** What is running, in the order in which it was started; it is stopped in the opposite one. */
export class Running {
  readonly #log: StopLog;
  readonly #stops: (() => Promise<void> | void)[] = [];

  constructor(log: StopLog) {
    this.#log = log;
  }

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /** Stops everything, also what comes after a part that fails to stop. */
  async stop(): Promise<void> {
    for (const stopOne of this.#stops.splice(0).toReversed()) {
      try {
        await stopOne();
      } catch (err) {
        this.#log.error({ err }, "a part of the box could not be stopped in order");
      }
    }
  }
}
