import fc from "fast-check";
import { expect, it } from "vitest";
import { NumberHeap } from "../../src/routing/number-heap.ts";

it("a heap gives its numbers back in ascending order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 50 }), (numbers) => {
      const heap = new NumberHeap(50);
      for (const number of numbers) heap.push(number);
      const taken: number[] = [];
      while (heap.size > 0) {
        taken.push(heap.first());
        heap.pop();
      }
      expect(taken).toEqual(numbers.toSorted((a, b) => a - b));
    }),
  );
});
