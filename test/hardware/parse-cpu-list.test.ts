import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCpuList, parseCpuList } from "../../src/hardware/parse-cpu-list.ts";

describe("parseCpuList", () => {
  test.each([
    ["0", [0]],
    ["0-3,8,10-11\n", [0, 1, 2, 3, 8, 10, 11]],
    ["", []],
    ["\n", []],
  ])("reads %j", (text, cpus) => expect(parseCpuList(text)).toEqual(cpus));

  test.each(["a", "3-1", "0-", "-1", "0-99999999", "0,,1"])("refuses %j instead of guessing", (text) => {
    expect(parseCpuList(text)).toBeUndefined();
  });

  test("reads back what was formatted, for any set of CPUs", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 8191 })), (cpus) => {
        expect(parseCpuList(formatCpuList(cpus))).toEqual(cpus.toSorted((a, b) => a - b));
      }),
    );
  });
});
