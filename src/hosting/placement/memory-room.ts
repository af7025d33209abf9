import { claimsOf, holdsMemory, type BytesByPool, type PlacementState, type Standing } from "./placement-state.ts";

/** Of a GPU's memory, what stays free for the driver and for what allocates in bursts: this share, at most that much. */
const GPU_PAD_SHARE = 0.08;
const GPU_PAD_BYTES = 1_200 * 1024 ** 2;

/**
 * What a new load may take of a pool: the least of what is known of
 *
 * - what is free now, less what loads under way will still take, and on `cpu` less what loaded models hold that the kernel
 *   counts as free: their mapped files, and what they have not touched yet;
 * - the whole pool, less what our models hold and what other programs hold;
 * - the operator's budget, less what our models hold;
 *
 * the first two less a pad on a GPU. Undefined where nothing is known. `except` holds nothing in this count, unless its
 * weights are in memory and its context is to follow.
 */
export function usableBytes(state: PlacementState, pool: string, except: string): number | undefined {
  const { freeBytes, totalBytes, foreignBytes = 0 } = state.reading[pool] ?? {};
  const budgetBytes = budgetFor(state, pool);
  const others = [...state.standings.values()].filter(
    (one) => (one.key !== except || one.isDormant) && holdsMemory(one),
  );
  const heldBytes = sum(others, (one) => one.held[pool] ?? 0);
  const notYetUsedBytes = sum(others, (one) => notInReading(one, pool));
  const padBytes = pool === "cpu" ? 0 : Math.min(GPU_PAD_BYTES, (totalBytes ?? Infinity) * GPU_PAD_SHARE);
  const bounds = [
    ...(freeBytes === undefined ? [] : [freeBytes - notYetUsedBytes - padBytes]),
    ...(totalBytes === undefined ? [] : [totalBytes - heldBytes - foreignBytes - padBytes]),
    ...(budgetBytes === undefined ? [] : [budgetBytes - heldBytes]),
  ];
  return bounds.length === 0 ? undefined : Math.max(0, Math.min(...bounds));
}

/** What the operator allows models to take of a pool; undefined: whatever is free. */
export function budgetFor({ budgets }: PlacementState, pool: string): number | undefined {
  return budgets[pool] ?? (pool === "cpu" ? undefined : budgets["gpu"]);
}

/** Of what a model holds, the bytes that a look at the memory still shows as free. */
function notInReading({ residency, held, mappedBytes, usedBytes }: Standing, pool: string): number {
  const bytes = held[pool] ?? 0;
  if (residency.kind === "loading") return bytes;
  if (pool !== "cpu") return 0;
  // Mapped files, and what of its buffers it has not touched yet.
  return usedBytes === undefined ? Math.min(bytes, mappedBytes) : Math.max(0, bytes - usedBytes);
}

/** By how much each pool is too small for a model's load; pools that suffice, or of which nothing is known, are left out. */
export function shortageOf(state: PlacementState, wanted: Standing): BytesByPool {
  return Object.fromEntries(
    Object.entries(claimsOf(wanted)).flatMap(([pool, bytes]) => {
      const usable = usableBytes(state, pool, wanted.key);
      return usable === undefined || usable >= bytes ? [] : [[pool, bytes - usable] as const];
    }),
  );
}

/** Whether the models' memory, once it is given back, makes up for a shortage. */
export function makesUpFor(shortage: BytesByPool, leaving: readonly Standing[]): boolean {
  return Object.entries(shortage).every(([pool, bytes]) => sum(leaving, (one) => one.held[pool] ?? 0) >= bytes);
}

function sum(standings: readonly Standing[], bytesOf: (standing: Standing) => number): number {
  return standings.reduce((total, one) => total + bytesOf(one), 0);
}
