import { TierTurns } from "./tier-turns.ts";
import type { ServiceTier, Ticket } from "./ticket.ts";

/** Accounts that are kept; of more, those that have had least start anew, which costs them nothing. */
const MAX_ACCOUNTS = 1_024;

/** Whose account a request is on: its key's, in its tier. */
export type AccountHolder = Pick<Ticket, "keyId" | "tier">;

/**
 * How much each key has been served in each tier, in weighted tokens, and whose tier's turn it is. A key that comes back
 * after a while starts level with the one served last: what it did not use is not saved up, and what others used
 * meanwhile is no debt of theirs.
 *
 * Virtual token counters as the clock of self-clocked fair queueing.
 * @see https://arxiv.org/abs/2401.00588 (section 4)
 * @see https://doi.org/10.1109/INFCOM.1994.337677
 */
export class FairShares {
  readonly turns = new TierTurns();
  readonly #accounts = new Map<string, number>();
  /** By tier: the account of whoever was served last, after it was charged. */
  readonly #level: Record<ServiceTier, number> = { priority: 0, standard: 0, flex: 0 };

  /** What the holder has had. */
  accountOf(holder: AccountHolder): number {
    return this.#accounts.get(nameOf(holder)) ?? this.#level[holder.tier];
  }

  /** What it will count as having had when it joins those who wait. */
  accountAtJoining(holder: AccountHolder): number {
    return Math.max(this.accountOf(holder), this.#level[holder.tier]);
  }

  /** To be called when a request begins to wait, or is served, and none of the same holder waits. */
  join(holder: AccountHolder): void {
    this.#set(holder, this.accountAtJoining(holder));
  }

  /** A place was given to a request of the holder, at its `charge`; `waiting` are the tiers that waited, with its own. */
  granted(holder: AccountHolder, charge: number, waiting: ReadonlySet<ServiceTier>): void {
    const { tier } = holder;
    const account = this.accountOf(holder) + charge;
    this.#level[tier] = Math.max(this.#level[tier], account);
    this.#set(holder, account);
    this.turns.granted(tier, waiting);
  }

  /** A request of the holder took `difference` more (negative: less) than it was charged for. */
  corrected(holder: AccountHolder, difference: number): void {
    const account = this.#accounts.get(nameOf(holder));
    if (account !== undefined) this.#set(holder, account + difference);
  }

  /** Everybody starts level: nobody is served and nobody waits. */
  clear(): void {
    this.#accounts.clear();
    this.#level.priority = this.#level.standard = this.#level.flex = 0;
    this.turns.clear();
  }

  #set(holder: AccountHolder, account: number): void {
    this.#accounts.set(nameOf(holder), account);
    if (this.#accounts.size <= MAX_ACCOUNTS) return;
    const [least] = [...this.#accounts].reduce((lowest, one) => (one[1] < lowest[1] ? one : lowest));
    this.#accounts.delete(least);
  }
}

function nameOf({ keyId, tier }: AccountHolder): string {
  return `${tier} ${keyId}`;
}
