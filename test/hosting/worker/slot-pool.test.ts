import { expect, test } from "vitest";
import { type PooledSlot, SlotPool } from "../../../src/hosting/worker/slot-pool.ts";

class FakeSlot implements PooledSlot {
  readonly id: number;
  held: readonly number[] = [];

  constructor(id: number) {
    this.id = id;
  }

  heldTokens(): number {
    return this.held.length;
  }

  commonPrefix(tokens: readonly number[]): number {
    const different = this.held.findIndex((token, index) => token !== tokens[index]);
    return different < 0 ? this.held.length : different;
  }
}

function makePool(
  slotCount: number,
  queueLimit: number,
): { pool: SlotPool<FakeSlot>; slots: FakeSlot[]; advance: (ms: number) => void } {
  let nowMs = 0;
  const slots = Array.from({ length: slotCount }, (_, id) => new FakeSlot(id));
  return { pool: new SlotPool(slots, queueLimit, () => nowMs), slots, advance: (ms) => (nowMs += ms) };
}

const never = new AbortController().signal;

test("a request gets the idle slot that holds the longest beginning of its prompt", async () => {
  const { pool, slots } = makePool(3, 0);
  for (const [index, held] of [[1, 2], [1, 2, 3], [9]].entries()) Object.assign(slots[index] ?? {}, { held });
  expect((await pool.acquire([1, 2, 3, 4], never)).id).toBe(1);
  expect((await pool.acquire([1, 2, 3, 4], never)).id).toBe(0);
});

test("a short common beginning does not cost another conversation its cache", async () => {
  const { pool, slots } = makePool(2, 0);
  Object.assign(slots[1] ?? {}, { held: [1, ...Array.from({ length: 99 }, () => 7)] });
  expect((await pool.acquire([1, 2, 3], never)).id).toBe(0);
});

test("without anything to reuse the slot that was idle for longest is taken", async () => {
  const { pool } = makePool(2, 0);
  const first = await pool.acquire([1], never);
  const second = await pool.acquire([1], never);
  pool.release(second);
  pool.release(first);
  expect(await pool.acquire([1], never)).toBe(second);
});

test("of slots that are equally good one next to a busy one is taken, so that they can be evaluated together", async () => {
  const { pool, slots } = makePool(6, 0);
  for (const slot of slots) slot.held = [1, 2];
  const used = await Promise.all(slots.map(() => pool.acquire([1, 2], never)));
  for (const id of [4, 0, 2, 5, 1, 3]) pool.release(used.find((slot) => slot.id === id) ?? new FakeSlot(-1));
  const again = await Promise.all([1, 2, 3].map(() => pool.acquire([1, 2], never)));
  expect(again.map(({ id }) => id)).toEqual([4, 5, 3]);
});

test("requests beyond the slots are served in order of arrival", async () => {
  const { pool } = makePool(1, 2);
  const slot = await pool.acquire([1], never);
  const order: string[] = [];
  const waiting = ["a", "b"].map(async (name) => {
    const mine = await pool.acquire([1], never);
    order.push(name);
    pool.release(mine);
  });
  expect(pool.queued).toBe(2);
  pool.release(slot);
  await Promise.all(waiting);
  expect(order).toEqual(["a", "b"]);
  expect({ running: pool.running, queued: pool.queued }).toEqual({ running: 0, queued: 0 });
});

test("a request beyond the queue is refused with a time to wait that grows with the requests' duration", async () => {
  const { pool, advance } = makePool(1, 0);
  for (let round = 0; round < 50; round++) {
    const slot = await pool.acquire([1], never);
    advance(60_000);
    pool.release(slot);
  }
  await pool.acquire([1], never);
  const refusal = await pool.acquire([1], never).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "queue_full", details: { retryAfterMs: expect.closeTo(60_000, -3) } });
});

test("a request that is given up leaves the queue at once and its turn goes to the next", async () => {
  const { pool } = makePool(1, 2);
  const slot = await pool.acquire([1], never);
  const gone = new AbortController();
  const abandoned = pool.acquire([1], gone.signal);
  const patient = pool.acquire([1], never);
  gone.abort(new Error("gone"));
  expect(pool.queued).toBe(1);
  await expect(abandoned).rejects.toThrow("gone");
  pool.release(slot);
  expect(await patient).toBe(slot);
});

test("closing refuses what waits and what comes, and lets what runs go on", async () => {
  const { pool } = makePool(1, 1);
  const slot = await pool.acquire([1], never);
  const waiting = pool.acquire([1], never);
  pool.close();
  await expect(waiting).rejects.toMatchObject({ code: "draining" });
  await expect(pool.acquire([1], never)).rejects.toMatchObject({ code: "draining" });
  expect(pool.running).toBe(1);
  pool.release(slot);
  expect(pool.running).toBe(0);
});

test("all slots are lent while none is used, and a request that comes calls them back", async () => {
  const { pool, slots } = makePool(2, 0);
  const lent = pool.borrowAll();
  expect(lent?.slots).toEqual(slots);
  expect([pool.running, pool.evaluating, pool.borrowAll()]).toEqual([0, 0, undefined]);
  const first = pool.acquire([1], never);
  const second = pool.acquire([2], never);
  expect(lent?.signal.aborted).toBe(true);
  lent?.giveBack();
  lent?.giveBack();
  expect([(await first).id, (await second).id]).toEqual([0, 1]);
  await expect(pool.acquire([3], never)).rejects.toMatchObject({ code: "queue_full" });
  expect(pool.borrowAll()).toBeUndefined();
});

test("lent slots are called back when the pool is closed, and none is lent after that", () => {
  const { pool } = makePool(1, 0);
  const lent = pool.borrowAll();
  pool.close();
  expect(lent?.signal.aborted).toBe(true);
  expect(pool.borrowAll()).toBeUndefined();
});
