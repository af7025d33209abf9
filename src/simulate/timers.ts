interface Timer {
  readonly atMs: number;
  readonly act: () => void;
}

/** Things to be done at a time of the simulation, the earliest first; of one time in the order in which they were added. */
export class Timers {
  readonly #timers: Timer[] = [];
  /** How many at the front were taken. */
  #taken = 0;

  /** When the next is due; infinite for none. */
  nextMs(): number {
    return this.#timers[this.#taken]?.atMs ?? Infinity;
  }

  /** Most are added in the order of their time, so that the place of a new one is looked for from the end. */
  add(atMs: number, act: () => void): void {
    const timers = this.#timers;
    let place = timers.length;
    while (place > this.#taken && (timers[place - 1]?.atMs ?? 0) > atMs) place -= 1;
    timers.splice(place, 0, { atMs, act });
  }

  /** Takes the next one away; undefined for none. */
  take(): (() => void) | undefined {
    const timer = this.#timers[this.#taken];
    if (timer === undefined) return undefined;
    this.#taken += 1;
    if (this.#taken * 2 > this.#timers.length) {
      this.#timers.splice(0, this.#taken);
      this.#taken = 0;
    }
    return timer.act;
  }
}
