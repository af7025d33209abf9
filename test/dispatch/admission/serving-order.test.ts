import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WORKLOAD_CLASSES } from "../../../src/core/workload.ts";
import { FairShares } from "../../../src/dispatch/admission/fair-shares.ts";
import { lastInLine, servingOrder } from "../../../src/dispatch/admission/serving-order.ts";
import { expectedChargeOf, type Ticket } from "../../../src/dispatch/admission/ticket.ts";
import { MAX_PASSED_FLEX, MAX_PRIORITY_IN_A_ROW } from "../../../src/dispatch/admission/tier-turns.ts";
import { CLASSES, ticket } from "./tickets.ts";

const order = (waiting: readonly Ticket[], nowMs = 0, shares = new FairShares()): Ticket[] => [
  ...servingOrder(waiting, { turns: shares.turns, accountOf: (holder) => shares.accountOf(holder) }, CLASSES, nowMs),
];

const anyTicket = fc.record({
  keyId: fc.constantFrom("a", "b", "c"),
  weight: fc.constantFrom(0.5, 1, 3),
  workloadClass: fc.constantFrom(...WORKLOAD_CLASSES),
  tier: fc.constantFrom("priority" as const, "standard" as const, "flex" as const),
  promptTokens: fc.integer({ min: 0, max: 5_000 }),
  expectedOutputTokens: fc.integer({ min: 0, max: 2_000 }),
  sinceMs: fc.integer({ min: 0, max: 100_000 }),
});

/** How much of the weighted service each key had in the first `count` places. */
function chargesOf(served: readonly Ticket[]): Record<string, number> {
  const charges: Record<string, number> = {};
  for (const one of served) charges[one.keyId] = (charges[one.keyId] ?? 0) + expectedChargeOf(one, CLASSES);
  return charges;
}

describe("the order of a queue", () => {
  it("names everybody who waits once, and is the same every time", () => {
    fc.assert(
      fc.property(fc.array(anyTicket, { maxLength: 40 }), (waiting) => {
        const served = order(waiting, 100_000);
        expect(new Set(served)).toEqual(new Set(waiting));
        expect(served).toHaveLength(waiting.length);
        expect(order(waiting, 100_000)).toEqual(served);
      }),
    );
  });

  it("gives keys that wait their shares of the service, at every moment within one request of each", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 10, maxLength: 30 });
    fc.assert(
      fc.property(sizes, sizes, fc.constantFrom(0.25, 1, 2, 8), (sizesOfA, sizesOfB, weight) => {
        const of = (keyId: string, keyWeight: number) => (promptTokens: number) =>
          ticket({ keyId, weight: keyWeight, promptTokens });
        const waiting = [...sizesOfA.map(of("a", weight)), ...sizesOfB.map(of("b", 1))];
        const served = order(waiting);
        const largestOf = (keyId: string): number =>
          Math.max(...waiting.filter((one) => one.keyId === keyId).map((one) => expectedChargeOf(one, CLASSES)));
        const oneOfEach = largestOf("a") + largestOf("b");
        for (let count = 1; count <= served.length; count += 1) {
          const rest = served.slice(count);
          const bothWait = ["a", "b"].every((keyId) => rest.some((one) => one.keyId === keyId));
          const { a = 0, b = 0 } = chargesOf(served.slice(0, count));
          if (bothWait) expect(Math.abs(a - b)).toBeLessThanOrEqual(oneOfEach);
        }
      }),
    );
  });

  it("serves a weighty class faster, and no class never", () => {
    const of = (workloadClass: Ticket["workloadClass"]) => ticket({ keyId: workloadClass, workloadClass });
    const waiting = Array.from({ length: 40 }, () => [of("batch"), of("interactive")]).flat();
    const first = order(waiting).slice(0, 36);
    expect(first.filter(({ workloadClass }) => workloadClass === "batch")).toHaveLength(4);
  });

  it("lets nobody wait for ever, however many others come", () => {
    const newcomers = fc.array(fc.record({ promptTokens: fc.integer({ min: 1, max: 100 }), known: fc.boolean() }), {
      minLength: 400,
      maxLength: 400,
    });
    fc.assert(
      fc.property(newcomers, (others) => {
        const shares = new FairShares();
        const patient = ticket({ keyId: "patient", workloadClass: "batch", promptTokens: 1_000 });
        shares.join(patient);
        let waiting: Ticket[] = [patient];
        const served: Ticket[] = [];
        for (const [index, { promptTokens, known }] of others.entries()) {
          const other = ticket({ keyId: known ? "busy" : `new${index}`, promptTokens });
          if (waiting.every(({ keyId }) => keyId !== other.keyId)) shares.join(other);
          waiting.push(other);
          const [next] = order(waiting, 0, shares);
          if (next === undefined) continue;
          shares.granted(next, expectedChargeOf(next, CLASSES), new Set([next.tier]));
          waiting = waiting.filter((one) => one !== next);
          served.push(next);
        }
        expect(served).toContain(patient);
      }),
      { numRuns: 20 },
    );
  });

  it("serves the least work of a key first, until another of its requests has waited half of its limit", () => {
    const long = ticket({ expectedOutputTokens: 900 });
    const short = (sinceMs: number) => ticket({ expectedOutputTokens: 5, sinceMs });
    expect(order([long, short(20_000)], 20_000)[0]).not.toBe(long);
    expect(order([long, short(30_000)], 30_000)[0]).toBe(long);
  });

  it("saves nothing up for a key that was away", () => {
    const shares = new FairShares();
    for (let count = 0; count < 50; count += 1) {
      shares.join(ticket({ keyId: "busy" }));
      shares.granted(ticket({ keyId: "busy" }), 100, new Set(["standard"]));
    }
    shares.join(ticket({ keyId: "away" }));
    const waiting = Array.from({ length: 10 }, () => [ticket({ keyId: "away" }), ticket({ keyId: "busy" })]).flat();
    const first = order(waiting, 0, shares).slice(0, 10);
    expect(first.filter(({ keyId }) => keyId === "busy")).toHaveLength(5);
  });
});

