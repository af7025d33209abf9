/** Who counted: `measured` came from the server that did the work, `estimated` was counted here from what was received. */
export type UsageBasis = "measured" | "estimated";

/** Tokens of one answer. A count that nobody stated is absent, never 0. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** Of `promptTokens`, those read from a prefix cache. */
  readonly cachedPromptTokens?: number;
  /** Of `completionTokens`, those spent on reasoning. */
  readonly reasoningTokens?: number;
  readonly basis: UsageBasis;
}

const COUNTS = ["promptTokens", "completionTokens", "cachedPromptTokens", "reasoningTokens"] as const;

/** What two attempts read and wrote together; what neither of them says is absent. */
export function addUsage(one: Usage | undefined, other: Usage | undefined): Usage | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const sums = COUNTS.flatMap((name) =>
    one[name] === undefined && other[name] === undefined
      ? []
      : [[name, (one[name] ?? 0) + (other[name] ?? 0)] as const],
  );
  return { ...Object.fromEntries(sums), basis: one.basis === "measured" ? other.basis : "estimated" };
}

/**
 * A price in integer micro-USD per million tokens (so 1 USD per million tokens is 1_000_000).
 * 0 is a known price; an unknown price is an absent `Price`.
 */
export interface Price {
  readonly inputMicroUsdPerMillion: number;
  readonly outputMicroUsdPerMillion: number;
  readonly cachedInputMicroUsdPerMillion?: number;
  /** In micro-USD: for the request itself, and for each picture in it. Absent: no such fee, what counts is the tokens. */
  readonly requestMicroUsd?: number;
  readonly imageMicroUsd?: number;
}

const TOKENS_PER_PRICE_UNIT = 1_000_000;

/**
 * What a request with its pictures, `promptTokens` and `completionTokens` costs at `price`, in integer micro-USD, rounded up:
 * a reservation must never be short by a rounding.
 */
export function costMicroUsd(
  price: Price,
  tokens: {
    readonly promptTokens: number;
    readonly completionTokens: number;
    readonly cachedPromptTokens?: number;
    readonly imageCount?: number;
  },
): number {
  const cachedTokens = Math.min(tokens.cachedPromptTokens ?? 0, tokens.promptTokens);
  const cachedPrice = price.cachedInputMicroUsdPerMillion ?? price.inputMicroUsdPerMillion;
  const total =
    (tokens.promptTokens - cachedTokens) * price.inputMicroUsdPerMillion +
    cachedTokens * cachedPrice +
    tokens.completionTokens * price.outputMicroUsdPerMillion;
  const fees = (price.requestMicroUsd ?? 0) + (tokens.imageCount ?? 0) * (price.imageMicroUsd ?? 0);
  return Math.ceil(total / TOKENS_PER_PRICE_UNIT) + fees;
}
