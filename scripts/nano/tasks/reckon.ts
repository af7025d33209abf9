import type { Example } from "../conversation.ts";
import type { Draw } from "../language/draw.ts";
import { lines } from "../language/phrase.ts";
import { calendarDay, isoOf, monthFirst, MONTHS, WEEKDAYS, wholeNumber, writtenDay } from "../language/words.ts";
import { say } from "./instruct.ts";
import * as sums from "../wordings/sums.ts";
import * as moreSums from "../wordings/third/sums.ts";

const SUMS = [
  ...lines`
  (What is|What's|How much is|Calculate|Compute) <left> (+|plus) <right>(|?).
  <left> (+|plus) <right>(|?| =| = ?| is).
  (Add|Sum up) <left> and <right>(| please).
  (What do|How much do) <left> and <right> (make|give|add up to)(|?).
  (Tell me|Give me|I need) (the sum of <left> and <right>|<left> + <right>|what <left> plus <right> is).
  (The sum|Sum|Total) of <left> and <right>(|?| please).
  ((I|We) have <left> (apples|euros|books|boxes) and (get|buy|find)|She has <left> (apples|euros|books|boxes) and (gets|buys|finds)) <right> more(,|.) (how many|how many is that)(|?).
  (Work out|Solve|Find) <left> (+|plus) <right>(| for me| please).
  (Can you|Could you) (add|sum) <left> and <right>?
  (Please|) (what is|how much is) <left> (and|plus|+) <right>(| together)?
  (How many|What) (are|is) <left> (and|plus) <right>(|?| together| altogether| in total).
  (Please |)(add|sum up|total|add up) <left> (and|to|plus) <right>(| for me|).
  (If I|When you|If you) add <left> (and|to) <right>(,|) (what do I get|what is it|how much is it|what comes out)(|?).
  (There are|I have|A shelf has|The box holds) <left> (cars|cups|people|emails|tickets|coins|pens) and (then |)<right> (more |)(come|arrive|are added|follow)(.|,) (How many are there|how many in total|what is the total)(|?).
  <left> (more than|added to|increased by|and) <right> (is|makes|equals)(| what| how much|)(|?).
  (Sum|Add)(:|) <left>(,| and| \+) <right>(|.).
  (What|How much)('s|) <left> ?\+ ?<right>(|?).
  <left>\+<right>(|=|?| =).
  (Give|Tell) me <left> (plus|and|\+) <right>(| please|).
  (Anna|Tom|My sister|A man) (has|owns|buys) <left> (eggs|balls|stamps|books) and (gets|finds|buys) <right> more(.|,) (How many does (she|he) have|how many now|how many altogether)(|?).
  (Do|Calculate|Compute) (the sum|this sum|this)(:|) <left> (plus|\+) <right>.
  (The result|The answer|Result) of <left> (plus|\+) <right>(|?| please).
  (Count|Put) <left> and <right> together(|.| please).
  (I need|I want) (to add|the total of) <left> and <right>(|.| please).
`,
  ...sums.SUMS,
  ...moreSums.SUMS,
];
const DIFFERENCES = [
  ...lines`
  (What is|What's|How much is|Calculate|Compute) <left> (-|minus) <right>(|?).
  <left> (-|minus) <right>(|?| =| = ?| is).
  (Subtract|Take) <right> from <left>(| please).
  (What is left|How much is left) (of|from) <left> (without|minus|after taking) <right>(|?).
  (Tell me|Give me|I need) (<left> - <right>|what <left> minus <right> is).
  (The difference|Difference) (of|between) <left> and <right>(|?| please).
  ((I|We) have <left> (apples|euros|books|boxes) and (lose|sell|give away)|She has <left> (apples|euros|books|boxes) and (loses|sells|gives away)) <right>(,|.) (how many are left|what is left)(|?).
  (Work out|Solve|Find) <left> (-|minus) <right>(| for me| please).
  (Can you|Could you) (subtract|take) <right> from <left>?
  (Please|) (what is|how much is) <left> (minus|less|-) <right>?
  (How many|What) (are|is) <left> (minus|less|take away) <right>(|?).
  (Please |)(subtract|deduct|take|take away) <right> (from) <left>(| for me|).
  (If I|When you|If you) (subtract|take|take away) <right> from <left>(,|) (what do I get|what is left|what comes out|how much is left)(|?).
  (There are|I have|A shelf has|The box holds) <left> (cars|cups|people|emails|tickets|coins|pens) and <right> (are taken|leave|go away|are lost|are sold)(.|,) (How many are left|how many remain|what is left)(|?).
  <left> (minus|reduced by|less) <right> (is|makes|equals)(| what| how much|)(|?).
  (Subtract|Minus)(:|) <left> (-|minus) <right>(|.).
  (What|How much)('s|) <left> - <right>(|?).
  <left>-<right>(|=|?| =).
  (Give|Tell) me <left> (minus|less|-) <right>(| please|).
  (Anna|Tom|My sister|A man) (has|owns|buys) <left> (eggs|balls|stamps|books) and (loses|breaks|gives away|sells) <right>(.|,) (How many are left|how many does (she|he) have left|how many remain)(|?).
  (Do|Calculate|Compute) (the difference|this|this subtraction)(:|) <left> (minus|-) <right>.
  (The result|The answer|Result) of <left> (minus|-) <right>(|?| please).
  (What remains|What is left)(| then) (if|when) <right> (is|are) taken from <left>(|?).
  (I need|I want) (to subtract|to take) <right> from <left>(|.| please).
`,
  ...sums.DIFFERENCES,
  ...moreSums.DIFFERENCES,
];

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

