import type { KeyId } from "../../core/ids.ts";
import type { ClassPolicy, QueueClasses } from "../../core/queue-policy.ts";
import type { AccountHolder, FairShares } from "./fair-shares.ts";
import { expectedChargeOf, serviceOf, type ServiceTier, type Ticket } from "./ticket.ts";
import type { TierTurns } from "./tier-turns.ts";

/** From this share of its class's longest wait on, a request goes before all others of its key. */
const OVERDUE_SHARE = 0.5;

/** Higher tiers go first within a key. */
const TIER_RANK: Readonly<Record<ServiceTier, number>> = { priority: 0, standard: 1, flex: 2 };

/** What the order needs to know of the accounts. */
export interface Standing {
  readonly accountOf: (holder: AccountHolder) => number;
  readonly turns: TierTurns;
}

/** The requests of one key in one tier, the first one last, so that taking it costs nothing. */
interface Line<T extends Ticket> {
  readonly tier: ServiceTier;
  readonly tickets: T[];
  /** What the key will have had after its first request. */
  accountAfterNext: number;
}

/**
 * The order in which those who wait are served if nobody comes or leaves, lazily:
 *
 * 1. the tier whose turn it is (`TierTurns.turnOf`)
 * 2. in it, the key that will have had least after its next request; of equals, the one that has waited longest
 * 3. of the key's requests, those that have waited half of their class's limit, the oldest first
 * 4. then the least work first, weighed by class, and the less the longer it has waited
 *
 * Pure: `standing` is not changed. Costs n log n for the first ticket and the number of keys for each further one.
 */
export function* servingOrder<T extends Ticket>(
  waiting: Iterable<T>,
  standing: Standing,
  classes: QueueClasses,
  nowMs: number,
): Generator<T, void, undefined> {
  const lines = linesOf(waiting, standing, classes, nowMs);
  const turns = standing.turns.copy();
  let tiers = tiersOf(lines);
  while (lines.length > 0) {
    const index = nextLine(lines, turns.turnOf(tiers));
    const line = lines[index];
    const ticket = line?.tickets.pop();
    if (line === undefined || ticket === undefined) return;
    yield ticket;
    turns.granted(line.tier, tiers);
    const next = line.tickets.at(-1);
    if (next !== undefined) line.accountAfterNext += expectedChargeOf(next, classes);
    else {
      lines.splice(index, 1);
      tiers = tiersOf(lines);
    }
  }
}

/**
 * Who gives way when the queue is full: of the key that has had and waits for most, its own last request. So a caller
 * that fills a queue alone makes room for all the others.
 */
export function lastInLine<T extends Ticket>(
  waiting: Iterable<T>,
  shares: Pick<FairShares, "accountOf">,
  classes: QueueClasses,
  nowMs: number,
): T | undefined {
  const keys = new Map<KeyId, { total: number; readonly tickets: T[] }>();
  for (const ticket of waiting) {
    const key = keys.get(ticket.keyId) ?? { total: shares.accountOf(ticket), tickets: [] };
    key.total += expectedChargeOf(ticket, classes);
    key.tickets.push(ticket);
    keys.set(ticket.keyId, key);
  }
  let most: { readonly total: number; readonly tickets: readonly T[] } | undefined;
  for (const key of keys.values()) if (most === undefined || key.total >= most.total) most = key;
  return most === undefined ? undefined : lastOf(most.tickets, classes, nowMs);
}

function linesOf<T extends Ticket>(
  waiting: Iterable<T>,
  { accountOf }: Standing,
  classes: QueueClasses,
  nowMs: number,
): Line<T>[] {
  const groups = new Map<string, T[]>();
  for (const ticket of waiting) {
    const name = `${ticket.tier} ${ticket.keyId}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [ticket]);
    else group.push(ticket);
  }
  return [...groups.values()].flatMap((group) => {
    const tickets = lastFirst(group, classes, nowMs);
    const first = tickets.at(-1);
    if (first === undefined) return [];
    return [{ tier: first.tier, tickets, accountAfterNext: accountOf(first) + expectedChargeOf(first, classes) }];
  });
}

function tiersOf(lines: readonly Line<Ticket>[]): ReadonlySet<ServiceTier> {
  return new Set(lines.map(({ tier }) => tier));
}

/** Lines stand in the order of their longest waiter, so the first of equals has waited longest. */
function nextLine(lines: readonly Line<Ticket>[], turn: ServiceTier | undefined): number {
  let next = -1;
  let least = Infinity;
  for (const [index, { tier, accountAfterNext }] of lines.entries()) {
    if (tier !== turn || accountAfterNext >= least) continue;
    next = index;
    least = accountAfterNext;
  }
  return next;
}

/** A request with its place among those of its key. */
interface Placed<T extends Ticket> {
  readonly ticket: T;
  readonly index: number;
  readonly score: number;
}

/** The requests of one key in the opposite of their order. */
function lastFirst<T extends Ticket>(tickets: readonly T[], classes: QueueClasses, nowMs: number): T[] {
  return placed(tickets, classes, nowMs)
    .sort(byLast)
    .map(({ ticket }) => ticket);
}

/** The last request of one key. */
function lastOf<T extends Ticket>(tickets: readonly T[], classes: QueueClasses, nowMs: number): T | undefined {
  let last: Placed<T> | undefined;
  for (const one of placed(tickets, classes, nowMs)) if (last === undefined || byLast(one, last) < 0) last = one;
  return last?.ticket;
}

function placed<T extends Ticket>(tickets: readonly T[], classes: QueueClasses, nowMs: number): Placed<T>[] {
  return tickets.map((ticket, index) => ({
    ticket,
    index,
    score: scoreOf(ticket, classes[ticket.workloadClass], nowMs),
  }));
}

function byLast(a: Placed<Ticket>, b: Placed<Ticket>): number {
  return TIER_RANK[b.ticket.tier] - TIER_RANK[a.ticket.tier] || b.score - a.score || b.index - a.index;
}

/** Lower goes first: below zero what is overdue, the oldest lowest; otherwise the work, divided by the patience shown. */
function scoreOf(ticket: Ticket, { weight, maxWaitMs }: ClassPolicy, nowMs: number): number {
  const waitedMs = nowMs - ticket.sinceMs;
  if (waitedMs >= maxWaitMs * OVERDUE_SHARE) return -1 - waitedMs;
  const work = serviceOf(ticket.promptTokens, ticket.expectedOutputTokens) / weight;
  return work / (1 + waitedMs / maxWaitMs);
}
