/**
 * Rows of as many numbers each, to be put in order by one number after the other. One block of memory for all of them,
 * which is used again: a decision would else leave an array behind for every endpoint.
 */
export class SortKeys {
  readonly #columns: number;
  #numbers = new Float64Array(0);
  #next = 0;
  /** The columns in which not all rows are alike, which are few. */
  readonly #telling: Uint8Array;
  #tellingCount = 0;

  constructor(columns: number) {
    this.#columns = columns;
    this.#telling = new Uint8Array(columns);
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

  /** The rows by their numbers, the smallest first; those with the same numbers by their ids. */
  inOrder(ids: readonly string[]): Uint32Array {
    this.#findTelling(ids.length);
    const rows = new Uint32Array(ids.length);
    // By insertion, the place found by halving: rows are few, and moving them is a matter of one copy.
    for (let row = 0; row < rows.length; row++) {
      let from = 0;
      let to = row;
      while (from < to) {
        const middle = (from + to) >> 1;
        if (this.#isBefore(row, rows[middle] ?? 0, ids)) to = middle;
        else from = middle + 1;
      }
      rows.copyWithin(from + 1, from, row);
      rows[from] = row;
    }
    return rows;
  }

  #findTelling(rows: number): void {
    const numbers = this.#numbers;
    const columns = this.#columns;
    this.#tellingCount = 0;
    for (let column = 0; column < columns; column++) {
      const first = numbers[column];
      for (let row = 1; row < rows; row++)
        if (numbers[row * columns + column] !== first) {
          this.#telling[this.#tellingCount++] = column;
          break;
        }
    }
  }

  #isBefore(a: number, b: number, ids: readonly string[]): boolean {
    const numbers = this.#numbers;
    const columns = this.#columns;
    for (let index = 0; index < this.#tellingCount; index++) {
      const column = this.#telling[index] ?? 0;
      const left = numbers[a * columns + column] ?? 0;
      const right = numbers[b * columns + column] ?? 0;
      if (left !== right) return left < right;
    }
    return (ids[a] ?? "") < (ids[b] ?? "");
  }
}