const LARGER = [
  ...lines`
  (Which|What) (number |)is (larger|bigger|greater|higher|more)(:|,) <left> or <right>?
  (Which|What) is the (larger|bigger|greater|higher) (number|one)(|:|,) <left> or <right>?
  (Name|Give|Tell) (me |)the (larger|bigger|greater) of <left> and <right>.
  (<left> or <right>|<left> and <right>)(:|,) (which|what) is (larger|bigger|greater|more)?
  (The|Pick the|Find the) (maximum|larger number|bigger number) of <left> and <right>.
  (Max|Maximum|Largest) of <left> and <right>(|?).
  (Compare|Look at) <left> and <right>(:|,) (which is|name the) (larger|bigger|greater)(| one|?).
  (Is|What is) more(:|,) <left> or <right>?
  (Which|What) of (<left> and <right>|the numbers <left> and <right>|the two numbers <left> and <right>) is (the |)(larger|bigger|greater|higher|largest|biggest)(| one)(|?).
  (Tell|Show) me (which|what) is (bigger|larger|greater|higher)(:|,) <left> or <right>(|.|?).
  (Larger|Bigger|Greater|Higher)(:|,|) <left> or <right>(|?).
  (What|Which) is the (maximum|max|larger number|bigger value|highest) of <left> and <right>(|?).
  (Between|Of|From) <left> and <right>(,|) (which|what) is (bigger|larger|greater|the larger|the bigger one|higher)(|?).
  (Choose|Select|Return|Output) the (larger|bigger|greater|higher) (number|one|value)(:| of| from) <left>(,| and| or) <right>.
  (Which|What) (is|has) (more|the higher value)(:|,|) <left> or <right>(|?).
  (I have|There are) <left> and <right>(,|.) (which is|what is|which one is) (bigger|larger|more|greater)(|?).
  (Who|Which) (wins|is ahead), <left> or <right>(|?).
  <left> (vs|versus|or) <right>(:|,) (which is|what's|the) (bigger|larger|greater|higher)(| one|)(|?).
`,
  ...moreSums.LARGER,
];
const SMALLER = [
  ...lines`
  (Which|What) (number |)is (smaller|less|lower)(:|,) <left> or <right>?
  (Which|What) is the (smaller|lower|lesser) (number|one)(|:|,) <left> or <right>?
  (Name|Give|Tell) (me |)the (smaller|lower) of <left> and <right>.
  (<left> or <right>|<left> and <right>)(:|,) (which|what) is (smaller|less|lower)?
  (The|Pick the|Find the) (minimum|smaller number|lower number) of <left> and <right>.
  (Min|Minimum|Smallest) of <left> and <right>(|?).
  (Compare|Look at) <left> and <right>(:|,) (which is|name the) (smaller|lower)(| one|?).
  (Is|What is) less(:|,) <left> or <right>?
  (Which|What) of (<left> and <right>|the numbers <left> and <right>|the two numbers <left> and <right>) is (the |)(smaller|lower|smallest|lowest)(| one)(|?).
  (Tell|Show) me (which|what) is (smaller|lower|less)(:|,) <left> or <right>(|.|?).
  (Smaller|Lower|Less)(:|,|) <left> or <right>(|?).
  (What|Which) is the (minimum|min|smaller number|smaller value|lowest) of <left> and <right>(|?).
  (Between|Of|From) <left> and <right>(,|) (which|what) is (smaller|lower|less|the smaller|the lower one)(|?).
  (Choose|Select|Return|Output) the (smaller|lower) (number|one|value)(:| of| from) <left>(,| and| or) <right>.
  (Which|What) (is|has) (fewer|less|the lower value)(:|,|) <left> or <right>(|?).
  (I have|There are) <left> and <right>(,|.) (which is|what is|which one is) (smaller|less|lower)(|?).
  <left> (vs|versus|or) <right>(:|,) (which is|what's|the) (smaller|lower)(| one|)(|?).
`,
  ...moreSums.SMALLER,
];
const MORE_THAN = [
  ...lines`
  Is <left> (greater|larger|bigger|more|higher) than <right>(|?|, yes or no?).
  (Tell me|Say) (if|whether) <left> is (greater|larger|bigger) than <right>.
  (Yes or no|Answer yes or no): is <left> (greater|larger|bigger|more) than <right>?
  <left> > <right>(|?| - yes or no?).
  (Is it true|Is it right) that <left> is (greater|larger|more) than <right>?
  (Does|Would) <left> (exceed|beat) <right>?
  (Check|Decide) (if|whether) <left> is (more|greater|larger) than <right>.
  (True or not|Right or wrong)(:|,) is <left> (larger|greater|bigger) than <right>?
  (Is|Would) <left> (be |)(above|over|beyond|more than|bigger than|larger than|higher than|greater than) <right>(|?| - yes or no).
  (Is|Are) <left> (bigger|larger|greater|more) than <right>(|? Yes or no|? Answer yes or no).
  (Yes or no|Answer with yes or no)(:|,) <left> is (more|greater|bigger|larger) than <right>(|?).
  (Can you tell me|Do you know) (if|whether) <left> is (bigger|larger|greater|more|higher) than <right>(|?).
  <left> (is |)(greater|more|bigger|larger) than <right>(|?|, yes or no|, true or not).
`,
  ...moreSums.MORE_THAN,
];

