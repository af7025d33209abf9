import type { ServiceTier, Ticket } from "./ticket.ts";

/** Accounts that are kept; of more, those that have had least start anew, which costs them nothing. */
const MAX_ACCOUNTS = 1_024;

/** Grants to `priority` in a row while `standard` waits. */
export const MAX_PRIORITY_IN_A_ROW = 3;

/** Grants that pass a waiting `flex` before it is its turn. */
export const MAX_PASSED_FLEX = 8;

/** Whose account a request is on: its key's, in its tier. */
type AccountHolder = Pick<Ticket, "keyId" | "tier">;

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
  readonly #accounts = new Map<string, number>();
  /** By tier: the account of whoever was served last, after it was charged. */
  readonly #level: Record<ServiceTier, number> = { priority: 0, standard: 0, flex: 0 };
  #priorityInARow = 0;
  #passedFlex = 0;

  /** The same, to try something out on. */
  copy(): FairShares {
    const copy = new FairShares();
    for (const [name, account] of this.#accounts) copy.#accounts.set(name, account);
    Object.assign(copy.#level, this.#level);
    copy.#priorityInARow = this.#priorityInARow;
    copy.#passedFlex = this.#passedFlex;
    return copy;
  }

  /** What the holder has had. */
  accountOf(holder: AccountHolder): number {
    return this.#accounts.get(nameOf(holder)) ?? this.#level[holder.tier];
  }

  /** To be called when a request begins to wait, or is served, and none of the same holder waits. */
  join(holder: AccountHolder): void {
    this.#set(holder, Math.max(this.accountOf(holder), this.#level[holder.tier]));
  }

  /** Keeps the holder's account where it is, while others' rise. */
  hold(holder: AccountHolder): void {
    this.#set(holder, this.accountOf(holder));
  }

  /** Which of the tiers that wait is served next: priority first, but neither of the others starves. */
  turnOf(waiting: ReadonlySet<ServiceTier>): ServiceTier | undefined {
    if (waiting.has("flex") && (waiting.size === 1 || this.#passedFlex >= MAX_PASSED_FLEX)) return "flex";
    const standardIsDue = waiting.has("standard") && this.#priorityInARow >= MAX_PRIORITY_IN_A_ROW;
    if (waiting.has("priority") && !standardIsDue) return "priority";
    return waiting.has("standard") ? "standard" : undefined;
  }

  /** A place was given to a request of the holder, at its `charge`; `waiting` are the tiers that waited, with its own. */
  granted(holder: AccountHolder, charge: number, waiting: ReadonlySet<ServiceTier>): void {
    const { tier } = holder;
    const account = this.accountOf(holder) + charge;
    this.#level[tier] = Math.max(this.#level[tier], account);
    this.#set(holder, account);
    if (tier === "flex" || !waiting.has("flex")) this.#passedFlex = 0;
    else this.#passedFlex += 1;
    if (tier === "standard" || !waiting.has("standard")) this.#priorityInARow = 0;
    else if (tier === "priority") this.#priorityInARow += 1;
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
    this.#priorityInARow = this.#passedFlex = 0;
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
