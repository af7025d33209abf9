/** A heap of at most `capacity` numbers, the smallest first. Allocates nothing once it is made. */
export class NumberHeap {
  readonly #numbers: Float64Array;
  size = 0;

  constructor(capacity: number) {
    this.#numbers = new Float64Array(capacity);
  }

  /** The smallest; infinite in an empty heap. */
  first(): number {
    return this.size === 0 ? Infinity : (this.#numbers[0] ?? Infinity);
  }

  push(number: number): void {
    this.#numbers[this.size] = number;
    this.#rise();
  }

  /** Takes the smallest away. */
  pop(): void {
    const numbers = this.#numbers;
    const last = numbers[--this.size] ?? 0;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && (numbers[child + 1] ?? 0) < (numbers[child] ?? 0)) child++;
      const below = numbers[child] ?? 0;
      if (below >= last) break;
      numbers[index] = below;
      index = child;
    }
    numbers[index] = last;
  }
  /** Moves the number that was added last up to its place, and counts it. */
  #rise(): void {
    const numbers = this.#numbers;
    let index = this.size++;
    const number = numbers[index] ?? 0;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = numbers[parent] ?? 0;
      if (above <= number) break;
      numbers[index] = above;
      index = parent;
    }
    numbers[index] = number;
  }
}
