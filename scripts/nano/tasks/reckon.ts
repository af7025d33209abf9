import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { calendarDay, isoOf, MONTHS, WEEKDAYS, wholeNumber, writtenDay } from "../language/words.ts";
import { say } from "./instruct.ts";

const SUMS = lines`
  (What is|What's|How much is|Calculate|Compute) <left> (+|plus) <right>(|?).
  <left> (+|plus) <right>(|?| =| = ?| is).
  (Add|Sum up) <left> and <right>(| please).
  (What do|How much do) <left> and <right> (make|give|add up to)(|?).
  (Tell me|Give me|I need) (the sum of <left> and <right>|<left> + <right>|what <left> plus <right> is).
  (The sum|Sum|Total) of <left> and <right>(|?| please).
  (I have|We have|She has) <left> (apples|euros|books|boxes) and (get|buy|find) <right> more(,|.) (how many|how many is that)(|?).
  (Work out|Solve|Find) <left> (+|plus) <right>(| for me| please).
  (Can you|Could you) (add|sum) <left> and <right>?
  (Please|) (what is|how much is) <left> (and|plus|+) <right>(| together)?
`;
const DIFFERENCES = lines`
  (What is|What's|How much is|Calculate|Compute) <left> (-|minus) <right>(|?).
  <left> (-|minus) <right>(|?| =| = ?| is).
  (Subtract|Take) <right> from <left>(| please).
  (What is left|How much is left) (of|from) <left> (without|minus|after taking) <right>(|?).
  (Tell me|Give me|I need) (<left> - <right>|what <left> minus <right> is).
  (The difference|Difference) (of|between) <left> and <right>(|?| please).
  (I have|We have|She has) <left> (apples|euros|books|boxes) and (lose|sell|give away) <right>(,|.) (how many are left|what is left)(|?).
  (Work out|Solve|Find) <left> (-|minus) <right>(| for me| please).
  (Can you|Could you) (subtract|take) <right> from <left>?
  (Please|) (what is|how much is) <left> (minus|less|-) <right>?
`;

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

const LARGER = lines`
  (Which|What) (number |)is (larger|bigger|greater|higher|more)(:|,) <left> or <right>?
  (Which|What) is the (larger|bigger|greater|higher) (number|one)(|:|,) <left> or <right>?
  (Name|Give|Tell) (me |)the (larger|bigger|greater) of <left> and <right>.
  (<left> or <right>|<left> and <right>)(:|,) (which|what) is (larger|bigger|greater|more)?
  (The|Pick the|Find the) (maximum|larger number|bigger number) of <left> and <right>.
  (Max|Maximum|Largest) of <left> and <right>(|?).
  (Compare|Look at) <left> and <right>(:|,) (which is|name the) (larger|bigger|greater)(| one|?).
  (Is|What is) more(:|,) <left> or <right>?
`;
const SMALLER = lines`
  (Which|What) (number |)is (smaller|less|lower)(:|,) <left> or <right>?
  (Which|What) is the (smaller|lower|lesser) (number|one)(|:|,) <left> or <right>?
  (Name|Give|Tell) (me |)the (smaller|lower) of <left> and <right>.
  (<left> or <right>|<left> and <right>)(:|,) (which|what) is (smaller|less|lower)?
  (The|Pick the|Find the) (minimum|smaller number|lower number) of <left> and <right>.
  (Min|Minimum|Smallest) of <left> and <right>(|?).
  (Compare|Look at) <left> and <right>(:|,) (which is|name the) (smaller|lower)(| one|?).
  (Is|What is) less(:|,) <left> or <right>?
`;
const MORE_THAN = lines`
  Is <left> (greater|larger|bigger|more|higher) than <right>(|?|, yes or no?).
  (Tell me|Say) (if|whether) <left> is (greater|larger|bigger) than <right>.
  (Yes or no|Answer yes or no): is <left> (greater|larger|bigger|more) than <right>?
  <left> > <right>(|?| - yes or no?).
  (Is it true|Is it right) that <left> is (greater|larger|more) than <right>?
  (Does|Would) <left> (exceed|beat) <right>?
  (Check|Decide) (if|whether) <left> is (more|greater|larger) than <right>.
  (True or not|Right or wrong)(:|,) is <left> (larger|greater|bigger) than <right>?
`;

/** The larger or smaller of two numbers, or whether one is larger. */
export function compareExample(draw: Draw): Example {
  const high = draw.pick([20, 99, 99, 999]);
  const left = wholeNumber(draw, 0, high);
  let right = wholeNumber(draw, 0, high);
  while (right === left) right = wholeNumber(draw, 0, high);
  const isLarger = Number(left) > Number(right);
  const kind = draw.int(0, 2);
  const question = draw.phrase([LARGER, SMALLER, MORE_THAN][kind] ?? LARGER, { left, right });
  const text = kind === 2 ? (isLarger ? "yes" : "no") : (kind === 0) === isLarger ? left : right;
  return { task: "compare", turns: [...say(draw, question), { role: "assistant", text }] };
}

const AFTER = lines`
  (What|Which) (day|one|) comes (right |)after <item>?
  (What|Which) (day |month |)follows <item>?
  (What is|Tell me|Name) the (day|month|one) after <item>(|?).
  (After|Next after) <item>(|?| comes).
  <item> is followed by (what|which|which one)?
  (Name|Give me) (what|the one that) comes after <item>.
  (If|When) (it is|today is|this is) <item>, what comes next?
  (Next|The next one) after <item>(|?| please).
`;
const BEFORE = lines`
  (What|Which) (day|one|) comes (right |)before <item>?
  (What|Which) (day |month |)precedes <item>?
  (What is|Tell me|Name) the (day|month|one) before <item>(|?).
  (Before|Just before) <item>(|?| comes).
  <item> comes after (what|which|which one)?
  (Name|Give me) (what|the one that) comes before <item>.
  (If|When) (it is|today is|this is) <item>, what was before?
  (Previous|The previous one) before <item>(|?| please).
`;
const TO_ISO = lines`
  (Write|Convert|Change|Put) <day> (as|to|into|in) (ISO|an ISO date|ISO format|the form YYYY-MM-DD|YYYY-MM-DD).
  (What is|Give me) <day> (in ISO|as an ISO date|in the form YYYY-MM-DD|as YYYY-MM-DD)(|?).
  (ISO|ISO date|YYYY-MM-DD)(:| for| of) <day>.
  (Format|Turn) <day> (as|into) (ISO|an ISO date|YYYY-MM-DD).
  <day> (in ISO|as ISO date|as YYYY-MM-DD|in ISO format)(|?| please).
  (How|How do I) (is|write) <day> (written |)in ISO(| format)?
  (I need|Please give me) <day> (as|in) (ISO|YYYY-MM-DD)(| format).
  (Date|The date) <day>(:|,) ISO(| format| please).
`;
const FROM_ISO = lines`
  (Write|Spell|Put) <day> (in words|with the month's name|with the month in words|in full).
  (What|Which) (date|day) is <day>(| in words)?
  (Convert|Change|Turn) <day> (into|to) (words|a written date|a date with the month's name).
  (Write out|Spell out) (the date |)<day>.
  <day> (in words|written out|in full)(|?| please).
  (How|How do I) (say|read|write) <day> (in words|in full)?
  (I need|Please give me) <day> (in words|written out|in full).
  (Date|The date) <day>(:|,) (in words|written out).
`;

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

function monthFirst({ year, month, day }: ReturnType<typeof calendarDay>): string {
  return `${MONTHS[month - 1] ?? ""} ${day}, ${year}`;
}
