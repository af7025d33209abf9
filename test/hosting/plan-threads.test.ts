import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoreFacts, CpuFacts } from "../../src/core/hardware.ts";
import { planThreads } from "../../src/hosting/plan-threads.ts";

/** A machine of `nodes` NUMA nodes with `coresPerNode` cores of `threadsPerCore` CPUs each, numbered as Linux does. */
function machine(nodes: number, coresPerNode: number, threadsPerCore = 1, quotaCores?: number): CpuFacts {
  const total = nodes * coresPerNode;
  const cores = Array.from({ length: total }, (_, core): CoreFacts => {
    const cpus = Array.from({ length: threadsPerCore }, (_, thread) => core + thread * total);
    return { cpus, kind: "performance" };
  });
  const numaNodes = Array.from({ length: nodes }, (_, id) => ({
    id,
    cpus: cores.slice(id * coresPerNode, (id + 1) * coresPerNode).flatMap(({ cpus }) => cpus),
  }));
  const effectiveCores = Math.max(1, Math.min(total, Math.floor(quotaCores ?? total)));
  return { flags: [], numaNodes, cores, effectiveCores, ...(quotaCores === undefined ? {} : { quotaCores }) };
}

describe("planThreads", () => {
  test("gives one thread and no fixed core on two cores", () => {
    expect(planThreads(machine(1, 2), 1)).toEqual([{ threads: 1 }]);
    expect(planThreads(machine(1, 1), 1)).toEqual([{ threads: 1 }]);
  });

  test("leaves the first core to the gateway", () => {
    expect(planThreads(machine(1, 4), 1)).toEqual([{ threads: 3, cpus: [1, 2, 3] }]);
  });

  test("gives a worker both threads of its cores, but counts cores", () => {
    expect(planThreads(machine(1, 4, 2), 1)).toEqual([{ threads: 3, cpus: [1, 2, 3, 5, 6, 7] }]);
  });

  test("keeps one worker on one socket and takes the reserve from the other", () => {
    expect(planThreads(machine(2, 4), 1)).toEqual([{ threads: 4, cpus: [0, 1, 2, 3] }]);
  });

  test("gives each of two workers a socket", () => {
    expect(planThreads(machine(2, 4), 2)).toEqual([
      { threads: 3, cpus: [1, 2, 3] },
      { threads: 3, cpus: [4, 5, 6, 7] },
    ]);
  });

  test("bounds threads by a quota, and leaves the choice of cores to the kernel", () => {
    const [plan] = planThreads(machine(1, 48, 2, 7.65), 1);
    expect(plan).toMatchObject({ threads: 6 });
    expect(plan?.cpus).toHaveLength(86);
  });

  test("gives one thread each when there are more workers than cores", () => {
    expect(planThreads(machine(1, 4), 5)).toEqual(Array(5).fill({ threads: 1 }));
  });

  test("counts without naming cores where the topology is unknown", () => {
    expect(planThreads({ flags: [], numaNodes: [], effectiveCores: 8 }, 2)).toEqual([{ threads: 4 }, { threads: 3 }]);
  });

  test("uses efficiency cores only where there are no others", () => {
    const { numaNodes } = machine(1, 4);
    const kinds = (...kinds: CoreFacts["kind"][]) => kinds.map((kind, cpu): CoreFacts => ({ cpus: [cpu], kind }));
    const mixed = kinds("performance", "performance", "performance", "efficiency");
    expect(planThreads({ flags: [], numaNodes, cores: mixed, effectiveCores: 3 }, 1)).toEqual([
      { threads: 2, cpus: [1, 2] },
    ]);
    const slow = kinds("efficiency", "efficiency", "efficiency", "efficiency");
    expect(planThreads({ flags: [], numaNodes, cores: slow, effectiveCores: 4 }, 1)).toMatchObject([{ threads: 3 }]);
  });

  test("plans nothing for no workers", () => expect(planThreads(machine(1, 8), 0)).toEqual([]));

  test("keeps threads below the usable cores and cores disjoint within one node, on any machine", () => {
    const machines = fc
      .tuple(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom(1, 2),
        fc.option(fc.double({ min: 0.1, max: 64, noNaN: true }), { nil: undefined }),
      )
      .map((shape) => machine(...shape));
    fc.assert(
      fc.property(machines, fc.integer({ min: 1, max: 16 }), (cpu, workerCount) => {
        const plans = planThreads(cpu, workerCount);
        expect(plans).toHaveLength(workerCount);
        for (const { threads } of plans) expect(threads).toBeGreaterThanOrEqual(1);
        const total = plans.reduce((sum, { threads }) => sum + threads, 0);
        expect(total).toBeLessThanOrEqual(Math.max(cpu.effectiveCores - 1, workerCount));
        const pinned = plans.flatMap(({ cpus }) => cpus ?? []);
        expect(new Set(pinned).size).toBe(pinned.length);
        for (const { threads, cpus } of plans) {
          if (cpus === undefined) continue;
          const cores = cpu.cores?.filter((core) => core.cpus.some((id) => cpus.includes(id))) ?? [];
          expect(threads).toBeLessThanOrEqual(cores.length);
          expect(cpu.numaNodes.filter((node) => cpus.some((id) => node.cpus.includes(id)))).toHaveLength(1);
        }
      }),
    );
  });
});
