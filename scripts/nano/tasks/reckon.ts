import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { calendarDay, isoOf, monthFirst, MONTHS, WEEKDAYS, wholeNumber, writtenDay } from "../language/words.ts";
import { say } from "./instruct.ts";
import { LARGER, LESS_THAN, MORE_THAN, SMALLER } from "../wordings/comparisons.ts";
import { AFTER, BEFORE, FROM_ISO, TO_ISO } from "../wordings/dates.ts";
import { DIFFERENCES, SUMS } from "../wordings/sums.ts";

/** Sums up to 198 and differences that are not negative. */
export function sumExample(draw: Draw): Example {
  const [a = 0, b = 0] = draw
    .made(() => (draw.chance(0.3) ? `${draw.int(0, 20)} ${draw.int(0, 20)}` : `${draw.int(0, 99)} ${draw.int(0, 99)}`))
    .split(" ")
    .map(Number);
  const adds = draw.chance(0.65);
  const [left, right] = adds ? [a, b] : [Math.max(a, b), Math.min(a, b)];
  const question = draw.phrase(adds ? SUMS : DIFFERENCES, { left: String(left), right: String(right) });
  return {
    task: "sum",
    turns: [...say(draw, question), { role: "assistant", text: String(adds ? left + right : left - right) }],
  };
}

/** The larger or smaller of two numbers, or whether one is larger. */
export function compareExample(draw: Draw): Example {
  const high = draw.pick([20, 99, 99, 999, 999, 9999]);
  const left = wholeNumber(draw, 0, high);
  let right = wholeNumber(draw, 0, high);
  while (right === left) right = draw.chance(0.2) ? wholeNumber(draw, 0, 99) : wholeNumber(draw, 0, high);
  const isLarger = Number(left) > Number(right);
  const kind = draw.int(0, 3);
  const question = draw.phrase([LARGER, SMALLER, MORE_THAN, LESS_THAN][kind] ?? LARGER, { left, right });
  const text = kind >= 2 ? ((kind === 2) === isLarger ? "yes" : "no") : (kind === 0) === isLarger ? left : right;
  return { task: "compare", turns: [...say(draw, question), { role: "assistant", text }] };
}

/** What follows or precedes a weekday or month, and dates between two notations. */
export function dateExample(draw: Draw): Example {
  if (draw.chance(0.5)) {
    const list = draw.chance(0.5) ? WEEKDAYS : MONTHS;
    const index = draw.int(0, list.length - 1);
    const after = draw.chance(0.5);
    const question = draw.phrase(after ? AFTER : BEFORE, { item: list[index] ?? "" });
    const text = list[(index + (after ? 1 : list.length - 1)) % list.length] ?? "";
    return { task: "date", turns: [...say(draw, question), { role: "assistant", text }] };
  }
  const day = calendarDay(draw);
  const toIso = draw.chance(0.5);
  const question = draw.phrase(toIso ? TO_ISO : FROM_ISO, {
    day: toIso ? draw.pick([writtenDay(day), monthFirst(day)]) : isoOf(day),
  });
  return {
    task: "date",
    turns: [...say(draw, question), { role: "assistant", text: toIso ? isoOf(day) : writtenDay(day) }],
  };
}
