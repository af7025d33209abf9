import { z } from "zod";
import { toMicroUsd } from "../core/money.ts";

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
};

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `text` such as `32mb` as a number in the smallest unit, or nothing when it is not of that form. */
function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim());
  const factor = match?.[2] === undefined ? undefined : units[match[2].toLowerCase()];
  return match?.[1] === undefined || factor === undefined ? undefined : Math.round(Number(match[1]) * factor);
}

/** A size such as `32mb` (1 mb is 1,048,576 bytes), or a number of bytes; as bytes. */
export const byteSize = z.union([z.int().positive(), z.string()]).transform((value, context) => {
  const bytes = typeof value === "number" ? value : parseQuantity(value, BYTES_PER_UNIT);
  if (bytes !== undefined && bytes > 0) return bytes;
  context.addIssue({ code: "custom", message: "must be a size such as 512kb, 32mb or 1gb" });
  return z.NEVER;
});

/** A duration such as `30m` or `7d`, or `0`, in milliseconds; nothing when the text is none. */
export function parseDuration(text: string): number | undefined {
  return text.trim() === "0" ? 0 : parseQuantity(text, MS_PER_UNIT);
}

/** A duration such as `30m`, or `0`; as milliseconds. */
export const durationMs = z.union([z.literal(0), z.string()]).transform((value, context) => {
  const ms = parseDuration(String(value));
  if (ms !== undefined) return ms;
  context.addIssue({ code: "custom", message: "must be a duration such as 500ms, 30s, 30m, 2h or 0" });
  return z.NEVER;
});

/** USD per million tokens, as integer micro-USD per million tokens. */
export const usdPerMillion = z
  .number()
  .min(0)
  .max(1_000_000)
  .transform((usd) => toMicroUsd(usd));

/** USD, as integer micro-USD. */
export const usd = z
  .number()
  .min(0)
  .max(1_000_000)
  .transform((amount) => toMicroUsd(amount));
