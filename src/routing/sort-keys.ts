/**
 * Rows of as many numbers each, to be compared one number after the other. One block of memory for all of them, which is
 * used again: a decision would else leave an array behind for every endpoint.
 */
export class SortKeys {
  readonly #columns: number;
  #numbers = new Float64Array(0);
  #next = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Forgets all rows and makes room for `rows` new ones. */
  start(rows: number): void {
    this.#next = 0;
    if (this.#numbers.length < rows * this.#columns) this.#numbers = new Float64Array(rows * this.#columns);
  }

  /** Adds the next number of the row that is being filled; rows follow each other. */
  add(key: number): void {
    this.#numbers[this.#next++] = key;
  }

  /** Below 0 when row `a` comes first, above it when row `b` does, 0 when they have the same numbers. */
  compare(a: number, b: number): number {
    const numbers = this.#numbers;
    const columns = this.#columns;
    for (let column = 0; column < columns; column++) {
      const left = numbers[a * columns + column] ?? 0;
      const right = numbers[b * columns + column] ?? 0;
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  }
}
