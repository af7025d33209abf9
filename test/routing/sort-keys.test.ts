import fc from "fast-check";
import { expect, it } from "vitest";
import { SortKeys } from "../../src/routing/sort-keys.ts";

it("puts rows in order by one number after the other, and rows that are alike by their ids", () => {
  const rowArbitrary = fc.record({
    numbers: fc.tuple(fc.nat(2), fc.constantFrom(0, 0.5, Infinity), fc.integer({ min: -1, max: 1 })),
    id: fc.string({ maxLength: 3 }),
  });
  // The same memory for all, as in a process.
  const keys = new SortKeys(3);
  fc.assert(
    fc.property(fc.uniqueArray(rowArbitrary, { selector: ({ id }) => id, maxLength: 40 }), (rows) => {
      keys.start(rows.length);
      for (const { numbers } of rows) for (const number of numbers) keys.add(number);
      const expected = rows.toSorted((a, b) => {
        const column = a.numbers.findIndex((number, index) => number !== b.numbers[index]);
        if (column === -1) return a.id < b.id ? -1 : 1;
        return (a.numbers[column] ?? 0) - (b.numbers[column] ?? 0);
      });
      expect([...keys.inOrder(rows.map(({ id }) => id))].map((row) => rows[row])).toEqual(expected);
    }),
  );
});
