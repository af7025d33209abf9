import type { Price } from "../../core/usage.ts";

/** Micro-USD per million tokens that make one US dollar per token. */
const PRICE_DIGITS = 12;

/** Micro-USD that make one US dollar, as digits. */
const MICRO_USD_DIGITS = 6;

/** How OpenRouter's catalogue writes a price that is not known. */
const UNKNOWN_PRICE = "-1";

/**
 * Prices as clients read them: US dollars per token (per request and per picture for `request` and `image`), as decimal strings without an exponent; `-1` for unknown.
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export function describePrice(price: Price | undefined): Readonly<Record<string, string>> {
  if (price === undefined) return { prompt: UNKNOWN_PRICE, completion: UNKNOWN_PRICE };
  const { inputMicroUsdPerMillion, outputMicroUsdPerMillion, cachedInputMicroUsdPerMillion: cached } = price;
  return {
    prompt: usdPerToken(inputMicroUsdPerMillion),
    completion: usdPerToken(outputMicroUsdPerMillion),
    request: usd(price.requestMicroUsd ?? 0),
    ...(price.imageMicroUsd === undefined ? {} : { image: usd(price.imageMicroUsd) }),
    ...(cached === undefined ? {} : { input_cache_read: usdPerToken(cached) }),
  };
}

function usdPerToken(microUsdPerMillion: number): string {
  return decimal(microUsdPerMillion, PRICE_DIGITS);
}

function usd(microUsd: number): string {
  return decimal(microUsd, MICRO_USD_DIGITS);
}

/** `value` divided by the power of ten of so many digits, written out. */
function decimal(value: number, fractionDigits: number): string {
  const digits = String(Math.round(value)).padStart(fractionDigits + 1, "0");
  const whole = digits.slice(0, -fractionDigits);
  const fraction = digits.slice(-fractionDigits).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
