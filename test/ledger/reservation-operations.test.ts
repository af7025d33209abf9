import BetterSqlite3 from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBatchCommitter, type RequestOutcome } from "../../src/journal/commit-batch.ts";
import { migrate } from "../../src/journal/migrate.ts";
import { operationModule } from "../../src/ledger/operations.ts";
import { keepOpenReservations, reserve, settle, setTeamBudget } from "../../src/ledger/operation-requests.ts";
import type { Operation } from "../../src/journal/operation.ts";
import { attemptOf, outcomeOf, PRINCIPAL } from "../audit/audit-box.ts";

/** The ledger in memory: the operations are the same, only nothing is flushed. */
function openLedger(budgetMicroUsd?: number) {
  const database = new BetterSqlite3(":memory:");
  migrate(database, [operationModule.schema]);
  const commit = createBatchCommitter(database, [operationModule]);
  const run = (operation: Operation): RequestOutcome => {
    const batch = commit([[operation]]);
    const outcome = batch.kind === "committed" ? batch.outcomes[0] : undefined;
    if (outcome === undefined) throw new Error(JSON.stringify(batch));
    return outcome;
  };
  const principal = { ...PRINCIPAL, team: "t", ...(budgetMicroUsd === undefined ? {} : { budgetMicroUsd }) };
  const account = (scope: string) =>
    database
      .prepare<[string], { settled: number; reserved: number }>(
        "SELECT settled_micro_usd AS settled, reserved_micro_usd AS reserved FROM ledger_account WHERE scope = ?",
      )
      .get(scope) ?? { settled: 0, reserved: 0 };
  return {
    run,
    account,
    rows: () =>
      database
        .prepare("SELECT state, reserved_micro_usd AS reserved, cost_micro_usd AS cost FROM ledger_reservation")
        .all(),
    reserve: (requestId: string, reserveMicroUsd?: number) =>
      run(reserve(attemptOf(requestId, { principal, ...(reserveMicroUsd === undefined ? {} : { reserveMicroUsd }) }))),
    settle: (requestId: string, costMicroUsd?: number) =>
      run(settle(outcomeOf(requestId, costMicroUsd === undefined ? {} : { costMicroUsd }), 0)),
  };
}

const KEY = "key:key_test";

describe("reserve", () => {
  test("takes a budget to its last micro-USD, and refuses the next", () => {
    const ledger = openLedger(100);
    expect(ledger.reserve("req_1", 100)).toMatchObject({ kind: "committed" });
    expect(ledger.reserve("req_2", 1)).toEqual({
      kind: "refused",
      code: "budget_exceeded",
      message: "The request may cost up to $0.000001, and key:key_test has $0.000000 left of $0.000100.",
      metadata: { scope: KEY, limitMicroUsd: 100, remainingMicroUsd: 0, requestedMicroUsd: 1 },
    });
    expect(ledger.reserve("req_3", 0)).toMatchObject({ kind: "committed" });
  });

  test("refuses an unknown price where there is a budget, and nowhere else", () => {
    expect(openLedger(100).reserve("req_1")).toMatchObject({ kind: "refused", code: "price_unknown" });
    expect(openLedger().reserve("req_1")).toMatchObject({ kind: "committed" });
    const ledger = openLedger();
    ledger.run(setTeamBudget({ team: "t", budgetMicroUsd: 5 }));
    expect(ledger.reserve("req_1")).toMatchObject({
      kind: "refused",
      code: "price_unknown",
      metadata: { scope: "team:t" },
    });
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e308])(
    "takes %d for a defect, never for an amount",
    (amount) => {
      const ledger = openLedger();
      expect(ledger.reserve("req_1", amount)).toMatchObject({ kind: "refused", code: "internal_error" });
      expect(ledger.account(KEY)).toEqual({ settled: 0, reserved: 0 });
    },
  );
});

describe("settle", () => {
  test.each<[number | undefined, string, number]>([
    [0, "settled", 0],
    [7, "settled", 7],
    [90, "settled", 90],
    [undefined, "kept", 40],
    [Number.NaN, "kept", 40],
    [-5, "kept", 40],
    [0.5, "kept", 40],
    [1e308, "kept", 40],
  ])("of 40 reserved with a cost of %s is %s at %d", (cost, state, settled) => {
    const ledger = openLedger(100);
    ledger.reserve("req_1", 40);
    expect(ledger.settle("req_1", cost)).toMatchObject({ kind: "committed" });
    expect(ledger.rows()).toEqual([{ state, reserved: 40, cost: settled }]);
    expect(ledger.account(KEY)).toEqual({ settled, reserved: 0 });
    expect(ledger.account("team:t")).toEqual({ settled, reserved: 0 });
  });

  test("counts once, however often it is told, and nothing without a reservation", () => {
    const ledger = openLedger(100);
    ledger.reserve("req_1", 40);
    for (const cost of [7, 30, undefined]) ledger.settle("req_1", cost);
    ledger.settle("req_2", 50);
    expect(ledger.account(KEY)).toEqual({ settled: 7, reserved: 0 });
  });

  test("records what an answer cost over its reservation, and the next request finds it gone", () => {
    const ledger = openLedger(100);
    ledger.reserve("req_1", 40);
    ledger.settle("req_1", 130);
    expect(ledger.account(KEY)).toEqual({ settled: 130, reserved: 0 });
    expect(ledger.reserve("req_2", 0)).toMatchObject({ code: "budget_exceeded", metadata: { remainingMicroUsd: 0 } });
  });
});

describe("a cap", () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant("reserve" as const), amount: fc.integer({ min: 0, max: 60 }) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("settle" as const),
        pick: fc.nat(),
        /** As a share of what was reserved: an answer does not cost more than its reservation in this property. */
        share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: "crash" as const }) },
  );

  test("is never exceeded at any instant, and the balance is always the sum of the reservations", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 200 }), (steps, cap) => {
        const ledger = openLedger(cap);
        const amounts: number[] = [];
        for (const action of steps) {
          if (action.kind === "reserve") {
            ledger.reserve(`req_${amounts.length}`, action.amount);
            amounts.push(action.amount);
          } else if (action.kind === "settle" && amounts.length > 0) {
            const at = action.pick % amounts.length;
            ledger.settle(
              `req_${at}`,
              action.share === undefined ? undefined : Math.floor((amounts[at] ?? 0) * action.share),
            );
          } else if (action.kind === "crash") {
            ledger.run(keepOpenReservations(0));
          }
          const { settled, reserved } = ledger.account(KEY);
          expect(settled + reserved).toBeLessThanOrEqual(cap);
          expect({ settled, reserved }).toEqual(sumOf(ledger.rows() as ReservationRow[]));
          expect(ledger.account("team:t")).toEqual({ settled, reserved });
        }
      }),
    );
  });
});

interface ReservationRow {
  readonly state: "open" | "settled" | "kept";
  readonly reserved: number;
  readonly cost: number | null;
}

function sumOf(rows: readonly ReservationRow[]): { settled: number; reserved: number } {
  return {
    settled: rows.reduce((sum, row) => sum + (row.cost ?? 0), 0),
    reserved: rows.reduce((sum, row) => sum + (row.state === "open" ? row.reserved : 0), 0),
  };
}