const LESS_THAN = lines`
  (Is|Are|Would) <left> (less|smaller|lower|below|under)( than|) <right>(|?|, yes or no?| - yes or no).
  (Tell me|Say|Check|Decide) (if|whether) <left> is (less|smaller|lower) than <right>.
  (Yes or no|Answer yes or no)(:|,) is <left> (less|smaller|lower) than <right>(|?).
  (Is it true|Is it right|Is it correct) that <left> is (less|smaller|lower) than <right>(|?).
  (True or not|Right or wrong)(:|,) is <left> (smaller|less|lower) than <right>(|?).
  (Can you tell me|Do you know) (if|whether) <left> is (smaller|less|lower) than <right>(|?).
  <left> (is |)(smaller|less|lower) than <right>(|?|, yes or no|, true or not).
`.map((template) =>
  template.replace("(less|smaller|lower|below|under)( than|)", "(less than|smaller than|lower than|below|under)"),
);
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

const AFTER = lines`
  (What|Which) (day|one|) comes (right |)after <item>?
  (What|Which) (day |month |)follows <item>?
  (What is|Tell me|Name) the (day|month|one) after <item>(|?).
  (After|Next after) <item>(|?| comes).
  <item> is followed by (what|which|which one)?
  (Name|Give me) (what|the one that) comes after <item>.
  (If|When) (it is|today is|this is) <item>, what comes next?
  (Next|The next one) after <item>(|?| please).
  (What|Which) (day|month|one) (is|comes|follows) (directly |immediately |)after <item>(|?).
  (Which|What) is the (next|following) (day|month|one)(| after) <item>(|?).
  (Tell me|Name|Give me|Say) the (day|month) (that follows|following|right after|after) <item>(|.| please).
  (Today|It|This month) is <item>(.|,) (What|Which)( day| month|) (is|comes|follows) (tomorrow|next|after that)(|?).
  (What|Which) (day|month|) do we (have|get) after <item>(|?).
  <item>(,|:|) and (then|next|after that)(|?).
  (The|What is the) (day|month) after <item>(| is|)(|?).
  (If|When) (today|it) is <item>(,|) (what|which) (day |)(will it be tomorrow|is tomorrow|comes after it)(|?).
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
  (What|Which) (day|month|one) (is|comes|was) (directly |immediately |)before <item>(|?).
  (Which|What) is the (previous|preceding) (day|month|one)(| before) <item>(|?).
  (Tell me|Name|Give me|Say) the (day|month) (that precedes|preceding|right before|before) <item>(|.| please).
  (Today|It|This month) is <item>(.|,) (What|Which)( day| month|) (was|came) (yesterday|last|before that)(|?).
  (What|Which) (day|month|) do we (have|get) before <item>(|?).
  (What comes|What goes|Which one goes) (ahead of|before) <item>(|?).
  (The|What is the) (day|month) before <item>(| is|)(|?).
  (If|When) (today|it) is <item>(,|) (what|which) (day |)(was it yesterday|was yesterday|came before it)(|?).
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
  (Write|Give me|Show|Express|Return|Output) (the date |)<day> (as|in|with) (ISO format|ISO notation|the ISO format|year-month-day|YYYY-MM-DD format|the format YYYY-MM-DD).
  (Convert|Change|Transform|Reformat|Turn) (the date |this date: |)<day> (to|into) (ISO format|ISO 8601|the ISO form|YYYY-MM-DD|year-month-day)(| please|).
  (What|How) (is|would|does) (the date |)<day> (be |look |)(in|as|like in) (ISO|ISO format|ISO 8601|YYYY-MM-DD)(|?).
  (ISO|ISO 8601|ISO format|ISO date|In ISO|As ISO)(:|,| please:|) <day>.
  (Date|Please write)(:|) <day>(,| as|) (ISO format|ISO|YYYY-MM-DD)(| please|).
  (Can you|Could you) (write|convert|format|put) <day> (as|in|to|into) (ISO|ISO format|YYYY-MM-DD|an ISO date)(|?).
  (Make|Create) an ISO date (of|from|out of) <day>.
  (YYYY-MM-DD|Year-month-day) (for|of|version of|form of) <day>(|?| please).
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
  (Write|Spell out|Express|Show|Give me) (the date |)<day> (in words|with the name of the month|in the long form|as a written date|as text|as people write it).
  (Convert|Change|Transform|Turn) (the date |this date: |)<day> (to|into) (words|text|a readable date|long form|a date in words)(| please|).
  (What|How) (is|would|does) (the date |)<day> (be |look |)(in words|written out|in long form|spelled out)(|?).
  (In words|Written out|Long form|Readable|Spelled out)(:|,| please:|) <day>.
  (Can you|Could you) (write|spell|put) (out |)<day> (in words|in full|with the month in words|out)(|?).
  (Make|Create) a (readable|written) date (of|from|out of) <day>.
  (Which|What) (day|date) does <day> (stand for|mean)(|, in words)(|?).
  <day>(:|,| -) (in words|which day is that|written with the month's name)(|?| please).
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
