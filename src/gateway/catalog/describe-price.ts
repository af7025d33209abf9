import type { Price } from "../../core/usage.ts";

/** Micro-USD per million tokens that make one US dollar per token. */
const PRICE_DIGITS = 12;

/** How OpenRouter's catalogue writes a price that is not known. */
const UNKNOWN_PRICE = "-1";

/**
 * Prices as clients read them: US dollars per token, as decimal strings without an exponent; `-1` for unknown.
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export function describePrice(price: Price | undefined): Readonly<Record<string, string>> {
  if (price === undefined) return { prompt: UNKNOWN_PRICE, completion: UNKNOWN_PRICE };
  const { inputMicroUsdPerMillion, outputMicroUsdPerMillion, cachedInputMicroUsdPerMillion: cached } = price;
  return {
    prompt: usdPerToken(inputMicroUsdPerMillion),
    completion: usdPerToken(outputMicroUsdPerMillion),
    request: "0",
    ...(cached === undefined ? {} : { input_cache_read: usdPerToken(cached) }),
  };
}

function usdPerToken(microUsdPerMillion: number): string {
  const digits = String(Math.round(microUsdPerMillion)).padStart(PRICE_DIGITS + 1, "0");
  const whole = digits.slice(0, -PRICE_DIGITS);
  const fraction = digits.slice(-PRICE_DIGITS).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
