import { describe, expect, it } from "vitest";
import { CoreShares, mostTogether } from "../../../src/hosting/placement/core-shares.ts";

const SMALL = { threads: 2, cpus: [2, 3] };
const LARGE = { threads: 3, cpus: [4, 5, 6] };

function sharesFor(...keys: readonly string[]): CoreShares {
  const cores = new CoreShares();
  for (const key of keys) cores.offer(key, [SMALL, LARGE]);
  return cores;
}

describe("the cores of models in memory", () => {
  it("are theirs alone while there are free ones, the largest share first", () => {
    const cores = sharesFor("a", "b");
    expect(cores.take("a")).toEqual({ threads: 3, cpuList: "4,5,6" });
    expect(cores.take("b")).toEqual({ threads: 2, cpuList: "2,3" });
  });

  it("are given back by a model that leaves, and kept by one that is loaded again", () => {
    const cores = sharesFor("a", "b");
    cores.take("a");
    expect(cores.take("a")).toEqual({ threads: 3, cpuList: "4,5,6" });
    cores.giveBack("a");
    expect(cores.take("b")).toEqual({ threads: 3, cpuList: "4,5,6" });
  });

  it("are shared where more models are loaded than were planned for, and spread", () => {
    const cores = sharesFor("a", "b", "c");
    cores.take("a");
    cores.take("b");
    expect(cores.take("c")).toEqual({ threads: 2, cpuList: "2,3" });
  });

  it("are not told apart on a machine with too few of them: every model has the one thread", () => {
    const cores = new CoreShares();
    for (const key of ["a", "b"]) cores.offer(key, [{ threads: 1 }]);
    expect([cores.take("a"), cores.take("b")]).toEqual([{ threads: 1 }, { threads: 1 }]);
  });

  it("are not ours to share out where the operator states the threads", () => {
    const cores = new CoreShares();
    cores.offer("a", []);
    expect(cores.take("a")).toEqual({});
  });
});

describe("how many models are in memory together", () => {
  it("are all the pinned ones, and of the others as many as fit beside them", () => {
    expect(mostTogether([10], [30, 20, 40], 65)).toBe(3);
    expect(mostTogether([10, 50], [30], 65)).toBe(2);
    expect(mostTogether([], [100, 100], 50)).toBe(1);
  });

  it("may be all of them where nobody knows what is free", () => {
    expect(mostTogether([10], [30, 20], undefined)).toBe(3);
    expect(mostTogether([], [], 10)).toBe(0);
  });
});
