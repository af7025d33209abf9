/** Digits of the largest magnitude that is written out; the same as of numbers without a bound. */
const MAX_DIGITS = 15;

const LARGEST = 10 ** MAX_DIGITS - 1;

const FRACTION = '"." [0-9]{1,15}';
const ZERO_FRACTION = '"." "0"{1,15}';
const NONZERO_FRACTION = '"." [0-9]{0,14} [1-9]';

/** Stands for bounds that nothing satisfies. */
export const NO_NUMBER = "";

/** Bounds of a number as a schema states them. Absent: none. */
export interface NumberBounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** The bounds that a schema states; values that are no numbers are no bounds. */
export function readNumberBounds(schema: Readonly<Record<string, unknown>>): NumberBounds {
  const names = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] as const;
  return Object.fromEntries(names.flatMap((name) => (Number.isFinite(schema[name]) ? [[name, schema[name]]] : [])));
}

/**
 * A GBNF expression of the integers within the bounds. `undefined` where no bound is stated or one is too large to be
 * written out; `NO_NUMBER` where no integer satisfies them.
 */
export function integerRange(bounds: NumberBounds): string | undefined {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum } = bounds;
  const above = exclusiveMinimum === undefined ? -Infinity : Math.floor(exclusiveMinimum) + 1;
  const below = exclusiveMaximum === undefined ? Infinity : Math.ceil(exclusiveMaximum) - 1;
  const low = Math.max(Math.ceil(minimum), above);
  const high = Math.min(Math.floor(maximum), below);
  if (low === -Infinity && high === Infinity) return undefined;
  if (low > high) return NO_NUMBER;
  if (low > LARGEST || high < -LARGEST) return undefined;
  const parts = [
    ...(low < 0 ? [`"-" ${magnitudes(Math.max(1, -high), Math.min(-low, LARGEST))}`] : []),
    ...(high >= 0 ? [magnitudes(Math.max(0, low), Math.min(high, LARGEST))] : []),
  ];
  return alternatives(parts);
}

/**
 * A GBNF expression of the numbers within the bounds, without exponents. `undefined` where no bound is stated, where one
 * is not a whole number, or is too large: validation decides then. `NO_NUMBER` where no number satisfies them.
 */
export function numberRange(bounds: NumberBounds): string | undefined {
  const low = tighter(bounds.minimum, bounds.exclusiveMinimum, -Infinity, (a, b) => a > b);
  const high = tighter(bounds.maximum, bounds.exclusiveMaximum, Infinity, (a, b) => a < b);
  const stated = [low.value, high.value].filter(Number.isFinite);
  if (stated.length === 0 || !stated.every((value) => Number.isInteger(value) && Math.abs(value) < LARGEST)) {
    return undefined;
  }
  if (low.value > high.value || (low.value === high.value && (low.exclusive || high.exclusive))) return NO_NUMBER;
  const parts: string[] = [];
  if (low.value < 0) {
    const nearZero = high.value < 0 ? { value: -high.value, exclusive: high.exclusive } : { value: 0, exclusive: true };
    parts.push(`"-" ${decimals(nearZero, { value: -low.value, exclusive: low.exclusive })}`);
  }
  if (high.value > 0 || (high.value === 0 && !high.exclusive)) {
    parts.push(decimals(low.value < 0 ? { value: 0, exclusive: false } : low, high));
  }
  return alternatives(parts);
}

interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
}

function tighter(
  inclusive: number | undefined,
  exclusive: number | undefined,
  none: number,
  isTighter: (one: number, other: number) => boolean,
): Bound {
  if (exclusive === undefined || (inclusive !== undefined && isTighter(inclusive, exclusive)))
    return { value: inclusive ?? none, exclusive: false };
  return { value: exclusive, exclusive: true };
}

/** Decimals without a sign between two whole, non-negative bounds, the upper one perhaps infinite. */
function decimals(low: Bound, high: Bound): string {
  const top = Math.min(high.value, LARGEST);
  const parts: string[] = [];
  const first = low.exclusive ? low.value + 1 : low.value;
  if (low.exclusive && low.value < top) parts.push(`"${low.value}" ${NONZERO_FRACTION}`);
  if (first < top) parts.push(`${magnitudes(first, top - 1)} (${FRACTION})?`);
  if (!high.exclusive && first <= top) parts.push(`"${top}" (${ZERO_FRACTION})?`);
  return alternatives(parts);
}

/** The whole numbers from `low` to `high`, both at least 0, in digits without leading zeros. */
function magnitudes(low: number, high: number): string {
  const parts: string[] = [];
  for (let length = String(low).length; length <= String(high).length; length++) {
    const smallest = length === 1 ? 0 : 10 ** (length - 1);
    const from = String(Math.max(low, smallest));
    const to = String(Math.min(high, 10 ** length - 1));
    parts.push(sameLength(from, to));
  }
  return alternatives(parts);
}

/** The digit strings from `from` to `to`, which are equally long. */
function sameLength(from: string, to: string): string {
  if (from === to) return `"${from}"`;
  const [low, high] = [Number(from[0]), Number(to[0])];
  const [lowRest, highRest] = [from.slice(1), to.slice(1)];
  if (low === high) return `"${low}" ${sameLength(lowRest, highRest)}`;
  const nines = "9".repeat(lowRest.length);
  const zeros = "0".repeat(lowRest.length);
  const lowIsPart = lowRest !== zeros;
  const highIsPart = highRest !== nines;
  const middle = [lowIsPart ? low + 1 : low, highIsPart ? high - 1 : high] as const;
  return alternatives([
    ...(lowIsPart ? [`"${low}" ${sameLength(lowRest, nines)}`] : []),
    ...(middle[0] <= middle[1] ? [`[${middle[0]}-${middle[1]}]${anyDigits(lowRest.length)}`] : []),
    ...(highIsPart ? [`"${high}" ${sameLength(zeros, highRest)}`] : []),
  ]);
}

function anyDigits(count: number): string {
  if (count === 0) return "";
  return count === 1 ? " [0-9]" : ` [0-9]{${count}}`;
}

function alternatives(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" | ")})`;
}