describe("the tiers of a queue", () => {
  const many = (tier: Ticket["tier"]) => Array.from({ length: 40 }, () => ticket({ keyId: tier, tier }));

  it("go priority first, then standard, then flex", () => {
    const tiers = order([ticket({ tier: "flex" }), ticket({ tier: "standard" }), ticket({ tier: "priority" })]);
    expect(tiers.map(({ tier }) => tier)).toEqual(["priority", "standard", "flex"]);
  });

  it("never starve the one below", () => {
    const served = order([...many("flex"), ...many("standard"), ...many("priority")]);
    const whileAllWait = served.slice(0, 40);
    const longestWithout = (tier: Ticket["tier"]): number =>
      Math.max(
        ...whileAllWait
          .map(({ tier: one }) => (one === tier ? "|" : "."))
          .join("")
          .split("|")
          .map((gap) => gap.length),
      );
    expect(longestWithout("standard")).toBeLessThanOrEqual(MAX_PRIORITY_IN_A_ROW + 1);
    expect(longestWithout("flex")).toBeLessThanOrEqual(MAX_PASSED_FLEX);
    expect(whileAllWait.filter(({ tier }) => tier === "priority").length).toBeGreaterThan(20);
  });
});

describe("who gives way in a full queue", () => {
  it("is the last request of the key that waits for most", () => {
    const greedy = [5, 700, 6].map((promptTokens) => ticket({ keyId: "greedy", promptTokens }));
    const modest = ticket({ keyId: "modest", promptTokens: 400 });
    expect(lastInLine([...greedy, modest], new FairShares(), CLASSES, 0)).toBe(greedy[1]);
  });

  it("is somebody as soon as anybody waits", () => {
    fc.assert(
      fc.property(fc.array(anyTicket, { minLength: 1, maxLength: 30 }), (waiting) => {
        expect(waiting).toContain(lastInLine(waiting, new FairShares(), CLASSES, 100_000));
      }),
    );
  });
});
