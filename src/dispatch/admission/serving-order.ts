import type { KeyId } from "../../core/ids.ts";
import type { ClassPolicy, QueueClasses } from "../../core/queue-policy.ts";
import type { FairShares } from "./fair-shares.ts";
import { expectedChargeOf, serviceOf, type ServiceTier, type Ticket } from "./ticket.ts";

/** From this share of its class's longest wait on, a request goes before all others of its key. */
const OVERDUE_SHARE = 0.5;

/** Higher tiers go first within a key. */
const TIER_RANK: Readonly<Record<ServiceTier, number>> = { priority: 0, standard: 1, flex: 2 };

/** The requests of one key in one tier, the first one last, so that taking it costs nothing. */
interface Line<T extends Ticket> {
  readonly tier: ServiceTier;
  readonly tickets: T[];
}

/**
 * The order in which those who wait are served if nobody comes or leaves, lazily:
 *
 * 1. the tier whose turn it is (`FairShares.turnOf`)
 * 2. in it, the key that will have had least after its next request; of equals, the one that has waited longest
 * 3. of the key's requests, those that have waited half of their class's limit, the oldest first
 * 4. then the least work first, weighed by class, and the less the longer it has waited
 *
 * Pure: `shares` is not changed. Costs n log n for the first ticket and the number of keys for each further one.
 */
export function* servingOrder<T extends Ticket>(
  waiting: Iterable<T>,
  shares: FairShares,
  classes: QueueClasses,
  nowMs: number,
): Generator<T, void, undefined> {
  let lines = linesOf(waiting, classes, nowMs);
  const after = shares.copy();
  for (const { tickets } of lines) for (const ticket of tickets.slice(-1)) after.hold(ticket);
  while (lines.length > 0) {
    const tiers = new Set(lines.map(({ tier }) => tier));
    const turn = after.turnOf(tiers);
    const line = nextLine(lines, turn, after, classes);
    const ticket = line?.tickets.pop();
    if (line === undefined || ticket === undefined) return;
    yield ticket;
    after.granted(ticket, expectedChargeOf(ticket, classes), tiers);
    if (line.tickets.length === 0) lines = lines.filter((other) => other !== line);
  }
}

/**
 * Who gives way when the queue is full: of the key that has had and waits for most, its own last request. So a caller
 * that fills a queue alone makes room for all the others.
 */
export function lastInLine<T extends Ticket>(
  waiting: Iterable<T>,
  shares: FairShares,
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
  return most === undefined ? undefined : lastFirst(most.tickets, classes, nowMs)[0];
}

function linesOf<T extends Ticket>(waiting: Iterable<T>, classes: QueueClasses, nowMs: number): Line<T>[] {
  const lines = new Map<string, Line<T>>();
  for (const ticket of waiting) {
    const name = `${ticket.tier} ${ticket.keyId}`;
    const line = lines.get(name);
    if (line === undefined) lines.set(name, { tier: ticket.tier, tickets: [ticket] });
    else line.tickets.push(ticket);
  }
  return [...lines.values()].map(({ tier, tickets }) => ({ tier, tickets: lastFirst(tickets, classes, nowMs) }));
}

/** Lines stand in the order of their longest waiter, so the first of equals has waited longest. */
function nextLine<T extends Ticket>(
  lines: readonly Line<T>[],
  turn: ServiceTier | undefined,
  shares: FairShares,
  classes: QueueClasses,
): Line<T> | undefined {
  let next: Line<T> | undefined;
  let least = Infinity;
  for (const line of lines) {
    const first = line.tickets.at(-1);
    if (line.tier !== turn || first === undefined) continue;
    const account = shares.accountOf(first) + expectedChargeOf(first, classes);
    if (account >= least) continue;
    next = line;
    least = account;
  }
  return next;
}

/** The requests of one key in the opposite of their order. */
function lastFirst<T extends Ticket>(tickets: readonly T[], classes: QueueClasses, nowMs: number): T[] {
  return tickets
    .map((ticket, index) => ({ ticket, index, score: scoreOf(ticket, classes[ticket.workloadClass], nowMs) }))
    .toSorted((a, b) => TIER_RANK[b.ticket.tier] - TIER_RANK[a.ticket.tier] || b.score - a.score || b.index - a.index)
    .map(({ ticket }) => ticket);
}

/** Lower goes first: below zero what is overdue, the oldest lowest; otherwise the work, divided by the patience shown. */
function scoreOf(ticket: Ticket, { weight, maxWaitMs }: ClassPolicy, nowMs: number): number {
  const waitedMs = nowMs - ticket.sinceMs;
  if (waitedMs >= maxWaitMs * OVERDUE_SHARE) return -1 - waitedMs;
  const work = serviceOf(ticket.promptTokens, ticket.expectedOutputTokens) / weight;
  return work / (1 + waitedMs / maxWaitMs);
}
