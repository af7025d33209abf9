import { SignalboxError } from "../core/errors.ts";
import type { Allowance, Bill } from "../core/joint-request.ts";
import type { Usage } from "../core/usage.ts";
import { plus, plusUsage } from "./sum-usage.ts";

/**
 * The money of a joint request, or of one of its parts, which then draws on both. What was held and never billed counts
 * as spent; a bill without a cost makes the whole sum unknown, and keeps what was held for it.
 */
export class Purse implements Allowance {
  readonly #limitMicroUsd: number;
  readonly #whole: Purse | undefined;
  #heldMicroUsd = 0;
  #costMicroUsd: number | undefined = 0;
  #usage: Usage | undefined;

  /** @param limitMicroUsd Absent: no limit beside the key's own budget. */
  constructor(limitMicroUsd?: number, whole?: Purse) {
    this.#limitMicroUsd = limitMicroUsd ?? Infinity;
    this.#whole = whole;
  }

  /** A purse that draws on this one. */
  forPart(): Purse {
    return new Purse(undefined, this);
  }

  /** What was billed so far, in micro-USD; undefined as soon as one cost is unknown. */
  get costMicroUsd(): number | undefined {
    return this.#costMicroUsd;
  }

  /** Tokens that were billed so far; undefined while there are none. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  /** What may still be held, in micro-USD; Infinity without a limit. */
  get leftMicroUsd(): number {
    return this.#limitMicroUsd - this.#heldMicroUsd;
  }

  hold(worstCostMicroUsd: number | undefined): (bill: Bill) => void {
    if (worstCostMicroUsd === undefined && this.#limitMicroUsd !== Infinity)
      throw new SignalboxError(
        "price_unknown",
        "The request's parts may cost a limited sum, and this price is unknown.",
      );
    const heldMicroUsd = worstCostMicroUsd ?? 0;
    if (heldMicroUsd > this.leftMicroUsd) {
      const text = `The part may cost ${heldMicroUsd} micro-USD, and ${this.leftMicroUsd} are left for the whole request.`;
      throw new SignalboxError("budget_exceeded", text);
    }
    const payWhole = this.#whole?.hold(worstCostMicroUsd);
    this.#heldMicroUsd += heldMicroUsd;
    return (bill) => {
      payWhole?.(bill);
      this.#heldMicroUsd += (bill.costMicroUsd ?? heldMicroUsd) - heldMicroUsd;
      this.#costMicroUsd = plus(this.#costMicroUsd, bill.costMicroUsd);
      if (bill.usage !== undefined) this.#usage = plusUsage(this.#usage, bill.usage);
    };
  }
}
